"""Finding the sandbox that a command is about, and saying in a line what is wrong with it."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from pinwheel_sandbox.settings import DEFAULT_PORT, DEFAULT_SECRET, LOOPBACK

if TYPE_CHECKING:
    from pinwheel_api import Pinwheel
    from pinwheel_sandbox import RemoteSandbox

__all__ = ["HERE", "SECRET", "SandboxOption", "SecretOption", "connect", "fail", "pinwheel_of", "talking_to"]

HERE = f"http://{LOOPBACK}:{DEFAULT_PORT}"
SECRET = DEFAULT_SECRET

SandboxOption = Annotated[
    str, typer.Option("--sandbox", envvar="PINWHEEL_BASE_URL", metavar="URL", help="Where `pinwheel sandbox` runs.")
]
SecretOption = Annotated[
    str, typer.Option("--secret", envvar="PINWHEEL_API_SECRET", help="API secret of the sandbox; it signs deliveries.")
]


def fail(message: str) -> NoReturn:
    """Say what is wrong and end the command."""
    typer.echo(f"pinwheel: {message}", err=True)
    raise typer.Exit(1)


def connect(address: str) -> "RemoteSandbox":
    """The sandbox at an address, once it has answered."""
    from pinwheel_overlays.config import origin_of  # noqa: PLC0415 - `pinwheel --help` needs none of these
    from pinwheel_sandbox import RemoteSandbox  # noqa: PLC0415

    url = (address if "://" in address else f"http://{address}").rstrip("/")
    origin = origin_of(url)
    if origin is None:
        fail(f"{address} is no address of a sandbox, such as {HERE}")
    if not origin.is_loopback:
        fail(f"{url} is not on this machine: this works with `pinwheel sandbox`, and Pinwheel itself has no such calls")
    sandbox = RemoteSandbox(url)
    with talking_to(sandbox):
        sandbox.read_clock()
    return sandbox


def pinwheel_of(sandbox: "RemoteSandbox", secret: str) -> "Pinwheel":
    """A client of the API of a sandbox."""
    from pinwheel_api import Pinwheel  # noqa: PLC0415 - as above

    return Pinwheel(secret, base_url=sandbox.url, max_retries=0, rate_limit=None)


@contextmanager
def talking_to(sandbox: "RemoteSandbox") -> Generator[None]:
    """End the command with a line where the sandbox cannot be reached or refuses."""
    import httpx  # noqa: PLC0415 - as above
    import msgspec  # noqa: PLC0415
    from pinwheel_api import APIConnectionError, AuthenticationError, PinwheelError  # noqa: PLC0415
    from pinwheel_sandbox.controls.twin import ControlError  # noqa: PLC0415

    try:
        yield
    except (httpx.TransportError, APIConnectionError):
        fail(f"no sandbox answers at {sandbox.url}: start one with `pinwheel sandbox`, or name another with --sandbox")
    except AuthenticationError:
        fail("the sandbox does not take this API secret: name its own with --secret, or in PINWHEEL_API_SECRET")
    except (ControlError, PinwheelError) as error:
        fail(str(error))
    except (msgspec.DecodeError, KeyError, TypeError):
        fail(f"what answers at {sandbox.url} is no Pinwheel sandbox")
