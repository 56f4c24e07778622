"""What msgspec does not check in a request: unknown names, enum values that are not listed, inexact numbers."""

from difflib import get_close_matches
from typing import Any

from msgspec import inspect

from .enums import OpenEnum
from .errors import InvalidInputError
from .narrow import is_array, is_tree
from .shapes import ObjectNode, alternatives, is_object

__all__ = ["check_closed"]


def check_closed(value: Any, node: inspect.Type, path: str) -> None:
    """Walk a body along its model. Raises InvalidInputError.

    Enums are closed in requests: what is not listed is a typing error until the caller says otherwise by passing an
    enum member made from the new value (``JobName("brand_new")``).
    """
    nodes, _ = alternatives(node)
    if is_tree(value):
        for each in nodes:
            if is_object(each):
                _check_object(value, each, path)
            elif isinstance(each, inspect.DictType):
                for item in value.values():
                    check_closed(item, each.value_type, f"{path}.*")
    elif is_array(value):
        for each in nodes:
            if isinstance(each, inspect.ListType):
                for index, item in enumerate(value):
                    check_closed(item, each.item_type, f"{path}[{index}]")
    elif isinstance(value, str):
        _check_text(value, nodes, path)
    elif isinstance(value, float) and nodes and all(isinstance(each, inspect.DecimalType) for each in nodes):
        raise InvalidInputError(path, "must be a Decimal, not a float", 'write Decimal("12.30"): a float is not exact')


def _check_object(tree: dict[str, Any], node: ObjectNode, path: str) -> None:
    types = {field.encode_name: field.type for field in node.fields}
    for key, item in tree.items():
        name = f"{path}.{key}".lstrip(".")
        if key not in types:
            near = get_close_matches(key, types, 1)
            raise InvalidInputError(name, "is no field of this request", f"did you mean {near[0]}?" if near else "")
        check_closed(item, types[key], name)


def _check_text(value: str, nodes: tuple[inspect.Type, ...], path: str) -> None:
    if isinstance(value, OpenEnum):
        return
    allowed: list[str] = []
    for node in nodes:
        if isinstance(node, inspect.EnumType):
            allowed += [str(member.value) for member in node.cls]
        elif isinstance(node, inspect.LiteralType):
            allowed += [str(each) for each in node.values]
        else:
            return
    if allowed and value not in allowed:
        raise InvalidInputError(path, f"must be one of {', '.join(map(repr, allowed))}")
