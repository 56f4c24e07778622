"""Callbacks of the caller: plain functions, whichever client they are given to."""

from .errors import ConfigurationError

__all__ = ["check_plain"]


def check_plain(name: str, callback: object) -> None:
    """Raise ConfigurationError if a callback is asynchronous: nobody would await it, so it would never run."""
    from inspect import iscoroutinefunction  # noqa: PLC0415 - only a client with callbacks needs it

    # An object may be called, too. Its class is asked, since it is there that Python looks for __call__.
    if iscoroutinefunction(callback) or iscoroutinefunction(getattr(type(callback), "__call__", None)):  # noqa: B004
        raise ConfigurationError(
            f"{name} must be a plain function, not an asynchronous one: it is called, never awaited; "
            "it may start a task"
        )
