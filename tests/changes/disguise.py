"""The same contract, written otherwise: another order, other prose, other names of components, other cuts."""

import json
import random
from typing import Any

from .tiny import Json

_SETS = {"enum", "required", "parameters", "anyOf", "oneOf", "allOf", "tags", "type", "security"}
_PROSE = {"description", "summary", "title", "x-provenance", "x-source", "example"}


def disguise(document: Json, seed: int = 0) -> Json:
    """A document that says the same to whoever calls the API."""
    chance = random.Random(seed)  # the same in every run
    renamed = _rename(document)
    inlined = _inline(renamed, renamed, chance, 0)
    return _shuffle({**inlined, "components": renamed["components"]}, chance)


def _rename(document: Json) -> Json:
    """Every component has another name; references and variants follow."""
    text = json.dumps(document)
    for kind, members in document.get("components", {}).items():
        if kind == "securitySchemes":
            continue
        for name in members:
            text = text.replace(f'"#/components/{kind}/{name}"', f'"#/components/{kind}/Other{name}"')
    renamed: Json = json.loads(text)
    for kind, members in renamed.get("components", {}).items():
        if kind != "securitySchemes":
            renamed["components"][kind] = {f"Other{name}": node for name, node in members.items()}
    _rename_variants(renamed)
    return renamed


def _rename_variants(node: Any) -> None:
    if isinstance(node, dict):
        if "x-variants" in node:
            node["x-variants"] = {tag: f"Other{name}" for tag, name in node["x-variants"].items()}
        for value in node.values():
            _rename_variants(value)
    elif isinstance(node, list):
        for value in node:
            _rename_variants(value)


def _inline(node: Any, document: Json, chance: random.Random, depth: int) -> Any:
    """Some references are replaced by what they name, others are wrapped in an `allOf` of one."""
    if isinstance(node, list):
        return [_inline(item, document, chance, depth) for item in node]
    if not isinstance(node, dict):
        return node
    ref = node.get("$ref")
    if isinstance(ref, str) and len(node) == 1 and ref.startswith("#/components/schemas/"):
        choice = chance.random()
        if choice < 0.3 and depth < 3:
            target = document["components"]["schemas"][ref.rpartition("/")[2]]
            return _inline(target, document, chance, depth + 1)
        return {"allOf": [node]} if choice < 0.5 else node
    return {key: _inline(value, document, chance, depth) for key, value in node.items()}


def _shuffle(node: Any, chance: random.Random) -> Any:
    if isinstance(node, dict):
        keys = list(node)
        chance.shuffle(keys)
        return {key: _value(key, node[key], chance) for key in keys}
    return [_shuffle(item, chance) for item in node] if isinstance(node, list) else node


def _value(key: str, value: Any, chance: random.Random) -> Any:
    if key in _PROSE and isinstance(value, str):
        return f"{value} In other words."
    shuffled = _shuffle(value, chance)
    if key in _SETS and isinstance(shuffled, list):
        chance.shuffle(shuffled)
    return shuffled
