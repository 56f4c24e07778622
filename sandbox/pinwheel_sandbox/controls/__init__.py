"""What tests and tools can do to a sandbox, beside its API."""
