"""Reads conformance cases, plays them against a client, and compares."""
