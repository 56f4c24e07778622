"""What a client was told, in one immutable value that every call reads."""

import sys
from typing import NamedTuple

from .about import __version__
from .auth import Secret
from .config import DEFAULT_TIMEOUT, Mode, Timeout
from .drift import DriftMonitor
from .hooks import HookSet
from .retry import RetryPolicy

__all__ = ["USER_AGENT", "Settings"]

_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
USER_AGENT = f"pinwheel-api/{__version__} python/{_PYTHON}"
"""All that is said about this installation; there is no telemetry."""


class Settings(NamedTuple):
    """See the arguments of the client for what each means."""

    version: str
    mode: Mode
    base_url: str
    secret: Secret | None
    admin_token: Secret | None
    timeout: Timeout | None
    retry: RetryPolicy
    hooks: HookSet
    monitor: DriftMonitor | None
    strict: bool
    usual_timeout: Timeout | None = DEFAULT_TIMEOUT
    """What a timeout of None means; None where the caller's HTTP client has one of its own."""
