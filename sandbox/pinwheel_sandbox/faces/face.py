"""One version's view of the one state: requests come in through it, answers go out through it."""

import functools
from importlib import import_module
from typing import Any, TypeVar, cast

import msgspec
from pinwheel_api import VERSIONS
from pinwheel_overlays.decoders import convert

from pinwheel_sandbox.bodies import checked
from pinwheel_sandbox.errors import ApiError, FieldProblem, invalid
from pinwheel_sandbox.faces import data_changes, link_token_changes, workspace_changes
from pinwheel_sandbox.faces.change import Change, Json, each
from pinwheel_sandbox.faces.json import plain
from pinwheel_sandbox.query import Query

M = TypeVar("M")

DATES = tuple(version.date for version in VERSIONS)
SUNSET = frozenset(version.date for version in VERSIONS if version.status == "sunset")
OLDEST, NEWEST = DATES[0], DATES[-1]

# Oldest first; changes of one version stand in the order in which they were made.
CHANGES: tuple[Change, ...] = tuple(
    sorted(
        (*link_token_changes.CHANGES, *data_changes.CHANGES, *workspace_changes.CHANGES),
        key=lambda change: change.version,
    )
)


@functools.cache
def face(version: str) -> "Face":
    """The face of a version."""
    return Face(version)


class Face:
    """Turns requests of a version into the newest form, and newest answers into the version's form."""

    def __init__(self, version: str) -> None:
        """Load the version's models."""
        self.version = version
        self._models: Any = import_module(f"pinwheel_api.v{version.replace('-', '_')}")

    def query(self, operation: str, query: Query) -> Query:
        """The query parameters in their newest form."""
        for change in _changes(operation, self.version):
            query = change.newer_query(query)
        return query

    def body(self, operation: str, body: Json, model: type[M]) -> M:
        """The request body as an object of the newest `model`, checked by the rules of this version."""
        older = self._twin(model)
        sent = checked(body, older)
        self._check_one_of(operation, body)
        if older is model:
            return cast(M, sent)
        # From the checked object, not from what was sent: properties unknown to this version must not slip through.
        newer: Json = msgspec.to_builtins(sent)
        changes = _changes(operation, self.version)
        for change in changes:
            newer = change.newer_body(newer)
        return checked(newer, model, open_enums=any(change.keeps_extinct_values for change in changes))

    def in_own_words(self, operation: str, error: ApiError) -> ApiError:
        """An error of the newest version, with the names that this version has for what was wrong."""
        for change in reversed(_changes(operation, self.version)):
            for newer, older in change.older_names.items():
                error.rename(newer, older)
        return error

    def answer(self, operation: str, envelope: Json) -> Json:
        """An answer made of newest objects, as JSON-like data in this version's form."""
        answer: Json = {key: plain(value) for key, value in envelope.items()}
        for change in reversed(_changes(operation, self.version)):
            answer = change.older_answer(answer)
        kind = _kind(envelope["data"])
        if kind is None:
            return answer
        older = self._twin(kind)
        if older is kind:
            return answer
        # Into the exact form of the older class: its keys, in its order, null where there is nothing.
        return each(answer, lambda data: plain(convert(data, older)))

    def _twin(self, model: type) -> Any:
        """The class that this version has in place of a newest one."""
        return getattr(self._models, model.__name__)

    def _check_one_of(self, operation: str, body: Json) -> None:
        rules = [c.needs_one_of for c in CHANGES if operation in c.operations and c.version <= self.version]
        stated = [rule for rule in rules if rule]
        missing = [group for group in (stated[-1] if stated else ()) if not any(name in body for name in group)]
        if missing:
            raise invalid([FieldProblem(group[0], f"One of {', '.join(group)} is required.") for group in missing])


def _kind(data: object) -> type | None:
    """The class of the objects in an answer; none where a list is empty."""
    if isinstance(data, list):
        items = cast(list[object], data)
        return type(items[0]) if items else None
    return type(data)


@functools.cache
def _changes(operation: str, version: str) -> tuple[Change, ...]:
    """The changes made to an operation since a version, oldest first."""
    return tuple(change for change in CHANGES if operation in change.operations and change.version > version)
