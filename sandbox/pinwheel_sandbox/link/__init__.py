"""Link: tokens, and the login that a user makes with one."""
