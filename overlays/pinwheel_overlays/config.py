"""Modes, hosts, base URL and timeouts: where a client sends, and how long it waits."""

import os
from math import isfinite
from typing import Literal, NamedTuple, cast
from urllib.parse import urlsplit

from .errors import ConfigurationError

__all__ = [
    "DEFAULT_TIMEOUT",
    "HOSTS",
    "Mode",
    "Origin",
    "Timeout",
    "origin_of",
    "resolve_base_url",
    "resolve_mode",
    "resolve_timeout",
]

Mode = Literal["sandbox", "development", "production"]

HOSTS: dict[Mode, str] = {
    "sandbox": "https://sandbox.getpinwheel.com",
    "development": "https://development.getpinwheel.com",
    "production": "https://api.getpinwheel.com",
}
"""The host of each mode. A key works only in the mode it was made for."""


class Timeout(NamedTuple):
    """How long to wait, in seconds."""

    connect: float = 5.0
    """For a connection, TLS included."""

    read: float = 30.0
    """For the next bytes of the answer (or for the server to take the next bytes of the request)."""


DEFAULT_TIMEOUT = Timeout()


class Origin(NamedTuple):
    """Scheme, host and port: what must stay the same for a credential to be sent along."""

    scheme: str
    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether the host is this machine."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        from ipaddress import ip_address  # noqa: PLC0415 - only a plain http base URL needs it

        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


def origin_of(url: str) -> Origin | None:
    """Return the origin of an absolute http or https URL, or None if it is no such URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        return None
    return Origin(scheme, parts.hostname.lower(), (443 if scheme == "https" else 80) if port is None else port)


def resolve_mode(mode: str | None) -> Mode:
    """Return the mode: as given, else PINWHEEL_MODE, else sandbox.

    Raises ConfigurationError for anything but the three modes.
    """
    source = "mode"
    if mode is None:
        mode, source = os.environ.get("PINWHEEL_MODE") or "sandbox", "PINWHEEL_MODE"
    if mode not in HOSTS:
        raise ConfigurationError(f"{source} is {mode!r}; it must be one of {', '.join(map(repr, HOSTS))}")
    return mode


def resolve_base_url(base_url: str | None, mode: Mode) -> str:
    """Return scheme and host to send to, without a trailing slash: as given, else PINWHEEL_BASE_URL, else the mode's.

    Raises ConfigurationError for anything but scheme, host and port, and for plain http to another machine: the API
    secret and personal data would cross the network readable.
    """
    if base_url is None:
        base_url = os.environ.get("PINWHEEL_BASE_URL") or HOSTS[mode]
    origin = origin_of(base_url) if isinstance(cast("object", base_url), str) else None
    if origin is None or not base_url.isascii() or any(character <= " " for character in base_url):
        raise ConfigurationError("base_url must be https:// and a host, such as 'https://sandbox.getpinwheel.com'")
    parts = urlsplit(base_url)
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ConfigurationError("base_url is scheme and host only; the calls add their path, which starts with /v1")
    if origin.scheme == "http" and not origin.is_loopback:
        raise ConfigurationError(
            f"base_url must be https: http is allowed to this machine only, not to {origin.host!r}"
        )
    return f"{origin.scheme}://{parts.netloc.lower()}"


def resolve_timeout(timeout: float | Timeout | None) -> Timeout | None:
    """Return the timeout as given for both phases or for each; None stays None.

    Raises ConfigurationError for a timeout that is not a finite number above 0: a call must end.
    """
    if timeout is None:
        return None
    pair = timeout if isinstance(timeout, Timeout) else Timeout(timeout, timeout)
    for seconds in cast("tuple[object, ...]", pair):
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not isfinite(seconds) or seconds <= 0:
            raise ConfigurationError(
                "timeout must be a finite number of seconds above 0, or a Timeout of two such numbers"
            )
    return pair
