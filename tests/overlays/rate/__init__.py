"""The rate limiter: its rules, its line, its Redis, and proof against servers that enforce the limit."""
