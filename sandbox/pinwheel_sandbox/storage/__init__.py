"""Where the sandbox keeps its state."""
