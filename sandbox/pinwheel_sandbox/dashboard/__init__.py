"""The dashboard: what is in the sandbox and what happened in it, as plain pages without a build step."""
