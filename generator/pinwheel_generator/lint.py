"""What our specs promise beyond OpenAPI: extensions filled in, answers complete, everything described and sourced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .bundle import Bundle
from .source import Pointer
from .tree import Json, component, is_enum, is_list, is_mapping, operations

ERRORS = ("400", "401", "403", "404", "429", "5XX")
HEADERS = {"Pinwheel-Version", "x-pinwheel-request-id"}
UNITS = {"minor", "major", "percent", "hours", "unstated"}
CONFIDENCE = {"stated", "observed", "inferred"}
# Names that give away what a property is, so that its unit or its mark cannot be forgotten.
AMOUNT = re.compile(r"(^|_)(amount|rate|percentage|hours|wages|taxes|deductions|reimbursements|ytd|balance)(_|$)")
PERSONAL = re.compile(r"ssn|social_security_number|account_number|routing|birth|e?mail|card_number|cvc|download_url$")
OPERATION_ID = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def lint(bundle: Bundle) -> list[str]:
    """Every broken promise, with file and line."""
    found = [*_operations(bundle), *_schemas(bundle)]
    return [f"{bundle.where(at)}: {reason}" for at, reason in found]


def _operations(bundle: Bundle) -> Iterator[tuple[Pointer, str]]:
    seen: dict[str, str] = {}
    for path, item in bundle.document.get("paths", {}).items():
        if not path.startswith("/v1/"):
            yield ("paths", path), "every path starts with /v1/"
        for method, operation in operations(item).items():
            at: Pointer = ("paths", path, method)
            name = str(operation.get("operationId", ""))
            if not OPERATION_ID.fullmatch(name):
                yield at, f"operationId {name!r} is not the call, such as accounts.paystubs.list"
            if name in seen:
                yield at, f"operationId {name} is taken by {seen[name]}"
            seen[name] = f"{method.upper()} {path}"
            for problem in _operation(bundle, item, operation):
                yield at, f"{name}: {problem}"


def _operation(bundle: Bundle, item: Json, operation: Json) -> Iterator[str]:
    if not isinstance(operation.get("x-idempotent"), bool):
        yield "x-idempotent says whether a failed call may be repeated: true or false"
    for key in ("summary", "description"):
        if not operation.get(key):
            yield f"no {key}"
    yield from _provenance(operation)
    answers: dict[str, Json] = operation.get("responses", {})
    for code in ERRORS:
        if code not in answers:
            yield f"the error answer {code} is not declared"
    for code, answer in answers.items():
        declared = component(bundle.document, answer["$ref"]) if "$ref" in answer else answer
        if missing := HEADERS - set(declared.get("headers", {})):
            yield f"answer {code} does not declare the headers {', '.join(sorted(missing))}"
    names: set[str] = set()
    for raw in (*item.get("parameters", []), *operation.get("parameters", [])):
        parameter = component(bundle.document, raw["$ref"]) if "$ref" in raw else raw
        names.add(parameter["name"])
        if not parameter.get("description"):
            yield f"parameter {parameter['name']} has no description"
    if "Pinwheel-Version" not in names:
        yield "the header parameter Pinwheel-Version is not declared"
    if bool(operation.get("x-paginated")) != ("cursor" in names):
        yield "x-paginated and the parameter cursor go together"


def _schemas(bundle: Bundle) -> Iterator[tuple[Pointer, str]]:
    for name, schema in bundle.document["components"].get("schemas", {}).items():
        at: Pointer = ("components", "schemas", name)
        if not schema.get("description"):
            yield at, f"{name} has no description"
        for problem in _provenance(schema):
            yield at, f"{name}: {problem}"
        if is_enum(schema):
            if any(not isinstance(value, str) for value in schema["enum"]):
                yield (*at, "enum"), f"{name}: enum values are strings; null goes beside the $ref"
            continue
        properties: dict[str, Json] = schema.get("properties", {})
        for key, prop in properties.items():
            for problem in (*_property(prop, properties), *_marks(key, prop)):
                yield (*at, "properties", key), f"{name}.{key}: {problem}"


def _property(prop: Json, siblings: dict[str, Json]) -> Iterator[str]:
    if not prop.get("description"):
        yield "no description"
    if "enum" in prop or "enum" in prop.get("items", {}):
        yield "an enum is a schema file of its own"
    if "x-provenance" in prop:
        yield from _provenance(prop)
    unit = prop.get("x-unit")
    if unit is not None and unit not in UNITS:
        yield f"x-unit is one of {', '.join(sorted(UNITS))}"
    currency = str(prop.get("x-currency", ""))
    if (unit == "minor") != bool(currency):
        yield "x-unit minor and x-currency go together"
    if currency.islower() and currency != "inherited" and currency not in siblings:
        yield f"x-currency names the property {currency}, which this object does not have"
    if "x-variants" in prop and "x-tagged-by" not in prop:
        yield "x-variants needs x-tagged-by"


def _marks(name: str, prop: Json) -> Iterator[str]:
    kinds = prop.get("type", [])
    if (
        {"integer", "number"} & set(kinds if is_list(kinds) else [kinds])
        and AMOUNT.search(name)
        and "x-unit" not in prop
    ):
        yield "a number with this name needs x-unit"
    if PERSONAL.search(name) and not prop.get("x-pii"):
        yield "a property with this name needs x-pii: true"


def _provenance(node: Json) -> Iterator[str]:
    said = node.get("x-provenance")
    if not is_mapping(said) or said.get("confidence") not in CONFIDENCE or not said.get("source"):
        yield "x-provenance names a confidence (stated, observed, inferred) and a source"
