"""What each operation does, in terms of the newest version."""
