"""Parsed endpoints of one version → operations, and the tree of resources that their operationIds spell."""

from __future__ import annotations

from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.model_property import ModelProperty

from . import names
from .models import provenance, sentence
from .shapes import Argument, Model, Operation, Resource, Type
from .source import SpecError
from .tree import Json, component, operations
from .types import Types, as_argument, limits_in_words


def read_resources(data: GeneratorData, document: Json, types: Types, models: dict[str, Model]) -> Resource:
    """The root of the tree: its children are the attributes of a client."""
    endpoints = {
        (e.method, e.path.get_untrusted_value()): e
        for group in data.endpoint_collections_by_tag.values()
        for e in group.endpoints
    }
    root = Resource((), "")
    for path, item in document["paths"].items():
        for method, raw in operations(item).items():
            _place(root, _Reader(document, types, models, item).read(endpoints[method, path], raw))
    return root


def _place(root: Resource, operation: Operation) -> None:
    *path, _ = operation.id.split(".")
    node = root
    for depth in range(len(path)):
        here = tuple(path[: depth + 1])
        node = node.children.setdefault(here[-1], Resource(here, names.pascal(here)))
    node.operations.append(operation)


class _Reader:
    def __init__(self, document: Json, types: Types, models: dict[str, Model], item: Json) -> None:
        self.document = document
        self.types = types
        self.models = models
        self.item = item

    def read(self, endpoint: Endpoint, raw: Json) -> Operation:
        body = self._body(raw)
        result, is_list = self._result(endpoint, raw)
        parameters = [self._parameter(p) for p in (*self.item.get("parameters", []), *raw.get("parameters", []))]
        by_name = {p["name"]: p for p in parameters}
        return Operation(
            id=raw["operationId"],
            verb=raw["operationId"].rpartition(".")[2],
            method=endpoint.method.upper(),
            path=endpoint.path.get_untrusted_value(),
            auth=self._auth(raw),
            idempotent=bool(raw["x-idempotent"]),
            paginated=bool(raw.get("x-paginated", False)),
            is_list=is_list,
            result=result,
            path_arguments=tuple(self._path_argument(by_name[_name(p)]) for p in endpoint.path_parameters),
            query=tuple(self._query_argument(p, by_name[_name(p)]) for p in endpoint.query_parameters),
            body=body,
            body_arguments=_body_arguments(body),
            trim=(*(p["name"] for p in parameters if p.get("x-trim")), *(body.trim if body else ())),
            limits=tuple((p["name"], low, high) for p in parameters for low, high in _bounds(p["schema"])),
            lengths=tuple((p["name"], p["schema"]["minLength"]) for p in parameters if _has_least_length(p)),
            kinds=tuple(self._kinds(endpoint, by_name)),
            summary=" ".join(raw["summary"].split()).rstrip(".") + ".",
            doc=sentence(raw),
            provenance=provenance(raw),
            source=self.item.get("x-source", ""),
            data_times=str(raw.get("x-data-times", "")),
            job_kinds=str(raw.get("x-job-kinds", "")),
        )

    def _parameter(self, raw: Json) -> Json:
        return component(self.document, raw["$ref"]) if "$ref" in raw else raw

    def _auth(self, raw: Json) -> str:
        security: list[Json] = raw["security"] if "security" in raw else self.document["security"]
        return ("bearer" if "bearerAuth" in security[0] else "secret") if security else "none"

    def _body(self, raw: Json) -> Model | None:
        if "requestBody" not in raw:
            return None
        schema = raw["requestBody"]["content"]["application/json"]["schema"]
        return self.models[schema["$ref"].rpartition("/")[2]]

    def _result(self, endpoint: Endpoint, raw: Json) -> tuple[Type | None, bool]:
        """The type of `data`, and whether it is a list of them."""
        for response in endpoint.responses:
            prop = response.prop
            if not isinstance(prop, ModelProperty):
                continue
            for data in prop.required_properties or []:
                if _name(data) == "data":
                    is_list = isinstance(data, ListProperty)
                    inner: Any = data.inner_property if isinstance(data, ListProperty) else data
                    return self.types.of(inner, {}), is_list
            if prop.required_properties or prop.optional_properties:
                raise SpecError([f"{raw['operationId']}: an answer holds `data`, or nothing"])
        return None, False

    def _kinds(self, endpoint: Endpoint, by_name: dict[str, Json]) -> list[tuple[str, str]]:
        """Of the parameters that are no texts and have no limits, which say more."""
        found: list[tuple[str, str]] = []
        for prop in endpoint.query_parameters:
            schema: Json = by_name[_name(prop)]["schema"]
            kind = _kind(self.types.of(prop, schema))
            if kind and not _bounds(schema):
                found.append((_name(prop), kind))
        return found

    def _path_argument(self, raw: Json) -> Argument:
        return Argument(names.attribute(raw["name"]), raw["name"], "str", "", sentence(raw))

    def _query_argument(self, prop: Any, raw: Json) -> Argument:
        kind = self.types.of(prop, raw["schema"])
        text = as_argument(kind)
        doc = f"{sentence(raw)} {limits_in_words(raw['schema'])}".strip()
        annotation, default = (text, "") if prop.required else (f"{text} | None", "None")
        return Argument(names.attribute(raw["name"]), raw["name"], annotation, default, doc, kind.refs)


def _kind(kind: Type) -> str:
    """What a query parameter is, as the overlays check it; empty for a text."""
    several = "[]" if kind.text.startswith("list[") else ""
    if kind.enum:
        ref = next(iter(kind.refs))
        return f"pinwheel_api._models.{ref.module}:{ref.name}{several}"
    plain = kind.text.removeprefix("list[").removesuffix("]")
    known = {"Date": "date", "Timestamp": "date-time", "bool": "bool", "int": "int"}.get(plain)
    return f"{known}{several}" if known else ""


def _bounds(schema: Json) -> list[tuple[int, int]]:
    return [(schema["minimum"], schema["maximum"])] if {"minimum", "maximum"} <= schema.keys() else []


def _has_least_length(parameter: Json) -> bool:
    """Path ids have a rule of their own, and so has what is trimmed."""
    schema: Json = parameter["schema"]
    return parameter["in"] == "query" and "minLength" in schema and not parameter.get("x-trim")


def _name(prop: Any) -> str:
    return str(prop.name.get_untrusted_value())


def _body_arguments(body: Model | None) -> tuple[Argument, ...]:
    if body is None:
        return ()
    return tuple(Argument(f.attribute, f.name, f.signature, "" if f.required else "UNSET", f.doc) for f in body.fields)
