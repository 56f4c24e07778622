"""A local Pinwheel: the API in nine versions over one state, in process or as a server.

Nothing is loaded before it is used.
"""

from typing import TYPE_CHECKING

from pinwheel_overlays.lazy import lazy_exports

if TYPE_CHECKING:
    from pinwheel_sandbox.clock import Clock as Clock
    from pinwheel_sandbox.inbox import Inbox as Inbox
    from pinwheel_sandbox.link.errors import LinkError as LinkError
    from pinwheel_sandbox.link.terms import Login as Login
    from pinwheel_sandbox.remote import RemoteSandbox as RemoteSandbox
    from pinwheel_sandbox.remote import SandboxProcess as SandboxProcess
    from pinwheel_sandbox.sandbox import Sandbox as Sandbox
    from pinwheel_sandbox.server import LocalServer as LocalServer
    from pinwheel_sandbox.settings import Settings as Settings

__all__ = [
    "Clock",
    "Inbox",
    "LinkError",
    "LocalServer",
    "Login",
    "RemoteSandbox",
    "Sandbox",
    "SandboxProcess",
    "Settings",
]

__getattr__, __dir__ = lazy_exports(
    __name__,
    {
        "Clock": ".clock",
        "Inbox": ".inbox",
        "LinkError": ".link.errors",
        "LocalServer": ".server",
        "Login": ".link.terms",
        "RemoteSandbox": ".remote",
        "Sandbox": ".sandbox",
        "SandboxProcess": ".remote",
        "Settings": ".settings",
    },
)
