"""The nine versions over one state."""
