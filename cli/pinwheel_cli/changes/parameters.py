"""Differences of what is sent beside the body: query, path and headers."""

from collections.abc import Iterator
from datetime import date

from .api import Operation, stage_of
from .collect import Collector
from .facts import Fact, described
from .lifecycle import removal, stage_change
from .model import Json
from .naming import Place
from .schema_diff import Differ
from .tree import is_mapping, mapping
from .views import View, Views

# OpenAPI leaves these to other parts of the document.
_IGNORED_HEADERS = {"accept", "content-type", "authorization"}
_REMOVALS = {
    "without-deprecation": "request-parameter-removed",
    "with-deprecation": "request-parameter-removed-with-deprecation",
    "before-sunset": "request-parameter-removed-before-sunset",
    "sunset-parse": "request-parameter-sunset-parse",
}


def compare_parameters(
    out: Collector,
    differ: Differ,
    old: Operation,
    new: Operation,
    old_views: Views,
    new_views: Views,
    today: date | None,
) -> None:
    before, after = _by_key(old), _by_key(new)
    for key in sorted({*before, *after}):
        first, second = before.get(key), after.get(key)
        place = _place(key, second or first or {})
        if first is None and second is not None:
            out.add(new.call, _whole(place), [_added(second, new_views)])
        elif first is not None and second is None:
            kind = _REMOVALS[removal(stage_of(first), today)]
            shown = described(_view(first, old_views))
            out.add(new.call, _whole(place), [Fact((kind,), "narrows", shown, detail="")])
        elif first is not None and second is not None:
            out.add(new.call, place, _kept(first, second, today))
            out.add(new.call, place, differ.compare(_view(first, old_views), _view(second, new_views)))


def _by_key(operation: Operation) -> dict[str, Json]:
    """By place and name; those in the path by their turn, because their names are never sent."""
    found: dict[str, Json] = {}
    for parameter in operation.parameters:
        where, name = str(parameter.get("in")), str(parameter.get("name"))
        if where == "path":
            at = operation.path.find("{" + name + "}")
            name = str(operation.path[:at].count("{")) if at >= 0 else name
        elif where == "header":
            name = name.lower()
            if name in _IGNORED_HEADERS:
                continue
        found[f"{where} {name}"] = parameter
    return found


def _place(key: str, parameter: Json) -> Place:
    return Place("request", "parameter", f"{parameter.get('in')} {parameter.get('name')}", key)


def _whole(place: Place) -> Place:
    return Place("request", "operation", place.label, place.key)


def _view(parameter: Json, views: Views) -> View:
    if "schema" in parameter:
        return views.view(parameter["schema"])
    for media in mapping(parameter, "content").values():
        return views.view(mapping(media, "schema") if is_mapping(media) else {})
    return views.view({})


def _added(parameter: Json, views: Views) -> Fact:
    view = _view(parameter, views)
    if parameter.get("in") == "path":
        return Fact(("new-request-path-parameter",), "narrows", after=described(view), detail="")
    if parameter.get("required") is True:
        return Fact(("new-required-request-parameter",), "narrows", after=described(view), detail="")
    return Fact(("new-optional-request-parameter",), "widens", after=described(view), detail="")


def _kept(first: Json, second: Json, today: date | None) -> Iterator[Fact]:
    was, is_now = (node.get("required") is True or node.get("in") == "path" for node in (first, second))
    if was != is_now:
        yield (
            Fact(("became-required",), "narrows", detail="")
            if is_now
            else Fact(("became-optional",), "widens", detail="")
        )
    old, new = stage_of(first), stage_of(second)
    if word := stage_change(old, new, today):
        kinds = (word, "deprecated") if word == "deprecated-with-sunset" else (word,)
        yield Fact(kinds, "neutral", old.sunset, new.sunset)
    before, after = _written(first), _written(second)
    for keyword in before:
        if before[keyword] != after[keyword]:
            yield Fact((f"{keyword}-changed".lower(),), "alters", before[keyword], after[keyword])


def _written(parameter: Json) -> Json:
    """How the value is put into the request, with what OpenAPI says where the document is silent."""
    style = parameter.get("style", "simple" if parameter.get("in") in {"path", "header"} else "form")
    explode = parameter.get("explode", style == "form")
    return {"style": style, "explode": explode, "allowReserved": parameter.get("allowReserved", False)}
