"""Whether an answer is exactly as the spec says, asked of msgspec in one call.

To look for drift, an answer that the fast way took would have to be walked through property by property. Instead, each
model has a twin for msgspec that refuses what the model lets pass: unknown properties and unknown enum values. What the
twin takes has no drift; what it refuses is read again leniently, which finds out what it is.
"""

from typing import Any, Literal

import msgspec
from msgspec import inspect

from .decoders import make_decoder
from .response import Envelope
from .shapes import ObjectNode, alternatives, class_name, is_object, node_of

__all__ = ["is_exact"]

_DECODERS: dict[Any, "msgspec.json.Decoder[Any]"] = {}


def is_exact(body: bytes, model: Any) -> bool:
    """Whether an answer that can be decoded has nothing that the spec does not list. False may also mean "unsure"."""
    decoder = _DECODERS.get(model)
    if decoder is None:
        decoder = _DECODERS.setdefault(model, make_decoder(_twin(node_of(Envelope[model]), ())))
    try:
        decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _twin(node: inspect.Type, inside: tuple[type[Any], ...]) -> Any:
    """Return the type to check a value with: Any where the fast way has checked all that there is.

    None, which only null fits, stands for what a twin cannot check: it makes the answer "unsure".
    """
    nodes, _ = alternatives(node)
    kinds = [_one(each, inside) for each in nodes]
    if all(kind is Any for kind in kinds):
        return Any
    return kinds[0] | None if len(kinds) == 1 and kinds[0] is not None else None


def _one(node: inspect.Type, inside: tuple[type[Any], ...]) -> Any:
    if is_object(node):
        # A model inside itself would need a type that is not made yet.
        return None if node.cls in inside else _object(node, (*inside, node.cls))
    if isinstance(node, inspect.EnumType):
        return Literal[tuple(member.value for member in node.cls)]
    if isinstance(node, inspect.ListType):
        item: Any = _twin(node.item_type, inside)
        return Any if item is Any else list.__class_getitem__(item)
    if isinstance(node, inspect.DictType):
        value: Any = _twin(node.value_type, inside)
        return Any if value is Any else dict.__class_getitem__((str, value))
    return Any


def _object(node: ObjectNode, inside: tuple[type[Any], ...]) -> type[Any]:
    variants = getattr(node.cls, "__variants__", {})
    fields = [
        (field.name, None if field.encode_name in variants else _twin(field.type, inside), None)
        for field in node.fields
    ]
    names = {field.name: field.encode_name for field in node.fields}
    return msgspec.defstruct(class_name(node.cls), fields, rename=names, forbid_unknown_fields=True)
