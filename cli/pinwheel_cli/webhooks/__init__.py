"""`pinwheel listen`, `trigger`, `deliveries` and `redeliver`: the webhooks of a local sandbox, at the terminal."""
