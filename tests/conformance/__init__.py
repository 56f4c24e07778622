"""Conformance cases: what the client does on the wire, as data."""
