"""What msgspec knows about a model, in the form that the lenient reading and the checks of requests walk along."""

from typing import Any, TypeGuard

from msgspec import inspect

__all__ = [
    "EXPECTED",
    "ObjectNode",
    "alternatives",
    "class_name",
    "expected_name",
    "field_names",
    "is_object",
    "node_of",
    "unwrap",
]

ObjectNode = inspect.StructType | inspect.DataclassType
"""A model: msgspec describes an attrs class as it does a dataclass."""

EXPECTED: dict[type[inspect.Type], str] = {
    inspect.StrType: "string",
    inspect.IntType: "integer",
    inspect.FloatType: "number",
    inspect.DecimalType: "number",
    inspect.BoolType: "boolean",
    inspect.DateTimeType: "date-time",
    inspect.DateType: "date",
    inspect.ListType: "array",
    inspect.DictType: "object",
}

_NODES: dict[Any, inspect.Type] = {}


def node_of(kind: Any) -> inspect.Type:
    """Return msgspec's description of a type; made once per type."""
    node = _NODES.get(kind)
    if node is None:
        node = _NODES.setdefault(kind, inspect.type_info(kind))
    return node


def is_object(node: inspect.Type) -> TypeGuard[ObjectNode]:
    """Whether a node is a model."""
    return isinstance(node, inspect.StructType | inspect.DataclassType)


def field_names(kind: Any) -> frozenset[str]:
    """Return the JSON keys of a model."""
    node = node_of(kind)
    return frozenset(field.encode_name for field in node.fields) if is_object(node) else frozenset()


def unwrap(node: inspect.Type) -> inspect.Type:
    """Return the node below descriptions and other remarks."""
    while isinstance(node, inspect.Metadata):
        node = node.type
    return node


def alternatives(node: inspect.Type) -> tuple[tuple[inspect.Type, ...], bool]:
    """Return what a value may be apart from null, and whether it may be null."""
    node = unwrap(node)
    if isinstance(node, inspect.NoneType):
        return (), True
    if not isinstance(node, inspect.UnionType):
        return (node,), isinstance(node, inspect.AnyType)
    types = tuple(unwrap(each) for each in node.types)
    some = tuple(each for each in types if not isinstance(each, inspect.NoneType))
    return some, len(some) < len(types)


def class_name(cls: Any) -> str:
    """Return the name of a class, also of a generic one with its arguments filled in."""
    return str(getattr(cls, "__name__", None) or getattr(cls, "__origin__", cls).__name__)


def expected_name(nodes: tuple[inspect.Type, ...]) -> str:
    """Return in words what a value should be."""
    names = [
        class_name(node.cls)
        if is_object(node) or isinstance(node, inspect.EnumType)
        else EXPECTED.get(type(node), "value")
        for node in nodes
    ]
    return " or ".join(dict.fromkeys(names)) or "null"
