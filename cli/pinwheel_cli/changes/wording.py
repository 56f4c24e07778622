"""What happened, as a sentence that names the thing and says what it was and is."""

import re
from typing import Any

from .facts import Fact, joined
from .naming import Place
from .tree import is_list, text_of

# {name} is what the fact is about. Two texts: for what is sent, and for what comes.
_TEXTS: dict[str, str | tuple[str, str]] = {
    "property-added": ("{name} can be sent", "{name} is new: {after}"),
    "property-removed": ("{name} is no longer taken", "{name} is gone"),
    "became-required": ("{name} has to be sent", "{name} is always there"),
    "became-optional": ("{name} may be left out", "{name} may be missing"),
    "became-nullable": ("{name} may be null", "{name} may be null"),
    "became-not-nullable": ("{name} may not be null", "{name} is never null"),
    "enum-value-added": ("{name} takes {after}", "{name} may be {after}"),
    "enum-value-removed": ("{name} no longer takes {before}", "{name} is no longer {before}"),
    "became-enum": ("{name} takes only certain values: {after}", "{name} is one of certain values: {after}"),
    "enum-dropped": ("{name} takes any value", "{name} may be any value"),
    "enum-opened": ("{name} takes other values than those listed", "{name} may be other values than those listed"),
    "enum-closed": ("{name} takes only the values listed", "{name} is one of the values listed"),
    "values-listed": ("known values of {name} are listed", "known values of {name} are listed"),
    "values-unlisted": "known values of {name} are no longer listed",
    "type-changed": "{name} is {after}, was {before}",
    "type-generalized": "{name} may be {after}, was {before}",
    "type-specialized": ("{name} has to be {after}, was {before}", "{name} is {after}, was {before}"),
    "list-of-types-widened": "{name} may be {after}, was {before}",
    "list-of-types-narrowed": ("{name} has to be {after}, was {before}", "{name} is {after}, was {before}"),
    "all-of-added": ("needs {after}", "has {after}"),
    "all-of-removed": ("no longer needs {before}", "need not have {before}"),
    "became-paginated": "the list comes in pages",
    "became-unpaginated": "the list comes in one piece",
    "became-idempotent": "a failed call may be repeated",
    "became-not-idempotent": "a failed call may not be repeated blindly",
    "unit-changed": "the unit of {name} is {after}, was {before}",
    "currency-changed": "the currency of {name} is given by {after}, was by {before}",
    "became-read-only": ("{name} is ignored when sent", "{name} is only given, never taken"),
    "became-not-read-only": ("{name} is taken when sent", "{name} is taken, too"),
    "became-write-only": ("{name} is only taken, never given", "{name} is no longer given"),
    "became-not-write-only": ("{name} is given, too", "{name} is given, too"),
    "additional-properties-closed": ("{name} takes no other properties", "{name} has no other properties"),
    "additional-properties-opened": ("{name} takes other properties", "{name} may have other properties"),
    "pattern-generalized": "the pattern of {name} is {after}, was {before}",
    "choice-tightened": "{name} fits only one of its choices",
    "choice-loosened": "{name} may fit several of its choices",
    "keyword-changed": "`{after}` of {name} is another",
    "reactivated": "{name} is no longer deprecated",
    "deprecated": "{name} is deprecated",
    "deprecated-with-sunset": "{name} is deprecated and goes on {after}",
    "sunset-date-too-small": "{name} goes on {after}, less than six months after it was deprecated",
    "sunset-date-changed-too-small": "{name} goes on {after}, earlier than {before} and in less than six months",
    "sunset-deleted": "{name} is deprecated; the day on which it goes, {before}, is no longer given",
    "sunset-changed": "{name} goes on {after}, was {before}",
    "sunset-parse": "the day on which {name} goes cannot be read: {after}",
}  # fmt: skip
# Of what is not a value: calls, parameters as a whole, security.
_WHOLE = (
    (r"endpoint-added", "new call"),
    (r"api-(path-)?removed-.*", "the call is gone"),
    (r"webhook-added", "new event"),
    (r"webhook-removed", "the event is gone"),
    (r"api-operation-id-removed", "the call is now {after}, was {before}"),
    (r"api-operation-id-added", "the call has a name: {after}"),
    (r"api-tag-added", "is listed under {after}"),
    (r"api-tag-removed", "is no longer listed under {before}"),
    (r"endpoint-(deprecated|deprecated-with-sunset|reactivated)", ""),
    (r"api-(path|deprecated)-(sunset-parse)", ""),
    (r"api-(sunset-date-too-small|sunset-date-changed-too-small)", ""),
    (r"new-optional-request-parameter", "{name} can be sent: {after}"),
    (r"new-(required-)?request-(path-)?parameter", "{name} has to be sent: {after}"),
    (r"request-parameter-removed.*", "{name} is no longer taken"),
    (r"request-body-(added|became)-required", "a body has to be sent"),
    (r"request-body-added-optional", "a body can be sent"),
    (r"request-body-became-optional", "the body may be left out"),
    (r"request-body-removed", "a body is no longer taken"),
    (r"request-body-media-type-added", "takes {after}"),
    (r"request-body-media-type-removed", "no longer takes {before}"),
    (r"response-media-type-added", "may come as {after}"),
    (r"response-media-type-removed", "no longer comes as {before}"),
    (r".*-body-media-type-schema-added", "{after} is described"),
    (r".*-body-media-type-schema-removed", "{after} is no longer described"),
    (r"response-.*-status-added|response-header-added", "{name} is new"),
    (r"response-.*-status-removed|.*-response-header-removed", "{name} is gone"),
    (r"api-(global-)?security-added", "takes {after}"),
    (r"api-(global-)?security-removed", "no longer takes {before}"),
    (r"api-(global-)?security-scope-added", "needs the scope {after}"),
    (r"api-(global-)?security-scope-removed", "no longer needs the scope {before}"),
    (r"api-security-component-added", "there is a new way to prove who calls: {after}"),
    (r"api-security-component-removed", "a way to prove who calls is gone: {before}"),
    (r"api-security-component-type-changed", "callers prove themselves by {after}, was {before}"),
    (r"server-added", "{after} is a new host"),
    (r"server-removed", "the host {before} is gone"),
    (r"answer-taken", "your answer {after} counts as taken"),
    (r"answer-refused", "your answer {after} is no longer described"),
)
_ENDINGS = (
    (r"(removed|deleted)", "{what} of {name} is gone: {before}"),
    (r"(added|set)", "{what} of {name} is new: {after}"),
    (r"unset", "{what} of {name} is gone, was {before}"),
    (r"increased", "{what} of {name} is raised from {before} to {after}"),
    (r"decreased", "{what} of {name} is lowered from {before} to {after}"),
)
_WORDS = {
    "max": "the maximum", "min": "the minimum", "exclusive-max": "the exclusive maximum",
    "exclusive-min": "the exclusive minimum", "max-length": "the maximum length", "min-length": "the minimum length",
    "max-items": "the maximum number of items", "min-items": "the minimum number of items",
    "default-value": "the default", "pattern": "the pattern", "const": "the fixed value", "any-of": "one choice",
    "one-of": "one choice", "discriminator": "the tag", "discriminator-mapping": "a variant",
    "discriminator-property-name": "the tag",
}  # fmt: skip
_SHOWN = 6


