"""Tests of what changed between versions."""
