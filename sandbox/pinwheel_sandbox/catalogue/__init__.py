"""The invented employers and platforms."""
