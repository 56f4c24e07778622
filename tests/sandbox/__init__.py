"""Tests of the local Pinwheel."""
