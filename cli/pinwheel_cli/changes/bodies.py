"""Differences of bodies: whether there is one, in which media types, and what is in it."""

from .collect import Call, Collector
from .facts import Fact, came_or_went
from .model import Json
from .naming import Place
from .schema_diff import Differ
from .tree import is_mapping, mapping
from .views import Views


class Bodies:
    """Compares the bodies of one call."""

    def __init__(self, out: Collector, differ: Differ, old_views: Views, new_views: Views) -> None:
        self._out = out
        self._differ = differ
        self._views = (old_views, new_views)

    def request(self, call: Call, old: Json, new: Json) -> None:
        first, second = self._resolved(old, new, "requestBody")
        place = Place("request", "operation", "request")
        if not first or not second:
            if second:
                is_needed = second.get("required") is True
                kind = f"request-body-added-{'required' if is_needed else 'optional'}"
                self._out.add(call, place, [came_or_went(kind, not is_needed)])
            elif first:
                self._out.add(call, place, [Fact(("request-body-removed",), "narrows", detail="")])
            return
        was, is_now = first.get("required") is True, second.get("required") is True
        if was != is_now:
            kind = f"request-body-became-{'required' if is_now else 'optional'}"
            self._out.add(call, place, [came_or_went(kind, not is_now)])
        self._contents(call, Place("request", "body", "request"), first, second)

    def received(self, call: Call, place: Place, old: Json, new: Json) -> None:
        """Of an answer, or the delivery of a webhook."""
        self._contents(call, place, old, new)

    def _resolved(self, old: Json, new: Json, key: str) -> tuple[Json, Json]:
        first, second = (
            views.flattener.resolve(mapping(node, key)) for views, node in zip(self._views, (old, new), strict=True)
        )
        return first, second

    def _contents(self, call: Call, place: Place, old: Json, new: Json) -> None:
        before, after = mapping(old, "content"), mapping(new, "content")
        whole = Place(place.side, "operation", place.label, place.key)
        prefix = "request-body" if place.side == "request" else "response"
        for media in sorted({*before, *after}):
            if media not in before:
                self._out.add(call, whole, [Fact((f"{prefix}-media-type-added",), "widens", after=media)])
            elif media not in after:
                self._out.add(call, whole, [Fact((f"{prefix}-media-type-removed",), "narrows", before=media)])
            else:
                self._media(call, place, media, mapping(before, media), mapping(after, media))

    def _media(self, call: Call, place: Place, media: str, old: Json, new: Json) -> None:
        first, second = old.get("schema"), new.get("schema")
        if not is_mapping(first) or not is_mapping(second):
            if is_mapping(first) != is_mapping(second):
                kind = f"{place.side}-body-media-type-schema-{'added' if is_mapping(second) else 'removed'}"
                whole = Place(place.side, "operation", place.label, place.key)
                self._out.add(call, whole, [came_or_went(kind, is_mapping(first), after=media, detail=None)])
            return
        views = (self._views[0].view(first), self._views[1].view(second))
        self._out.add(call, place, self._differ.compare(*views))
