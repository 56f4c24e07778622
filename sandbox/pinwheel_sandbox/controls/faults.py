"""Faults on demand: calls that fail, dawdle, break off, or are answered with what nobody expected."""

import json
import threading
import time
from typing import Annotated, Any, Literal, cast

import msgspec

from pinwheel_sandbox.chance import Chance
from pinwheel_sandbox.errors import UNKNOWN, ApiError
from pinwheel_sandbox.faces.json import encode
from pinwheel_sandbox.messages import Answer, Request

Kind = Literal["status", "delay", "reset", "truncate", "unknown_enum", "unknown_field", "null"]

NEW_VALUE = "sandbox_value_of_tomorrow"
NEW_FIELD = "sandbox_field_of_tomorrow"

# Properties whose values are enums, most telling first.
_ENUMS = ("monitoring_status", "status", "outcome", "type", "category", "currency", "compensation_unit", "mode", "name")
_KEPT_WHEN_NULLING = frozenset({"id", "account_id"})


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What goes wrong, with which calls, and how often."""

    kind: Kind
    calls: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """With the next so many calls. Without it and without `share`: with every call until faults are cleared."""
    share: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    """With this share of the calls."""
    method: str | None = None
    """Only with calls of this method."""
    path: str | None = None
    """Only with calls whose path begins so: `/v1/accounts`."""
    status: Annotated[int, msgspec.Meta(ge=400, le=599)] = 503
    """status: what is answered."""
    seconds: Annotated[float, msgspec.Meta(ge=0, le=600)] = 1.0
    """delay: how long, by the clock of the machine."""
    field: str | None = None
    """unknown_enum and null: the property; unless given, one that fits is looked for."""
    after: bool = False
    """status, reset: the call is carried out before it fails, as when an answer is lost on its way."""

    def before(self) -> None:
        """What is done before the call."""
        if self.kind == "delay":
            time.sleep(self.seconds)

    def instead(self, request_id: str, version: str) -> Answer | None:
        """What is answered in place of the call, if it is not carried out."""
        if self.after or self.kind not in {"status", "reset"}:
            return None
        return self._failure({"x-pinwheel-request-id": request_id, "pinwheel-version": version})

    def changed(self, answer: Answer) -> Answer:
        """The answer with the fault in it."""
        if self.kind == "status":
            return self._failure(answer.headers)
        if self.kind in {"reset", "truncate"}:
            raise Broken(self.kind, answer)
        if self.kind == "delay" or not 200 <= answer.status < 300 or not answer.body:
            return answer
        tree = json.loads(answer.body)
        for item in _objects(tree):
            self._change(item)
        return Answer(status=answer.status, headers=answer.headers, body=encode(tree))

    def _failure(self, headers: dict[str, str]) -> Answer:
        error = ApiError(self.status, UNKNOWN, UNKNOWN, "A fault that was asked for.")
        return Answer(
            status=self.status, headers={**headers, "content-type": "application/json"}, body=encode(error.body())
        )

    def _change(self, item: dict[str, Any]) -> None:
        if self.kind == "unknown_field":
            item[NEW_FIELD] = {"new": [1, None, "text"]}
        elif self.kind == "unknown_enum":
            texts = [name for name, value in item.items() if isinstance(value, str)]
            names = [self.field] if self.field else [name for name in _ENUMS if name in texts][:1]
            item.update({name: NEW_VALUE for name in names if name in item})
        else:
            filled = [name for name, value in item.items() if value is not None and name not in _KEPT_WHEN_NULLING]
            names = [self.field] if self.field else filled[:1]
            item.update({name: None for name in names if name in item})


class Broken(Exception):  # noqa: N818 - it tells of a connection, not of an error
    """The connection breaks: before the answer, or in the middle of it."""

    def __init__(self, kind: str, answer: Answer) -> None:
        """Keep what would have been answered."""
        super().__init__("The connection breaks, as was asked for.")
        self.kind = kind
        self.answer = answer


class Faults:
    """The faults of one process, in the order in which they were asked for; the first that fits is the one."""

    def __init__(self, chance: Chance) -> None:
        """None yet."""
        self._chance = chance
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Ask for one."""
        with self._lock:
            self._faults.append(fault)

    def all(self) -> list[Fault]:
        """Those that are still to come; `calls` counts down."""
        with self._lock:
            return list(self._faults)

    def clear(self) -> None:
        """Let everything go well again."""
        with self._lock:
            self._faults.clear()

    def draw(self, request: Request) -> Fault | None:
        """The fault that this request meets."""
        with self._lock:
            for place, fault in enumerate(self._faults):
                if fault.method not in {None, request.method} or not request.path.startswith(fault.path or "/"):
                    continue
                if fault.share is not None and int.from_bytes(self._chance.bytes(4)) / 2**32 >= fault.share:
                    continue
                if fault.calls is not None:
                    left = msgspec.structs.replace(fault, calls=fault.calls - 1)
                    self._faults[place : place + 1] = [left] if fault.calls > 1 else []
                return fault
        return None


def _objects(tree: Any) -> list[dict[str, Any]]:
    """The objects that an answer is about: bare, in `data`, or in a list there."""
    data: Any = cast(dict[str, Any], tree).get("data", tree) if isinstance(tree, dict) else tree
    items: list[Any] = data if isinstance(data, list) else [data]  # pyright: ignore[reportUnknownVariableType]
    return [cast(dict[str, Any], item) for item in items if isinstance(item, dict)]