def sentence(place: Place, fact: Fact) -> str:
    """The text of a change."""
    kind = fact.kinds[0]
    words = {"name": name_of(place, fact), "before": shown(fact.before), "after": shown(fact.after)}
    if kind == "property-added" and place.side == "request" and "required" in fact.flags:
        return "{name} has to be sent".format_map(words)
    for pattern, text in _WHOLE:
        if found := re.fullmatch(pattern, kind):
            return (text or _text(found[found.re.groups], place)).format_map(words)
    if kind in _TEXTS:
        return _text(kind, place).format_map(words)
    return _of_keyword(kind, words)


def _text(kind: str, place: Place) -> str:
    texts = _TEXTS[kind]
    return texts if isinstance(texts, str) else texts[place.side == "response"]


def _of_keyword(kind: str, words: dict[str, str]) -> str:
    for ending, text in _ENDINGS:
        if found := re.fullmatch(rf"(.*?)-({ending})", kind):
            what = _WORDS.get(found[1], f"`{found[1].replace('-', ' ')}`")
            return text.format_map({**words, "what": what})
    what = _WORDS.get(kind.removesuffix("-changed"), f"`{kind.removesuffix('-changed').replace('-', ' ')}`")
    if words["before"] == words["after"]:
        return f"{what} of {words['name']} is another"
    return f"{what} of {words['name']} is {words['after']}, was {words['before']}"


def name_of(place: Place, fact: Fact) -> str:
    """What the fact is about: the property, or the part of the exchange."""
    if fact.path:
        return f"`{joined(fact.path)}`"
    if place.role == "body":
        return "the body"
    if place.label.startswith(("query ", "path ", "header ", "cookie ")):
        return f"`{place.label.partition(' ')[2]}`"
    return f"`{place.label.rpartition(' header ')[2]}`" if " header " in place.label else f"the {place.label}"


def shown(value: Any) -> str:
    """A value, short enough for a line."""
    if value is None:
        return "nothing"
    if is_list(value):
        texts = [shown(item) for item in value]
        return ", ".join(texts[:_SHOWN]) + (f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else "")
    return value if isinstance(value, str) else text_of(value)
