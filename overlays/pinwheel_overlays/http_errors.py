"""What the exceptions of httpx and httpx2 mean, told by name so that neither has to be imported to ask."""

from .wire import FailureKind, TransportError

__all__ = ["as_failure"]

_LIBRARIES = frozenset({"httpx", "httpx2"})

# Class names and what each says about the fate of the request. Those that are not listed are found by their base class.
_KINDS: dict[str, FailureKind] = {
    "ConnectError": "connect",
    "ConnectTimeout": "connect",
    "PoolTimeout": "connect",
    # The proxy did not open the way to Pinwheel.
    "ProxyError": "connect",
    "ReadTimeout": "timeout",
    "WriteTimeout": "timeout",
    "TimeoutException": "timeout",
    "UnsupportedProtocol": "refused",
    "LocalProtocolError": "refused",
    "InvalidURL": "refused",
    "RequestError": "broken",
}
_WORDS: dict[FailureKind, str] = {
    "connect": "no connection",
    "timeout": "timeout",
    "broken": "connection broke",
    "refused": "not sent",
}


def as_failure(error: BaseException) -> TransportError | None:
    """Return what an exception of the HTTP library means; None if it is none of its.

    Only the name is kept: the exception itself refers to the request and, through its traceback, to its headers.
    """
    bases = [base for base in type(error).__mro__ if base.__module__.partition(".")[0] in _LIBRARIES]
    for base in bases:
        kind = _KINDS.get(base.__name__)
        if kind is not None:
            name = type(error).__name__
            timeout = kind == "timeout" or "Timeout" in name
            words = "timeout while connecting" if timeout and kind == "connect" else _WORDS[kind]
            return TransportError(f"{words}: {name}", kind, timeout=timeout)
    return None
