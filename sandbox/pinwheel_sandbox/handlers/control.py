"""The sandbox's own calls under `/_sandbox/`: for tests and tools, not part of Pinwheel's API."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from pinwheel_sandbox.bodies import read_object
from pinwheel_sandbox.errors import ApiError, invalid_field, not_found, wrong_method
from pinwheel_sandbox.link.errors import LinkError
from pinwheel_sandbox.link.login import log_in
from pinwheel_sandbox.link.terms import Credentials
from pinwheel_sandbox.messages import Request
from pinwheel_sandbox.world import World

PREFIX = "/_sandbox/"


def health(world: World, request: Request) -> object:  # noqa: ARG001 - every control call has this form
    """Say that the sandbox is up, and what time it has."""
    return {"status": "ok", "now": world.clock.now()}


def complete_link(world: World, request: Request) -> object:
    """Go through Link without a browser: `token`, and optionally user name, password, employer and platform."""
    body = read_object(request, world.settings.body_limit)
    token: object = body.pop("token", None)
    if not isinstance(token, str):
        raise invalid_field("token", "This property is required and is a text.")
    try:
        given = msgspec.convert(body, Credentials)
    except msgspec.ValidationError as error:
        raise invalid_field(str(error).rpartition("$.")[2].rstrip("`") or "body", f"{error}.") from None
    try:
        with world.storage.writing() as session:
            return msgspec.to_builtins(log_in(world, session, token, given))
    except LinkError as error:
        raise ApiError(400, error.type, error.code, error.message) from None


_CALLS: Mapping[tuple[str, str], Callable[[World, Request], Any]] = {
    ("GET", "health"): health,
    ("POST", "link/complete"): complete_link,
}


def control(world: World, request: Request) -> object:
    """Carry out a control call."""
    name = request.path.removeprefix(PREFIX)
    call = _CALLS.get((request.method, name))
    if call is None:
        methods = [method for method, known in _CALLS if known == name]
        raise wrong_method(methods) if methods else not_found("The control call")
    return {"data": call(world, request)}
