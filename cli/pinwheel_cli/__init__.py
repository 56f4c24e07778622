"""The `pinwheel` command."""
