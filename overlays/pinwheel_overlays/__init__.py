"""Behaviour that every call of pinwheel-api passes through: written by hand, knowing no endpoint.

One file a concern. What differs between calls comes from the spec, as an ``Operation``. Importing this package loads
nothing else: each name below is loaded when it is first used.
"""

from .lazy import lazy_exports

TYPE_CHECKING = False  # importing typing would be most of what this package costs
if TYPE_CHECKING:
    from .about import __version__ as __version__
    from .client import AsyncClientBase as AsyncClientBase
    from .client import ClientBase as ClientBase
    from .config import Mode as Mode
    from .config import Timeout as Timeout
    from .drift import Drift as Drift
    from .enums import OpenEnum as OpenEnum
    from .errors import PinwheelError as PinwheelError
    from .hooks import Hooks as Hooks
    from .hooks import PageEvent as PageEvent
    from .hooks import RequestEvent as RequestEvent
    from .hooks import ResponseEvent as ResponseEvent
    from .hooks import RetryEvent as RetryEvent
    from .money import Money as Money
    from .pagination import AsyncPages as AsyncPages
    from .pagination import Pages as Pages
    from .response import Meta as Meta
    from .response import Response as Response
    from .retry import RetryPolicy as RetryPolicy
    from .timing import AsyncTiming as AsyncTiming
    from .timing import Timing as Timing
    from .wire import AsyncTransport as AsyncTransport
    from .wire import Transport as Transport
    from .wire import TransportError as TransportError
    from .wire import WireRequest as WireRequest
    from .wire import WireResponse as WireResponse

__all__ = [
    "AsyncClientBase",
    "AsyncPages",
    "AsyncTiming",
    "AsyncTransport",
    "ClientBase",
    "Drift",
    "Hooks",
    "Meta",
    "Mode",
    "Money",
    "OpenEnum",
    "PageEvent",
    "Pages",
    "PinwheelError",
    "RequestEvent",
    "Response",
    "ResponseEvent",
    "RetryEvent",
    "RetryPolicy",
    "Timeout",
    "Timing",
    "Transport",
    "TransportError",
    "WireRequest",
    "WireResponse",
    "__version__",
]

__getattr__, __dir__ = lazy_exports(
    __name__,
    {
        "AsyncClientBase": ".client",
        "AsyncPages": ".pagination",
        "AsyncTiming": ".timing",
        "AsyncTransport": ".wire",
        "ClientBase": ".client",
        "Drift": ".drift",
        "Hooks": ".hooks",
        "Meta": ".response",
        "Mode": ".config",
        "Money": ".money",
        "OpenEnum": ".enums",
        "PageEvent": ".hooks",
        "Pages": ".pagination",
        "PinwheelError": ".errors",
        "RequestEvent": ".hooks",
        "Response": ".response",
        "ResponseEvent": ".hooks",
        "RetryEvent": ".hooks",
        "RetryPolicy": ".retry",
        "Timeout": ".config",
        "Timing": ".timing",
        "Transport": ".wire",
        "TransportError": ".wire",
        "WireRequest": ".wire",
        "WireResponse": ".wire",
        "__version__": ".about",
    },
)
