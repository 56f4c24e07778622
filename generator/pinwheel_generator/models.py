"""Parsed models and enums of one version → the shapes that the templates draw."""

from __future__ import annotations

from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.properties.enum_property import EnumProperty
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.model_property import ModelProperty

from . import names
from .shapes import Enum, Field, Model, Money
from .source import SpecError
from .tree import Json, is_enum, operations, schemas_below
from .types import Types, as_argument, in_answer, in_request, limits, limits_in_words


def modules(document: Json) -> dict[str, str]:
    """Component name → module in `_models/`, for every schema that becomes a class."""
    schemas: dict[str, Json] = document["components"]["schemas"]
    return {
        name: names.model_module(schema["x-source"])
        for name, schema in schemas.items()
        if not schema.get("x-envelope") and (is_enum(schema) or "properties" in schema)
    }


def read_enums(data: GeneratorData, document: Json, types: Types) -> list[Enum]:
    return [_enum(e, document["components"]["schemas"][str(e.class_info.name)], types) for e in data.enums]


def _enum(prop: EnumProperty | LiteralEnumProperty, schema: Json, types: Types) -> Enum:
    members = tuple(sorted((names.member(str(value)), str(value)) for value in schema["enum"]))
    if len({name for name, _ in members}) < len(members):
        raise SpecError([f"{prop.class_info.name}: two values would have one Python name: {members}"])
    ref = types.ref(str(prop.class_info.name))
    return Enum(ref, sentence(schema), schema["x-source"], provenance(schema), members)


def read_models(data: GeneratorData, document: Json, types: Types, requests: set[str]) -> dict[str, Model]:
    found: dict[str, Model] = {}
    for prop in data.models:
        name = str(prop.class_info.name)
        schema: Json = document["components"]["schemas"].get(name, {})
        if name in types.modules:
            found[name] = _model(prop, schema, types, name in requests)
    return found


def _model(prop: ModelProperty, schema: Json, types: Types, is_request: bool) -> Model:
    parsed = {
        p.name.get_untrusted_value(): p for p in (*(prop.required_properties or []), *(prop.optional_properties or []))
    }
    required: set[str] = set(schema.get("required", []))
    properties: dict[str, Json] = schema["properties"]
    fields = [_field(parsed[key], key, raw, key in required, types, is_request) for key, raw in properties.items()]
    attributes = {f.attribute for f in fields}
    monies = () if is_request else tuple(_monies(properties, required))
    for money in monies:
        if money.name in attributes:
            source = schema["x-source"]
            raise SpecError([f"{source}: the money of {money.of} would be called {money.name}, which is taken"])
    return Model(
        ref=types.ref(str(prop.class_info.name)),
        doc=sentence(schema),
        source=schema["x-source"],
        provenance=provenance(schema),
        fields=tuple(fields),
        is_request=is_request,
        monies=monies,
        one_of=tuple(tuple(group) for group in schema.get("x-one-of-required", [])),
        trim=tuple(key for key, raw in properties.items() if raw.get("x-trim")),
    )


def _field(prop: Any, key: str, raw: Json, required: bool, types: Types, is_request: bool) -> Field:
    kind = types.of(prop, raw)
    signature = as_argument(kind) + (" | None" if kind.nullable else "") + ("" if required else " | UnsetType")
    text = in_request(kind, required, limits(raw)) if is_request else in_answer(kind, required)
    variants: dict[str, str] = raw.get("x-variants", {})
    return Field(
        name=key,
        attribute=names.attribute(key),
        type=type(kind)(text, kind.refs, kind.nullable, kind.enum),
        required=required,
        doc=words(raw, with_limits=is_request),
        pii=bool(raw.get("x-pii")),
        signature=signature,
        variants=tuple(sorted((tag, types.ref(name)) for tag, name in variants.items())),
        tag=str(raw.get("x-tagged-by", "")),
        constraints=limits(raw),
    )


def _monies(properties: dict[str, Json], required: set[str]) -> list[Money]:
    found: list[Money] = []
    for key, raw in properties.items():
        if raw.get("x-unit") != "minor":
            continue
        currency = str(raw["x-currency"])
        expression = {"inherited": ""}.get(currency, f"self.{currency}" if currency.islower() else f'"{currency}"')
        nullable = key not in required or not isinstance(raw.get("type"), str)
        found.append(Money(names.money_attribute(key), key, expression, nullable))
    return found


UNITS = {
    "minor": "In minor units (cents for USD).",
    "major": "In major units (dollars for USD), exact.",
    "percent": "In percent.",
    "hours": "In hours.",
    "unstated": "Pinwheel does not state the unit.",
}


def words(raw: Json, *, with_limits: bool = False) -> str:
    """A property's description with its unit and, for what is sent, its limits: for a docstring."""
    said = [sentence(raw), UNITS.get(str(raw.get("x-unit", "")), ""), limits_in_words(raw) if with_limits else ""]
    return " ".join(part for part in said if part)


def sentence(raw: Json) -> str:
    return " ".join(str(raw.get("description", "")).split())


def provenance(raw: Json) -> str:
    said: Json = raw["x-provenance"]
    return f"{said['source']} ({said['confidence']})"


def request_schemas(document: Json) -> set[str]:
    """Names of the schemas that request bodies are made of."""
    bodies = [op.get("requestBody") for item in document["paths"].values() for op in operations(item).values()]
    return schemas_below(document, bodies)


def answer_schemas(document: Json) -> set[str]:
    """Names of the schemas that answers and deliveries are made of."""
    calls = [op.get("responses") for item in document["paths"].values() for op in operations(item).values()]
    return schemas_below(document, [*calls, document.get("webhooks")])
