"""How large a delivery may be: Pinwheel's are a few kilobytes, but anybody may send to a public address."""

__all__ = ["MOST_BYTES"]

MOST_BYTES = 1_000_000
