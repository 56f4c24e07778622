"""The slow, forgiving way from JSON to models, for answers that the fast way refuses.

The same objects are built. A scalar or null that does not fit is kept as it came (or converted where nothing is lost)
and reported as drift; a list never loses an item. Only a wrong shape, where no object could be built that the caller's
code would recognise, is an error.
"""

from collections.abc import Callable
from typing import Any

from msgspec import inspect

from .drift import Drift, DriftKind
from .model import Variants, variant_for
from .narrow import is_array, is_tree
from .scalars import plain_numbers, read_scalar
from .shapes import ObjectNode, alternatives, class_name, expected_name, is_object, node_of

__all__ = ["Reader", "ShapeError", "read_leniently"]

_LONGEST_NAME = 64


class ShapeError(Exception):
    """An object where a list belongs, text where an object belongs, and the like."""

    def __init__(self, path: str, model: str, expected: str, got: str) -> None:
        super().__init__(path, model, expected, got)
        self.path = path
        self.model = model
        self.expected = expected
        self.got = got


def read_leniently(raw: dict[str, Any], kind: type[Any]) -> Any:
    """Build a model from a JSON object, or return None if its shape is wrong. Drift is not reported."""
    try:
        return Reader(lambda _: None).read(raw, node_of(kind), "$", kind.__name__)
    except ShapeError:
        return None


def _json_kind(value: object) -> str:
    if isinstance(value, dict):
        return "object"
    if isinstance(value, list):
        return "array"
    return "string" if isinstance(value, str) else "boolean" if isinstance(value, bool) else "number"


class Reader:
    """Walks a JSON tree along a type and builds models, reporting every drift it meets."""

    def __init__(self, report: Callable[[Drift], None]) -> None:
        self._report = report

    def read(self, value: Any, node: inspect.Type, path: str, model: str) -> Any:
        """Build what ``node`` describes. ``model`` is the class that holds the value, for reports.

        Raises ShapeError.
        """
        nodes, nullable = alternatives(node)
        if value is None:
            if not nullable:
                self._drift("null", path, model, expected_name(nodes))
            return None
        if is_tree(value):
            return self._object(value, nodes, path, model)
        if is_array(value):
            return self._array(value, nodes, path, model)
        return self._scalar(value, nodes, path, model)

    def _drift(self, kind: DriftKind, path: str, model: str, expected: str) -> None:
        self._report(Drift(kind, path, model, expected))

    def _object(self, value: dict[str, Any], nodes: tuple[inspect.Type, ...], path: str, model: str) -> Any:
        for node in nodes:
            if is_object(node):
                return self._model(value, node, path)
            if isinstance(node, inspect.DictType):
                # Keys of a mapping are data, so they stay out of the path.
                return {key: self.read(item, node.value_type, f"{path}.*", model) for key, item in value.items()}
            if isinstance(node, inspect.AnyType):
                return plain_numbers(value)
        raise ShapeError(path, model, expected_name(nodes), "object")

    def _array(self, value: list[Any], nodes: tuple[inspect.Type, ...], path: str, model: str) -> Any:
        for node in nodes:
            if isinstance(node, inspect.ListType):
                return [self.read(item, node.item_type, f"{path}[{index}]", model) for index, item in enumerate(value)]
            if isinstance(node, inspect.AnyType):
                return plain_numbers(value)
        raise ShapeError(path, model, expected_name(nodes), "array")

    def _scalar(self, value: Any, nodes: tuple[inspect.Type, ...], path: str, model: str) -> Any:
        readable = [
            node for node in nodes if not is_object(node) and not isinstance(node, inspect.ListType | inspect.DictType)
        ]
        if not readable:
            raise ShapeError(path, model, expected_name(nodes), _json_kind(value))
        if any(isinstance(node, inspect.AnyType) for node in readable):
            return plain_numbers(value)
        for node in readable:
            scalar = read_scalar(value, node)
            if scalar.fits:
                return scalar.value
        enum = isinstance(value, str) and all(
            isinstance(node, inspect.EnumType | inspect.LiteralType) for node in readable
        )
        self._drift("enum" if enum else "type", path, model, expected_name(nodes))
        # Of several declared types none fits, so none is preferred: the value stays as it came.
        return read_scalar(value, readable[0]).value if len(readable) == 1 else plain_numbers(value)

    def _model(self, value: dict[str, Any], node: ObjectNode, path: str) -> Any:
        name = class_name(node.cls)
        variants: dict[str, Variants] = getattr(node.cls, "__variants__", {})
        arguments: dict[str, Any] = {}
        known: set[str] = set()
        for field in node.fields:
            key = field.encode_name
            known.add(key)
            if key not in value:
                if field.required:
                    self._drift("missing", f"{path}.{key}", name, expected_name(alternatives(field.type)[0]))
                    arguments[field.name] = None
            elif key in variants and is_tree(value[key]):
                arguments[field.name] = self._variant(value, key, variants[key], f"{path}.{key}", name)
            else:
                arguments[field.name] = self.read(value[key], field.type, f"{path}.{key}", name)
        for key in sorted(value.keys() - known):
            self._drift("unknown", f"{path}.{key[:_LONGEST_NAME]}", name, "")
        return node.cls(**arguments)

    def _variant(self, owner: dict[str, Any], key: str, variants: Variants, path: str, model: str) -> Any:
        raw: dict[str, Any] = owner[key]
        found = variant_for(variants, raw, owner.get(variants.tag))
        if found is not None:
            try:
                return self.read(raw, node_of(found), path, model)
            except ShapeError as error:
                self._drift("type", error.path, error.model, error.expected)
        return plain_numbers(raw)
