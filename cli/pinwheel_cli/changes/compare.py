"""The whole comparison: every call and event of two documents."""

from collections.abc import Iterator

from .api import Api, Operation, stage_of
from .bodies import Bodies
from .collect import WHOLE_API, Collector
from .facts import Fact, came_or_went
from .lifecycle import removal, stage_change
from .model import Change, Comparison, Document
from .naming import Place
from .parameters import compare_parameters
from .responses import Headers, compare_headers, compare_responses
from .schema_diff import Differ
from .security import compare_global_security, compare_security
from .tree import items, mapping
from .versions import document

_CALL = Place("request", "operation", "call")
_EVENT = Place("response", "operation", "event")
_YOUR_ANSWER = Place("request", "operation", "event")  # it goes the other way than the event
_LIFECYCLE = {
    "deprecated": "endpoint-deprecated",
    "deprecated-with-sunset": "endpoint-deprecated-with-sunset",
    "reactivated": "endpoint-reactivated",
    "sunset-parse": "api-deprecated-sunset-parse",
    "sunset-date-too-small": "api-sunset-date-too-small",
    "sunset-date-changed-too-small": "api-sunset-date-changed-too-small",
}


def compare(old: Document | Api | str, new: Document | Api | str) -> Comparison:
    """Everything that a caller could notice between two documents of the API.

    A document is OpenAPI 3.0 or 3.1 as plain data, or a Pinwheel-Version such as `"2023-11-22"`.
    """
    first, second = _read(old), _read(new)
    differ = Differ(second.today)
    out = Collector()
    compare_global_security(out, first, second)
    _servers(out, first, second)
    for key in sorted({*first.operations, *second.operations}):
        before, after = first.operations.get(key), second.operations.get(key)
        if before is not None and after is not None:
            _call(out, differ, before, after, first, second)
        elif after is not None:
            out.add(after.call, _CALL, [Fact(("endpoint-added",), "widens", detail="")])
        elif before is not None:
            out.add(before.call, _CALL, [_removed(before, second)])
    for key in sorted({*first.webhooks, *second.webhooks}):
        before, after = first.webhooks.get(key), second.webhooks.get(key)
        if before is not None and after is not None:
            _event(out, differ, before, after, first, second)
        elif after is not None:
            out.add(after.call, _EVENT, [Fact(("webhook-added",), "widens", detail="")])
        elif before is not None:
            out.add(before.call, _EVENT, [Fact(("webhook-removed",), "narrows", detail="")])
    return Comparison(first.version, second.version, tuple(sorted(out.changes, key=_order)))


def _read(source: Document | Api | str) -> Api:
    if isinstance(source, Api):
        return source
    return document(source) if isinstance(source, str) else Api(source)


def _order(change: Change) -> tuple[str, ...]:
    method, _, path = change.url.partition(" ")
    return path, method, change.operation, change.place, change.path, change.rule, change.fingerprint


def _removed(gone: Operation, new: Api) -> Fact:
    path = gone.call.key.partition(" ")[2]
    whole = "" if any(key.partition(" ")[2] == path for key in new.operations) else "path-"
    word = removal(gone.stage, new.today)
    if word == "sunset-parse":
        kind = "api-path-sunset-parse" if whole else "api-deprecated-sunset-parse"
    else:
        kind = f"api-{whole}removed-{word}"
    return Fact((kind,), "narrows", after=gone.stage.sunset, detail="")


def _call(out: Collector, differ: Differ, old: Operation, new: Operation, first: Api, second: Api) -> None:
    call = new.call
    out.add(call, _CALL, _about(old, new, second))
    compare_security(out, call, old, new)
    compare_parameters(out, differ, old, new, first.views, second.views, second.today)
    bodies = Bodies(out, differ, first.views, second.views)
    bodies.request(call, old.node, new.node)
    compare_responses(out, differ, bodies, call, old.node, new.node, first.views, second.views)


def _about(old: Operation, new: Operation, second: Api) -> Iterator[Fact]:
    before, after = old.node.get("operationId"), new.node.get("operationId")
    if before != after:
        yield Fact(("api-operation-id-removed" if before else "api-operation-id-added",), "neutral", before, after)
    tags = [set(map(str, items(operation.node, "tags"))) for operation in (old, new)]
    yield from (Fact(("api-tag-added",), "neutral", after=tag) for tag in sorted(tags[1] - tags[0]))
    yield from (Fact(("api-tag-removed",), "neutral", before=tag) for tag in sorted(tags[0] - tags[1]))
    was, is_now = stage_of(old.node), stage_of(new.node)
    if word := stage_change(was, is_now, second.today):
        yield Fact((_LIFECYCLE.get(word, word),), "neutral", was.sunset, is_now.sunset)
    for mark, yes, no in (
        ("x-paginated", "became-paginated", "became-unpaginated"),
        ("x-idempotent", "became-idempotent", "became-not-idempotent"),
    ):
        if old.node.get(mark, False) != new.node.get(mark, False):
            yield Fact((yes if new.node.get(mark) else no,), "meaning", detail="")


def _event(out: Collector, differ: Differ, old: Operation, new: Operation, first: Api, second: Api) -> None:
    """A delivery comes to the caller, so it is judged as an answer is."""
    bodies = Bodies(out, differ, first.views, second.views)
    before = first.views.flattener.resolve(mapping(old.node, "requestBody"))
    after = second.views.flattener.resolve(mapping(new.node, "requestBody"))
    bodies.received(new.call, Place("response", "body", "delivery"), before, after)
    compare_headers(out, differ, new.call, "delivery", _headers(old, first), _headers(new, second))
    statuses = [set(map(str, mapping(operation.node, "responses"))) for operation in (old, new)]
    for status in sorted(statuses[0] ^ statuses[1]):
        came = status in statuses[1]
        fact = came_or_went("answer-taken" if came else "answer-refused", came, after=status, detail=None)
        out.add(new.call, _YOUR_ANSWER, [fact])


def _headers(operation: Operation, api: Api) -> Headers:
    return {
        str(node["name"]).lower(): (str(node["name"]), node, api.views)
        for node in operation.parameters
        if node.get("in") == "header"
    }


def _servers(out: Collector, old: Api, new: Api) -> None:
    before, after = ({str(server.get("url")) for server in items(api.document, "servers")} for api in (old, new))
    place = Place("request", "operation", "server")
    out.add(WHOLE_API, place, (Fact(("server-added",), "widens", after=url) for url in sorted(after - before)))
    out.add(WHOLE_API, place, (Fact(("server-removed",), "narrows", before=url) for url in sorted(before - after)))
