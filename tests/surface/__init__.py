"""The check of the Python surface."""
