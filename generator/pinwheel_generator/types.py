"""A parsed property → its Python annotation, in an answer, in a request body and as an argument of a call."""

from __future__ import annotations

import json
import re
from typing import Any

from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.enum_property import EnumProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty

from .shapes import Ref, Type
from .source import SpecError
from .tree import Json, is_mapping

# Ids stay strings: Pinwheel reserves the right to change their form, and really sends the all-zero UUID.
_PLAIN: tuple[tuple[type[Any], str], ...] = (
    (UuidProperty, "str"),
    (DateTimeProperty, "Timestamp"),
    (DateProperty, "Date"),
    (StringProperty, "str"),
    (ConstProperty, "str"),
    (BooleanProperty, "bool"),
    (IntProperty, "int"),
    (FloatProperty, "float"),
    (AnyProperty, "Any"),
)


class Types:
    """Annotations for one version, whose classes live in the modules that `modules` names."""

    def __init__(self, modules: dict[str, str]) -> None:
        self.modules = modules

    def ref(self, name: str) -> Ref:
        if name not in self.modules:
            raise SpecError([f"the parser calls a class {name}, which is no schema file: name it so in the spec"])
        return Ref(self.modules[name], name)

    def of(self, prop: Any, schema: Json) -> Type:
        """The type of a property in a model. Nullability is kept apart from the text."""
        if isinstance(prop, UnionProperty):
            return self._union(prop, schema)
        if isinstance(prop, ListProperty):
            inner = self.of(prop.inner_property, schema.get("items", {}))
            return Type(f"list[{_or_none(inner)}]", inner.refs, enum=inner.enum)
        if isinstance(prop, EnumProperty):
            ref = self.ref(str(prop.class_info.name))
            return Type(ref.name, frozenset({ref}), enum=True)
        if isinstance(prop, ModelProperty):
            return self._object(prop, schema)
        if schema.get("x-plain"):
            return Type("str")
        if schema.get("x-unit") == "major":
            return Type("Decimal")
        for kind, text in _PLAIN:
            if isinstance(prop, kind):
                return Type(text)
        raise SpecError([f"no Python type for {type(prop).__name__} ({prop.name})"])

    def _object(self, prop: ModelProperty, schema: Json) -> Type:
        if str(prop.class_info.name) in self.modules:
            ref = self.ref(str(prop.class_info.name))
            return Type(ref.name, frozenset({ref}))
        if prop.required_properties or prop.optional_properties:
            raise SpecError([f"{prop.class_info.name}: an object with properties needs a schema file of its own"])
        values = schema.get("additionalProperties")
        return Type("dict[str, str]" if is_mapping(values) and values.get("type") == "string" else "dict[str, Any]")

    def _union(self, prop: UnionProperty, schema: Json) -> Type:
        branches = [p for p in prop.inner_properties if not isinstance(p, NoneProperty)]
        nullable = len(branches) < len(prop.inner_properties)
        enums = [p for p in branches if isinstance(p, EnumProperty)]
        if enums:  # an open enum: "the enum or any string" is what our enum classes are
            branches = [p for p in branches if not isinstance(p, StringProperty)]
        if len(branches) == 1:
            inner = self.of(branches[0], schema)
            return Type(inner.text, inner.refs, nullable, inner.enum)
        parts = [self.of(p, {}) for p in branches]
        if sorted(p.text for p in parts) == ["float", "str"]:
            return Type("int | float | str", frozenset(), nullable)
        raise SpecError([f"{prop.name}: a union of {', '.join(p.text for p in parts)} needs x-variants"])


def _or_none(kind: Type) -> str:
    return f"{kind.text} | None" if kind.nullable else kind.text


def in_answer(kind: Type, required: bool) -> str:
    """Tolerant: whatever may be left out or null is None."""
    return f"{kind.text} | None" if kind.nullable or not required else kind.text


def in_request(kind: Type, required: bool, limits: str) -> str:
    """Strict: constraints are checked before anything is sent, and "not sent" differs from null."""
    text = f"Annotated[{kind.text}, Meta({limits})]" if limits else kind.text
    text = f"{text} | None" if kind.nullable else text
    return text if required else f"{text} | UnsetType"


def as_argument(kind: Type) -> str:
    """What a caller may hand over: any sequence or mapping, and a plain string where an enum is meant."""
    text = kind.text.replace("list[", "Sequence[", 1)
    if kind.enum:
        name = next(iter(kind.refs)).name
        text = text.replace(name, f"{name} | str")
    if text.startswith("dict["):
        text = text.replace("dict[", "Mapping[", 1)
    if text == "Decimal":
        text = "Decimal | int"
    return re.sub(r"\bDate\b", "date", re.sub(r"\bTimestamp\b", "datetime", text))


def limits(schema: Json) -> str:
    """A property's JSON Schema limits as msgspec's `Meta(...)` arguments."""
    parts: list[str] = []
    for key, name in (("minLength", "min_length"), ("maxLength", "max_length"), ("minItems", "min_length")):
        if key in schema:
            parts.append(f"{name}={schema[key]}")
    for key, name in (("minimum", "ge"), ("maximum", "le")):
        if key in schema:
            parts.append(f"{name}={int(schema[key])}")
    if "pattern" in schema:
        # In JSON Schema `$` is the very end; in Python it would let a line break pass.
        pattern = schema["pattern"]
        parts.append(f'pattern=r"{pattern[:-1]}\\Z"' if pattern.endswith("$") else f'pattern=r"{pattern}"')
    return ", ".join(parts)


def limits_in_words(schema: Json) -> str:
    """The same limits as a sentence for a docstring."""
    low, high = schema.get("minLength"), schema.get("maxLength")
    words: list[str] = []
    if low is not None and low == high:
        words.append(f"{low} characters")
    elif high is not None:
        words.append(f"{low} to {high} characters" if low else f"at most {high} characters")
    elif low is not None:
        words.append(f"at least {low} character{'s' if low > 1 else ''}")
    if "minItems" in schema:
        words.append(f"at least {schema['minItems']}")
    if "minimum" in schema and "maximum" in schema:
        words.append(f"{schema['minimum']} to {schema['maximum']}")
    text = ", ".join(words)
    said = [f"{text[0].upper()}{text[1:]}."] if text else []
    if "default" in schema and schema["default"] not in ([], None):
        default = schema["default"]
        said.append(f"Default: {json.dumps(default) if not isinstance(default, str) else default}.")
    return " ".join(said)
