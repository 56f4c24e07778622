"""The form of a case file. `schema.json` says the same for other languages; a test holds the two together."""

from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

__all__ = [
    "AnswerSpec",
    "AttemptCheck",
    "CallSpec",
    "Case",
    "CaseFile",
    "ClientSpec",
    "DriftCheck",
    "ErrorCheck",
    "Failure",
    "HeaderCheck",
    "LogCheck",
    "OptionsSpec",
    "Outcome",
    "RequestCheck",
    "ResumeSpec",
    "RetrySpec",
    "TimeoutCheck",
    "VersionArguments",
    "WarningCheck",
    "WireChecks",
]

Failure = Literal["refused", "connect_timeout", "read_timeout", "reset", "truncated"]


class Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Refuses a key it does not know: a misspelled expectation must not be an expectation less."""


class RetrySpec(Strict, frozen=True, kw_only=True):
    max_retries: int | UnsetType = UNSET
    base: float | UnsetType = UNSET
    cap: float | UnsetType = UNSET
    retry_after_cap: float | UnsetType = UNSET
    budget: float | UnsetType = UNSET


class OptionsSpec(Strict, frozen=True, kw_only=True):
    """What can differ from call to call."""

    admin_token: str | UnsetType = UNSET
    timeout: float | list[float] | UnsetType = UNSET
    max_retries: int | UnsetType = UNSET
    retry: RetrySpec | UnsetType = UNSET
    strict: bool | UnsetType = UNSET


class ClientSpec(OptionsSpec, frozen=True, kw_only=True):
    """How the client is made."""

    api_secret: str | UnsetType | None = UNSET
    mode: str | UnsetType = UNSET
    base_url: str | UnsetType = UNSET
    on_drift: bool = False
    environment: dict[str, str] = {}


class AnswerSpec(Strict, frozen=True, kw_only=True):
    """One scripted answer, or a failure in its place."""

    status: int = 200
    headers: dict[str, str | None] = {}
    json: Any = UNSET
    text: Any = UNSET
    base64: str | UnsetType = UNSET
    failure: Failure | UnsetType = UNSET
    delay: float = 0.0


class AttemptCheck(Strict, frozen=True, kw_only=True):
    status: int | UnsetType | None = UNSET
    delay: float | UnsetType = UNSET
    cause: str | UnsetType = UNSET
    cause_has: str | UnsetType = UNSET
    request_id: str | UnsetType | None = UNSET


class DriftCheck(Strict, frozen=True, kw_only=True):
    kind: str
    path: str
    model: str
    expected: str | UnsetType = UNSET
    operation: str | UnsetType = UNSET
    request_id: str | UnsetType = UNSET


class ErrorCheck(Strict, frozen=True, kw_only=True):
    """What the error of a call is. What is not named is not looked at."""

    class_: str = msgspec.field(name="class")
    is_a: list[str] = []
    message: str | UnsetType = UNSET
    status: int | UnsetType | None = UNSET
    type: Any = UNSET
    code: Any = UNSET
    fields: list[list[str]] | UnsetType = UNSET
    request_id: str | UnsetType | None = UNSET
    attempts: list[AttemptCheck] | UnsetType = UNSET
    operation: str | UnsetType = UNSET
    method: str | UnsetType = UNSET
    path: str | UnsetType = UNSET
    version: str | UnsetType = UNSET
    reached: bool | UnsetType = UNSET
    location: str | UnsetType = UNSET
    model: str | UnsetType = UNSET
    drifts: list[DriftCheck] | UnsetType = UNSET
    field: str | UnsetType = UNSET
    rule_has: list[str] = []
    raw: str | UnsetType = UNSET
    text_has: list[str] = []
    text_lacks: list[str] = []


class Outcome(Strict, frozen=True, kw_only=True):
    """What one call came to."""

    value: dict[str, Any] = {}
    classes: dict[str, str] = {}
    ids: list[str] | UnsetType = UNSET
    error: ErrorCheck | UnsetType = UNSET
    repr_has: list[str] = []
    repr_lacks: list[str] = []


class VersionArguments(Strict, frozen=True, kw_only=True):
    since: str | UnsetType = UNSET
    until: str | UnsetType = UNSET
    arguments: dict[str, Any]


class ResumeSpec(Strict, frozen=True, kw_only=True):
    """Go on from the checkpoint of an earlier call of the case, or from a text that is none."""

    from_call: int | UnsetType = UNSET
    text: str | UnsetType = UNSET
    damaged: bool = False


class CallSpec(Strict, frozen=True, kw_only=True):
    operation: str
    arguments: dict[str, Any] | UnsetType = UNSET
    arguments_by_version: list[VersionArguments] | UnsetType = UNSET
    as_: Literal["data", "response", "items", "pages", "first"] = msgspec.field(name="as", default="data")
    max_items: int | UnsetType = UNSET
    take: int | UnsetType = UNSET
    resume: ResumeSpec | UnsetType = UNSET
    options: OptionsSpec | UnsetType = UNSET
    new_client: bool = False
    after_close: bool = False
    expect: Outcome


class HeaderCheck(Strict, frozen=True, kw_only=True):
    absent: bool | UnsetType = UNSET
    has: str | UnsetType = UNSET
    pattern: str | UnsetType = UNSET


class TimeoutCheck(Strict, frozen=True, kw_only=True):
    connect: float
    read: float


class RequestCheck(Strict, frozen=True, kw_only=True):
    """What one request looked like on the wire."""

    method: str | UnsetType = UNSET
    origin: str | UnsetType = UNSET
    path: str | UnsetType = UNSET
    query: dict[str, str | list[str]] | UnsetType = UNSET
    query_text: str | UnsetType = UNSET
    headers: dict[str, str | HeaderCheck] = {}
    body: Any = UNSET
    body_at: dict[str, Any] = {}
    body_text_lacks: list[str] = []
    no_body: bool | UnsetType = UNSET
    timeout: TimeoutCheck | UnsetType = UNSET


class WarningCheck(Strict, frozen=True, kw_only=True):
    class_: str = msgspec.field(name="class")
    has: list[str] = []


class LogCheck(Strict, frozen=True, kw_only=True):
    has: list[str] = []
    lacks: list[str] = []


class WireChecks(Strict, frozen=True, kw_only=True):
    """What went over the wire in the whole case. Everything that happened must be named here."""

    requests: int | list[RequestCheck]
    delays: list[float | list[float]] = []
    drift: list[DriftCheck] = []
    warnings: list[WarningCheck] = []
    log: LogCheck | UnsetType = UNSET


class Case(Strict, frozen=True, kw_only=True):
    name: str
    why: str
    since: str | UnsetType = UNSET
    until: str | UnsetType = UNSET
    client: ClientSpec = ClientSpec()
    chance: float | list[float] = 1.0
    now: str = "2026-11-22T10:00:00Z"
    answers: list[AnswerSpec]
    calls: list[CallSpec]
    expect: WireChecks
    must_fail: list[str] | UnsetType = UNSET


class CaseFile(Strict, frozen=True, kw_only=True):
    schema: str = msgspec.field(name="$schema")
    category: str
    about: str
    cases: list[Case]
