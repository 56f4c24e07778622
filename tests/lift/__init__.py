"""Stored objects, made newer."""
