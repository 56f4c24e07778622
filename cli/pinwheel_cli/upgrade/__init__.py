"""Which lines of a project call what another version changed, by type checking a copy of it against both versions."""
