"""Tests of finding the lines that a new version concerns."""
