"""`nox -s new-version`, on a copy of the repository."""
