"""Differences of answers: which there are, their headers and bodies."""

from .bodies import Bodies
from .collect import Call, Collector
from .facts import Fact, came_or_went, described
from .model import Json
from .naming import Place
from .schema_diff import Differ
from .tree import mapping
from .views import View, Views


def compare_responses(
    out: Collector, differ: Differ, bodies: Bodies, call: Call, old: Json, new: Json, old_views: Views, new_views: Views
) -> None:
    before, after = mapping(old, "responses"), mapping(new, "responses")
    for status in sorted({*map(str, before), *map(str, after)}):
        first, second = mapping(before, status), mapping(after, status)
        if status not in before or status not in after:
            success, came = "success" if status.startswith("2") else "non-success", status in after
            kind = f"response-{success}-status-{'added' if came else 'removed'}"
            out.add(call, Place("response", "operation", f"answer {status}"), [came_or_went(kind, came)])
            continue
        first, second = old_views.flattener.resolve(first), new_views.flattener.resolve(second)
        bodies.received(call, Place("response", "body", f"answer {status}"), first, second)
        compare_headers(
            out, differ, call, f"answer {status}", headers_of(first, old_views), headers_of(second, new_views)
        )


Headers = dict[str, tuple[str, Json, Views]]


def headers_of(answer: Json, views: Views) -> Headers:
    """By their names in lower case, in which HTTP sees no difference."""
    return {
        name.lower(): (name, views.flattener.resolve(header), views)
        for name, header in mapping(answer, "headers").items()
        if name.lower() != "content-type"
    }


def compare_headers(out: Collector, differ: Differ, call: Call, label: str, before: Headers, after: Headers) -> None:
    for key in sorted({*before, *after}):
        name = (after.get(key) or before[key])[0]
        place = Place("response", "header", f"{label} header {name}", f"{label} header {key}")
        whole = Place("response", "operation", place.label, place.key)
        if key not in before:
            shown = described(_view(after[key]))
            out.add(call, whole, [Fact(("response-header-added",), "widens", after=shown, detail="")])
        elif key not in after:
            kind = "required" if _is_required(before[key]) else "optional"
            out.add(call, whole, [Fact((f"{kind}-response-header-removed",), "narrows", detail="")])
        else:
            if _is_required(before[key]) and not _is_required(after[key]):
                out.add(call, place, [Fact(("became-optional",), "widens", detail="")])
            elif _is_required(after[key]) and not _is_required(before[key]):
                out.add(call, place, [Fact(("became-required",), "narrows", detail="")])
            out.add(call, place, differ.compare(_view(before[key]), _view(after[key])))


def _is_required(header: tuple[str, Json, Views]) -> bool:
    return header[1].get("required") is True


def _view(header: tuple[str, Json, Views]) -> View:
    return header[2].view(mapping(header[1], "schema"))
