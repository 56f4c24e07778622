"""A document, read: its calls by what HTTP knows of them, with path parameters under no name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .collect import Call
from .lifecycle import Stage, day
from .model import Document, Json
from .tree import is_list, is_mapping, items, mapping
from .views import Views

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Operation:
    """One call, or one event of a webhook, with everything that its path says for all of its calls."""

    call: Call
    path: str
    """Without names of parameters."""
    node: Json
    parameters: tuple[Json, ...]
    security: tuple[tuple[str, ...], ...]
    """Any of these sets of credentials will do."""

    @property
    def stage(self) -> Stage:
        return stage_of(self.node)


class Api:
    """One document, read once and compared as often as wanted."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.views = Views(document)
        self.version = str(mapping(document, "info").get("version", ""))
        self.today: date | None = day(self.version)
        self.operations = dict(self._operations())
        self.webhooks = dict(self._webhooks())

    def _operations(self) -> Iterator[tuple[str, Operation]]:
        for path, item in mapping(self.document, "paths").items():
            nameless = re.sub(r"\{[^}]*\}", "{}", path)
            for method, node, shared in self._methods(item):
                url, key = f"{method.upper()} {path}", f"{method.upper()} {nameless}"
                name = str(node.get("operationId") or url)
                yield key, self._operation(Call(name, url, key), path, node, shared)

    def _webhooks(self) -> Iterator[tuple[str, Operation]]:
        for name, item in mapping(self.document, "webhooks").items():
            for method, node, shared in self._methods(item):
                call = Call(f"webhook {name}", "", f"webhook {name} {method}")
                yield call.key, self._operation(call, "", node, shared)

    def _methods(self, item: object) -> Iterator[tuple[str, Json, list[Any]]]:
        if is_mapping(item):
            item = self.views.flattener.resolve(item)
            for method in METHODS:
                if method in item and is_mapping(item[method]):
                    yield method, item[method], items(item, "parameters")

    def _operation(self, call: Call, path: str, node: Json, shared: list[Any]) -> Operation:
        resolve = self.views.flattener.resolve
        found: dict[tuple[str, str], Json] = {}
        for raw in (*shared, *items(node, "parameters")):
            parameter = resolve(raw) if is_mapping(raw) else {}
            found[str(parameter.get("in")), str(parameter.get("name"))] = parameter
        return Operation(call, path, node, tuple(found.values()), self.credentials(node.get("security")))

    def credentials(self, requirements: object = None) -> tuple[tuple[str, ...], ...]:
        """Sets of schemes, each by what it is and not by its name; those of the whole API where none are given."""
        if requirements is None:
            requirements = self.document.get("security")
        schemes = mapping(mapping(self.document, "components"), "securitySchemes")
        chosen = [need for need in requirements if is_mapping(need)] if is_list(requirements) else []
        return tuple(sorted(tuple(sorted(_labels(need, schemes))) for need in chosen))


def _labels(need: Json, schemes: Json) -> Iterator[str]:
    for name in need:
        label = scheme_label(mapping(schemes, name)) or name
        scopes = " ".join(sorted(map(str, items(need, name))))
        yield f"{label} [{scopes}]" if scopes else label


def scheme_label(scheme: Json) -> str:
    """`apiKey header x-api-secret`, `http bearer`."""
    words = {key: str(scheme[key]) for key in ("type", "in", "name", "scheme", "openIdConnectUrl") if key in scheme}
    if words.get("in") == "header" and "name" in words:
        words["name"] = words["name"].lower()  # HTTP does not care
    return " ".join(words.values())


def stage_of(node: Json) -> Stage:
    sunset = node.get("x-sunset")
    return Stage(node.get("deprecated") is True, None if sunset is None else str(sunset))
