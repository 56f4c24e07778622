"""From a fact and the place it was found at to the rule: who sends the value decides what a difference means."""

from dataclasses import dataclass
from typing import Literal

from .facts import Effect, Fact
from .model import Level
from .rules import RULES, Rule

Side = Literal["request", "response"]
Role = Literal["body", "parameter", "header", "operation"]

OURS = "x-"
_LIFECYCLE = {"sunset-parse": "deprecated-sunset-invalid"}


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the exchange. `response` is whatever travels to the caller, deliveries of webhooks included."""

    side: Side
    role: Role
    label: str
    """For people: `query limit`."""
    key: str = ""
    """For the fingerprint, where the label holds a name that may change freely."""

    @property
    def identity(self) -> str:
        return self.key or self.label


def rule_of(place: Place, fact: Fact) -> Rule:
    """The rule that names a fact at a place."""
    names = _names(place, fact)
    for name in names:
        if name in RULES:
            return RULES[name]
    own = names[len(fact.kinds) - 1] if len(names) > 1 else names[0]
    return Rule(OURS + own, _level(place.side, fact.effect))


def _names(place: Place, fact: Fact) -> list[str]:
    """What the rule may be called, the most fitting first; where there are two sets, the second is of properties."""
    kind, side = fact.kinds[0], place.side
    if place.role == "operation":
        return list(fact.kinds)
    if place.role == "header":
        return [f"response-header-{kind}" for kind in fact.kinds]
    if kind.startswith("became-") and kind.endswith(("read-only", "write-only")):
        return [f"{side}-{'required' if 'required' in fact.flags else 'optional'}-property-{kind}"]
    if fact.path and kind in {"property-added", "property-removed", "became-required", "became-optional"}:
        return [_existence(side, kind, fact.flags)]
    if place.role == "parameter":
        return _of_parameter(fact)
    if side == "response" and kind == "enum-value-added" and "write-only" in fact.flags:
        return ["response-write-only-property-enum-value-added"]
    if side == "response" and kind == "enum-value-removed" and not fact.path:
        return ["response-mediatype-enum-value-removed"]
    kinds = [_LIFECYCLE.get(kind, kind) for kind in fact.kinds]
    below = [f"{side}-property-{kind}" for kind in kinds]
    return below if fact.path else [*(f"{side}-body-{kind}" for kind in kinds), *below]


def _of_parameter(fact: Fact) -> list[str]:
    if not fact.path:
        if fact.kinds[0] == "type-changed" and fact.after == "string":  # in a URL everything is text anyway
            return ["request-parameter-type-generalized"]
        return [f"request-parameter-{kind}" for kind in fact.kinds]
    return [
        *(f"request-parameter-property-{kind}" for kind in fact.kinds),
        *(f"request-property-{kind}" for kind in fact.kinds),
    ]


def _existence(side: Side, kind: str, flags: frozenset[str]) -> str:
    needed = "required" if "required" in flags else "optional"
    with_default = "-with-default" if {"required", "default"} <= flags else ""
    write_only = "-write-only" if "write-only" in flags else ""
    names = {
        ("request", "property-added"): f"new-{needed}-request-property{with_default}",
        ("request", "property-removed"): "request-property-removed",
        ("request", "became-required"): f"request-property-became-required{with_default}",
        ("request", "became-optional"): "request-property-became-optional",
        ("response", "property-added"): f"response-{needed}{write_only}-property-added",
        ("response", "property-removed"): f"response-{needed}{write_only}-property-removed",
        ("response", "became-required"): f"response{write_only}-property-became-required",
        ("response", "became-optional"): f"response{write_only}-property-became-optional",
    }
    return names[side, kind]


def _level(side: Side, effect: Effect) -> Level:
    """For rules that oasdiff lacks, by its principle: callers must not send less, and must not be given more."""
    harmless: Effect = "widens" if side == "request" else "narrows"
    return "info" if effect in {harmless, "neutral", "meaning"} else "breaking"
