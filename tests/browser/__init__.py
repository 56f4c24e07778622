"""Link and the dashboard in a real browser."""
