"""The `lift:` part of `spec/changes/`: how a stored object of an older version becomes one of a newer version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .bundle import Bundle
from .tree import Json, component, is_list, is_mapping

# What it is called in the spec, and in the product.
KEYS = {"from": "source", "into": "into", "as": "reading", "value": "value", "same_as": "same_as"}
READINGS = {"moment"}
Lifts = dict[tuple[str, str], list[Json]]


def rules_of(lift: Json) -> dict[str, list[Json]]:
    """The rules of an entry in the words of the product, by class."""
    return {name: [{KEYS[key]: value for key, value in rule.items()} for rule in rules] for name, rules in lift.items()}


def problems_of(lift: object, older: Bundle, newer: Bundle) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What is wrong with the rules of an entry: where in it, and why."""
    if not is_mapping(lift):
        yield (), "`lift` maps classes to lists of rules"
        return
    for name, rules in lift.items():
        before, after = (_properties(bundle, name) for bundle in (older, newer))
        if not before or not after:
            yield (name,), f"{name} is not an object of both versions"
        elif not is_list(rules):
            yield (name,), "the rules of a class are a list"
        else:
            for index, rule in enumerate(rules):
                for problem in _rule(rule, before, after):
                    yield (name, index), problem


def _rule(rule: object, before: Json, after: Json) -> Iterator[str]:
    if not is_mapping(rule) or "from" not in rule or not ({"into", "same_as"} & rule.keys()):
        yield "a rule has `from`, and `into` or `same_as`"
        return
    for key in sorted(rule.keys() - KEYS.keys()):
        yield f"a rule has no `{key}`"
    for key, known, which in (("from", before, "older"), ("same_as", before, "older"), ("into", after, "newer")):
        if key in rule and str(rule[key]).partition(".")[0] not in known:
            yield f"the {which} object has no `{rule[key]}`"
    if rule.get("as", "moment") not in READINGS:
        yield f"`as` is one of {', '.join(sorted(READINGS))}"


def _properties(bundle: Bundle, name: str) -> dict[str, Any]:
    schemas: Json = bundle.document["components"].get("schemas", {})
    return dict(component(bundle.document, f"#/components/schemas/{name}")["properties"]) if name in schemas else {}
