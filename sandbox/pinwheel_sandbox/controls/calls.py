"""The control calls under `/_sandbox/`."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl

import msgspec
from pinwheel_api._documents import openapi
from pinwheel_overlays.decoders import convert

from pinwheel_sandbox.bodies import read_object
from pinwheel_sandbox.controls.desk import Desk
from pinwheel_sandbox.controls.faults import Fault
from pinwheel_sandbox.deliveries.posting import Disorder
from pinwheel_sandbox.errors import ApiError, FieldProblem, invalid, invalid_field, unexpected, wrong_method
from pinwheel_sandbox.faces.face import DATES, NEWEST
from pinwheel_sandbox.handlers.control import PREFIX
from pinwheel_sandbox.messages import Answer, Request
from pinwheel_sandbox.query import Query

_LOG = logging.getLogger("pinwheel_sandbox")

M = TypeVar("M")


class _Named(msgspec.Struct, forbid_unknown_fields=True):
    name: str = "default"


class _Moved(msgspec.Struct, forbid_unknown_fields=True):
    advance: Annotated[float, msgspec.Meta(ge=0, le=4_000_000_000)] | None = None
    now: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    speed: Annotated[float, msgspec.Meta(ge=0, le=1_000_000)] | None = None


class _Triggered(msgspec.Struct, forbid_unknown_fields=True):
    event: str
    account_id: str | None = None
    payload: dict[str, Any] = {}


class _Redelivered(msgspec.Struct, forbid_unknown_fields=True):
    id: str


class _Disturbed(msgspec.Struct, forbid_unknown_fields=True):
    duplicates: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    shuffle: bool = False


class _Nothing(msgspec.Struct, forbid_unknown_fields=True):
    pass


class _Filter(msgspec.Struct, forbid_unknown_fields=True):
    limit: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 100
    webhook_id: str | None = None
    event: str | None = None
    status: str | None = None


def _reset(desk: Desk, request: Request) -> object:
    _body(desk, request, _Nothing)
    desk.reset()
    return {}


def _snapshot(desk: Desk, request: Request) -> object:
    desk.snapshot(_body(desk, request, _Named).name)
    return {}


def _restore(desk: Desk, request: Request) -> object:
    desk.restore(_body(desk, request, _Named).name)
    return {}


def _clock(desk: Desk, request: Request) -> object:  # noqa: ARG001
    clock = desk.world.clock
    return {"now": clock.now(), "speed": clock.speed, "running": clock.speed > 0}


def _move(desk: Desk, request: Request) -> object:
    wanted, clock = _body(desk, request, _Moved), desk.world.clock
    if wanted.now is not None:
        clock.set(wanted.now)
    if wanted.advance is not None:
        try:
            clock.advance(timedelta(seconds=wanted.advance))
        except OverflowError:
            raise invalid_field("advance", "There are no dates so far ahead.") from None
    if wanted.speed is not None:
        clock.run(wanted.speed)
    return _clock(desk, request)


def _trigger(desk: Desk, request: Request) -> object:
    wanted = _body(desk, request, _Triggered)
    return {"event_id": desk.trigger(wanted.event, wanted.account_id, wanted.payload)}


def _redeliver(desk: Desk, request: Request) -> object:
    return desk.redeliver(_body(desk, request, _Redelivered).id)


def _run(desk: Desk, request: Request) -> object:
    _body(desk, request, _Nothing)
    return {"attempts": desk.deliver()}


def _disturb(desk: Desk, request: Request) -> object:
    wanted = _body(desk, request, _Disturbed)
    desk.disturb(Disorder(duplicates=wanted.duplicates, shuffle=wanted.shuffle))
    return {}


def _fault(desk: Desk, request: Request) -> object:
    fault = _body(desk, request, Fault)
    desk.faults.add(fault)
    return fault


def _clear_faults(desk: Desk, request: Request) -> object:  # noqa: ARG001
    desk.faults.clear()
    return {}


def _deliveries(desk: Desk, request: Request) -> object:
    wanted = _query(request)
    return desk.deliveries(webhook_id=wanted.webhook_id, event=wanted.event, status=wanted.status, limit=wanted.limit)


_CALLS: Mapping[tuple[str, str], Callable[[Desk, Request], object]] = {
    ("POST", "reset"): _reset,
    ("POST", "snapshots"): _snapshot,
    ("POST", "snapshots/restore"): _restore,
    ("GET", "clock"): _clock,
    ("POST", "clock"): _move,
    ("POST", "events"): _trigger,
    ("GET", "events"): lambda desk, request: desk.events(_query(request).limit),
    ("GET", "deliveries"): _deliveries,
    ("POST", "deliveries/redeliver"): _redeliver,
    ("POST", "deliveries/run"): _run,
    ("POST", "deliveries/disturb"): _disturb,
    ("GET", "webhooks"): lambda desk, request: desk.webhooks(),  # noqa: ARG005
    ("GET", "requests"): lambda desk, request: desk.log.entries(_query(request).limit),
    ("GET", "faults"): lambda desk, request: desk.faults.all(),  # noqa: ARG005
    ("POST", "faults"): _fault,
    ("DELETE", "faults"): _clear_faults,
}
_NAMES = frozenset(name for _, name in _CALLS)


def answer(desk: Desk, request: Request) -> Answer | None:
    """Carry out a control call; nothing where it is none of these."""
    name = request.path.removeprefix(PREFIX)
    if name not in _NAMES:
        return None
    headers = {
        "content-type": "application/json",
        "pinwheel-version": NEWEST,
        "x-pinwheel-request-id": desk.world.chance.uuid(),
    }
    try:
        body = msgspec.json.encode({"data": _call(request.method, name)(desk, request)})
    except ApiError as error:
        return Answer(status=error.status, headers={**headers, **error.headers}, body=json.dumps(error.body()).encode())
    except Exception:  # noqa: BLE001 - logged, and answered as a 500, as in the core
        _LOG.exception("%s %s failed", request.method, request.path)
        return Answer(status=500, headers=headers, body=json.dumps(unexpected().body()).encode())
    return Answer(status=200, headers=headers, body=body)


def _call(method: str, name: str) -> Callable[[Desk, Request], object]:
    call = _CALLS.get((method, name))
    if call is None:
        raise wrong_method([known for known, other in _CALLS if other == name])
    return call


def document(request: Request) -> Answer:
    """The OpenAPI document of the version that the request names, or of the newest."""
    version = request.headers.get("pinwheel-version", NEWEST).strip()
    headers = {"content-type": "application/json", "pinwheel-version": version if version in DATES else NEWEST}
    if version not in DATES:
        error = invalid_field("Pinwheel-Version", f"This must be one of {', '.join(DATES)}.", code="INVALID_VERSION")
        return Answer(status=400, headers=headers, body=json.dumps(error.body()).encode())
    return Answer(status=200, headers=headers, body=json.dumps(openapi(version)).encode())


def _body(desk: Desk, request: Request, kind: type[M]) -> M:
    sent = read_object(request, desk.world.settings.body_limit) if request.body else {}
    return _converted(sent, kind)


def _query(request: Request) -> _Filter:
    Query.parse(request.query)  # which refuses what no text of a database can be
    return _converted(dict(parse_qsl(request.query)), _Filter)


def _converted(sent: Mapping[str, object], kind: type[M]) -> M:
    try:
        return convert(sent, kind, strict=kind is not _Filter)
    except msgspec.ValidationError as error:
        name = str(error).rpartition("$.")[2].rstrip("`") if "$." in str(error) else "body"
        raise invalid([FieldProblem(name, f"{error}.")]) from None
