"""The level by Pinwheel's own policy, and why.

The policy lists what may happen without a new version: new calls, new optional parts of requests, new properties in
answers, another order, another length or form of opaque strings, and new values of enums. Whatever else a strict
reading calls breaking, or cannot decide, is breaking here: a client written against the old version may stop working.
"""

import re

from .facts import Fact
from .model import Level
from .naming import Place
from .rules import Rule

_POLICY = (
    (r"(endpoint|webhook)-added$", "new calls and events are compatible"),
    (r"new-optional-request-|request-body-added-optional$", "new optional parts of requests are compatible"),
    (r"response-.*property-added$|response-header-added$", "new properties of answers are compatible"),
    (r"x-response-.*additional-properties-opened$", "new properties of answers are compatible"),
    (r".*enum-value-added$|x-response-.*(enum-opened|enum-dropped)$", "new values of enums are compatible"),
)

# What a contract does not say, or says of code only.
_BEHAVIOUR: dict[str, tuple[Level, str]] = {
    "x-became-paginated": ("breaking", "one answer holds only the first page, where it held everything"),
    "x-became-unpaginated": ("info", "one answer holds everything"),
    "x-became-not-idempotent": ("warning", "a failed call may no longer be repeated blindly"),
    "x-became-idempotent": ("info", "a failed call may be repeated"),
    "api-operation-id-removed": ("info", "the same for HTTP; the call has another name in the Python client"),
}
_TEXT_FORM = re.compile(r"(max|min)-length-|pattern-|type-(generalized|specialized|changed)$")
_NOT_OPAQUE = re.compile(r"date|time|decimal|number|integer|boolean|array|object| or (?!null)")
UNLISTED = "not among the changes that Pinwheel's policy calls compatible"


def judge(rule: Rule, place: Place, fact: Fact) -> tuple[Level, str]:
    """Level and reason."""
    for pattern, reason in _POLICY:
        if re.match(pattern, rule.id):
            return "info", f"by Pinwheel's policy, {reason}"
    if _is_opaque_text(rule, place, fact):
        return "info", "by Pinwheel's policy, the length and form of opaque strings may change"
    return _special(rule, fact) or _plain(rule, place, fact)


def _is_opaque_text(rule: Rule, place: Place, fact: Fact) -> bool:
    if place.side == "request" or not _TEXT_FORM.search(rule.id):
        return False
    if "type-" not in rule.id:
        return True
    return all(
        str(value).startswith("string") and not _NOT_OPAQUE.search(str(value)) for value in (fact.before, fact.after)
    )


def _special(rule: Rule, fact: Fact) -> tuple[Level, str] | None:
    """Where a contract says less than a caller needs to know."""
    if rule.id in _BEHAVIOUR:
        return _BEHAVIOUR[rule.id]
    if rule.id.startswith(("api-security", "api-global-security")) and fact.effect in {"narrows", "alters"}:
        return "breaking", "calls are refused without credentials that were not needed before"
    if fact.effect == "meaning":
        if None in {fact.before, fact.after} or "unstated" in {fact.before, fact.after}:
            return "info", "says what was not stated before, or states it no longer"
        return "breaking", "the same number means another amount"
    if rule.id.endswith("-with-deprecation"):
        return "breaking", "it was announced, but whoever still uses it is refused"
    if "sunset" in rule.id and rule.level == "breaking" and fact.effect == "neutral":
        return "warning", "Pinwheel promises six months between the announcement and the end"
    if "default-value-changed" in rule.id and rule.level == "info":
        return "warning", "a request that leaves it out now means something else, if it is the service that fills it in"
    return None


def _plain(rule: Rule, place: Place, fact: Fact) -> tuple[Level, str]:
    asks_less = place.side == "request" and fact.effect == "widens"
    if rule.level == "breaking" or (rule.level == "warning" and not asks_less):
        return "breaking", UNLISTED
    return "info", "what worked before still works"
