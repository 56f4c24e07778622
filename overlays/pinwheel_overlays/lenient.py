"""The slow, forgiving way from JSON to models, for answers that the fast way refuses.

The same objects are built. A scalar or null that does not fit is kept as it came (or converted where nothing is lost)
and reported as drift; a list never loses an item. Only a wrong shape, where no object could be built that the caller's
code would recognise, is an error.

For each type a reader is composed once, so that a page of many items costs no looking up of types per value.
"""

from collections.abc import Callable
from typing import Any

from msgspec import inspect

from .model import Variants, variant_for
from .narrow import is_tree
from .scalars import plain_numbers, read_scalar
from .shapes import ObjectNode, alternatives, class_name, expected_name, field_names, is_object, node_of
from .walk import ShapeError, TreeWalk

__all__ = ["read_as", "read_leniently"]

Reader = Callable[[Any, TreeWalk], Any]

# What may be taken as it is, told by its very type (a bool is no int here).
_EXACT: dict[type[inspect.Type], tuple[type, ...]] = {
    inspect.StrType: (str,),
    inspect.IntType: (int,),
    inspect.BoolType: (bool,),
    inspect.AnyType: (str, int, bool, type(None)),
}

_READERS: dict[Any, Reader] = {}
_MODELS: dict[Any, Reader] = {}


def read_as(kind: Any, tree: Any, walk: TreeWalk) -> Any:
    """Build a ``kind`` from parsed JSON. Drift goes to the walk. Raises ShapeError."""
    reader = _READERS.get(kind)
    if reader is None:
        reader = _READERS.setdefault(kind, _reader(node_of(kind)))
    return reader(tree, walk)


def read_leniently(raw: dict[str, Any], kind: type[Any]) -> Any:
    """Build a model from a JSON object, or return None if its shape is wrong. Drift is not reported."""
    try:
        return read_as(kind, raw, TreeWalk(lambda _: None))
    except ShapeError:
        return None


def _reader(node: inspect.Type) -> Reader:
    nodes, nullable = alternatives(node)
    exact = frozenset(kind for each in nodes for kind in _EXACT.get(type(each), ()))
    expected = expected_name(nodes)
    read_object, read_array = _object_reader(nodes, expected), _array_reader(nodes, expected)
    read_other = _scalar_reader(nodes, expected)

    def read(value: object, walk: TreeWalk) -> Any:
        kind = type(value)
        if kind in exact:
            return value
        if kind is dict:
            return read_object(value, walk)
        if kind is list:
            return read_array(value, walk)
        if value is not None:
            return read_other(value, walk)
        if not nullable:
            walk.drift("null", expected)
        return None

    return read


def _refuse(expected: str) -> Reader:
    def read(value: Any, walk: TreeWalk) -> Any:
        raise walk.wrong_shape(expected, value)

    return read


def _anything(value: Any, _: TreeWalk) -> Any:
    return plain_numbers(value)


def _object_reader(nodes: tuple[inspect.Type, ...], expected: str) -> Reader:
    for node in nodes:
        if is_object(node):
            return _model_reader(node)
        if isinstance(node, inspect.DictType):
            return _mapping_reader(node)
        if isinstance(node, inspect.AnyType):
            return _anything
    return _refuse(expected)


def _mapping_reader(node: inspect.DictType) -> Reader:
    read_value = _reader(node.value_type)

    def read(value: Any, walk: TreeWalk) -> Any:
        # Keys of a mapping are data, so they stay out of the path.
        with walk.at("*"):
            return {key: read_value(item, walk) for key, item in value.items()}

    return read


def _array_reader(nodes: tuple[inspect.Type, ...], expected: str) -> Reader:
    for node in nodes:
        if isinstance(node, inspect.ListType):
            read_item = _reader(node.item_type)

            def read(value: Any, walk: TreeWalk, read_item: Reader = read_item) -> Any:
                items: list[Any] = []
                with walk.at(0):
                    for index, item in enumerate(value):
                        walk.path[-1] = index
                        items.append(read_item(item, walk))
                return items

            return read
        if isinstance(node, inspect.AnyType):
            return _anything
    return _refuse(expected)


def _scalar_reader(nodes: tuple[inspect.Type, ...], expected: str) -> Reader:
    containers = (inspect.ListType, inspect.DictType, inspect.StructType, inspect.DataclassType)
    scalars = [node for node in nodes if not isinstance(node, containers)]
    if not scalars:
        return _refuse(expected)
    if any(isinstance(node, inspect.AnyType) for node in scalars):
        return _anything
    named = all(isinstance(node, inspect.EnumType | inspect.LiteralType) for node in scalars)

    def read(value: Any, walk: TreeWalk) -> Any:
        for node in scalars:
            scalar = read_scalar(value, node)
            if scalar.fits:
                return scalar.value
        walk.drift("enum" if named and isinstance(value, str) else "type", expected)
        # Of several declared types none fits, so none is preferred: the value stays as it came.
        return read_scalar(value, scalars[0]).value if len(scalars) == 1 else plain_numbers(value)

    return read


def _model_reader(node: ObjectNode) -> Reader:
    """Return the reader of a model, composed when it is first used: models may contain themselves."""

    def read(value: Any, walk: TreeWalk) -> Any:
        reader = _MODELS.get(node.cls)
        if reader is None:
            reader = _MODELS.setdefault(node.cls, _compose_model(node))
        return reader(value, walk)

    return read


def _compose_model(node: ObjectNode) -> Reader:
    cls, name = node.cls, class_name(node.cls)
    variants: dict[str, Variants] = getattr(cls, "__variants__", {})
    known = frozenset(field.encode_name for field in node.fields)
    fields = tuple((field.encode_name, field.name, field.required, _reader(field.type)) for field in node.fields)
    expected = {field.encode_name: expected_name(alternatives(field.type)[0]) for field in node.fields}

    def read(value: dict[str, Any], walk: TreeWalk) -> Any:
        arguments: dict[str, Any] = {}
        outer, walk.model = walk.model, name
        path = walk.path
        path.append("")
        for key, attribute, required, read_field in fields:
            path[-1] = key
            if key in value:
                item = value[key]
                if key in variants and is_tree(item):
                    arguments[attribute] = _read_variant(item, variants[key], value, walk)
                else:
                    arguments[attribute] = read_field(item, walk)
            elif required:
                walk.drift("missing", expected[key])
                arguments[attribute] = None
        if not known.issuperset(value):
            for key in sorted(value.keys() - known):
                path[-1] = key
                walk.drift("unknown", "")
        path.pop()
        walk.model = outer
        return cls(**arguments)

    return read


def _read_variant(raw: dict[str, Any], variants: Variants, owner: dict[str, Any], walk: TreeWalk) -> Any:
    found = variant_for(variants, raw, owner.get(variants.tag))
    if found is not None:
        depth, model = len(walk.path), walk.model
        # The tag is declared by the owner, so it is no unknown property of a variant that does not repeat it.
        declared = field_names(found)
        tree = raw if variants.tag in declared else {name: raw[name] for name in raw if name != variants.tag}
        try:
            return read_as(found, tree, walk)
        except ShapeError as error:
            walk.drift("type", error.expected)
            del walk.path[depth:]
            walk.model = model
    return plain_numbers(raw)
