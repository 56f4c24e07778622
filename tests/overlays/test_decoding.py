"""Answers: what decodes, what is kept though it does not fit, and what is an error."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from pinwheel_overlays.decode import Unreadable, decode_answer
from pinwheel_overlays.drift import Drift
from pinwheel_overlays.errors import ResponseDecodeError
from pinwheel_overlays.model import Model, model

from .harness import REQUEST_ID, Bench, answer, widget
from .shop import Color, Part, Widget


def decoded(observe: bool = False, **changes: Any) -> tuple[Widget, list[Drift]]:
    body = json.dumps({"data": widget(**changes)}).encode()
    result = decode_answer(body, Widget, observe=observe)
    return result.data, result.drifts


def test_a_good_answer_has_no_drift() -> None:
    data, drifts = decoded(observe=True, parts=[{"name": "a", "color": None, "parts": None}], weight=80, price=1)
    assert drifts == []
    assert data.weight == 80.0
    assert type(data.weight) is float
    assert data.price == Decimal(1)


def test_both_ways_build_the_same_objects() -> None:
    rich = widget(
        parts=[{"name": "a", "color": "green", "parts": [{"name": "b", "parts": []}]}],
        ssn="1",
        weight=10.5,
        price="12.30",
        good=False,
        span={"from": "2025-06-24T09:00:00-04:00", "to": "2025-06-24T17:00:00-04:00"},
        tags={"a": [1.5, {"b": None}], "c": 1e3},
        counts={"x": 1},
        mixed="7",
        colors=["red", "violet"],
        note={"shape": "square", "side": 2},
    )
    body = json.dumps({"data": [rich], "meta": {"count": 1, "refreshed_at": "2025-06-24T09:00:00Z"}})
    fast = decode_answer(body.encode(), list[Widget])
    # The same again with one item that only the lenient way takes.
    slow = decode_answer(
        body.replace('"data": [', '"data": [' + json.dumps(widget(size=None)) + ",").encode(), list[Widget]
    )
    assert fast.drifts == []
    assert [drift.kind for drift in slow.drifts] == ["null", "enum"]
    assert slow.data[1] == fast.data[0]
    assert slow.meta == fast.meta
    assert type(slow.data[1].tags["c"]) is type(fast.data[0].tags["c"]) is float


@pytest.mark.parametrize("name", ["id", "size", "color", "made_at"])
def test_null_in_a_required_place_is_kept(name: str) -> None:
    data, drifts = decoded(**{name: None})
    assert getattr(data, name) is None
    assert [(drift.kind, drift.path, drift.model) for drift in drifts] == [("null", f"$.data.{name}", "Widget")]


@pytest.mark.parametrize("name", ["id", "size", "color", "made_at", "made_on", "parts"])
def test_a_missing_required_property_is_none(name: str) -> None:
    raw = widget()
    del raw[name]
    result = decode_answer(json.dumps({"data": raw}).encode(), Widget)
    assert getattr(result.data, name) is None
    assert [(drift.kind, drift.path) for drift in result.drifts] == [("missing", f"$.data.{name}")]


def test_what_is_optional_may_be_absent_or_null() -> None:
    optional = ("ssn", "weight", "price", "good", "span", "tags", "counts", "mixed", "colors", "shape", "note")
    data, drifts = decoded(observe=True, **dict.fromkeys(optional))
    assert drifts == []
    assert all(getattr(data, name) is None for name in optional)


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"size": "2021"}, 2021),
        ({"size": "-7"}, -7),
        ({"size": 10.0}, 10),
        ({"weight": "10.4"}, 10.4),
        ({"id": 90}, "90"),
        ({"made_at": "2025-06-24T09:00:00"}, datetime(2025, 6, 24, 9, tzinfo=UTC)),
        ({"made_at": "2025-06-24 09:00:00.5"}, datetime(2025, 6, 24, 9, 0, 0, 500_000, tzinfo=UTC)),
        ({"made_on": "2021-1-31"}, date(2021, 1, 31)),
    ],
)
def test_a_value_of_another_type_is_converted_where_nothing_is_lost(changes: dict[str, Any], value: Any) -> None:
    data, drifts = decoded(**changes)
    (name,) = changes
    assert getattr(data, name) == value
    assert type(getattr(data, name)) is type(value)
    assert [drift.kind for drift in drifts] == ["type"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("size", "2_021"),
        ("size", " 1"),
        ("size", "1.5"),
        ("size", 1.5),
        ("size", True),
        ("size", 1e300),
        ("size", "9" * 5000),
        ("weight", "heavy"),
        ("weight", "1e9999"),
        ("weight", True),
        ("id", 1.5),
        ("id", False),
        ("good", "true"),
        ("good", 1),
        ("made_at", "yesterday"),
        ("made_at", 1_700_000_000),
        ("made_at", "2025-06-24"),
        ("made_on", "2021-13-31"),
        ("made_on", "31.1.2021"),
        ("made_on", "2025-06-24T00:00:00Z"),
        ("made_on", 2021),
        ("color", 3),
        ("color", True),
        ("price", "much"),
        ("mixed", 1.5),
        ("mixed", True),
    ],
)
def test_a_value_that_does_not_fit_is_kept_as_it_came(name: str, value: Any) -> None:
    data, drifts = decoded(**{name: value})
    assert getattr(data, name) == value
    assert type(getattr(data, name)) is type(value)
    assert [(drift.kind, drift.path) for drift in drifts] == [("type", f"$.data.{name}")]


def test_a_drift_never_holds_the_value() -> None:
    _, drifts = decoded(observe=True, size="123-45-6789", color="123-45-6789", extra="123-45-6789")
    assert len(drifts) == 3
    assert "6789" not in repr(drifts)


def test_a_name_that_may_be_data_is_not_told_in_full() -> None:
    _, drifts = decoded(observe=True, **{"123-45-6789": 1, "x" * 500: 2}, counts={"987-65-4321": "no number"})
    assert "6789" not in repr(drifts)
    assert "4321" not in repr(drifts)
    assert max(len(drift.path) for drift in drifts) < 100


def test_datetimes_with_a_space_and_with_offsets_are_fine() -> None:
    for text in ("2021-01-29 22:06:06.920124+00:00", "2021-01-29T22:06:06Z", "2021-01-29T22:06:06.1-04:00"):
        data, drifts = decoded(observe=True, made_at=text)
        assert data.made_at.utcoffset() is not None
        assert drifts == []
    assert data.made_at.utcoffset() == timedelta(hours=-4)


def test_unknown_enum_values_are_kept_and_never_an_error() -> None:
    data, drifts = decoded(color="violet", colors=["red", "violet"], parts=[{"name": "a", "color": "x"}])
    assert drifts == []
    assert data.color == "violet"
    assert data.colors == ["red", "violet"]
    assert isinstance(data.color, Color)


def test_unknown_enum_values_and_properties_are_told_when_asked_for() -> None:
    _, drifts = decoded(
        observe=True, color="violet", colors=["red", "violet"], extra={"a": 1}, parts=[{"name": "a", "b": 1}]
    )
    assert sorted((drift.kind, drift.path, drift.model, drift.expected) for drift in drifts) == [
        ("enum", "$.data.color", "Widget", "Color"),
        ("enum", "$.data.colors[1]", "Widget", "Color"),
        ("unknown", "$.data.extra", "Widget", ""),
        ("unknown", "$.data.parts[0].b", "Part", ""),
    ]


def test_watching_for_drift_never_loses_an_answer() -> None:
    body = json.dumps({"data": widget(extra="XX")}).encode().replace(b"XX", b"\xff")
    unwatched, watched = (decode_answer(body, Widget, observe=observe) for observe in (False, True))
    assert watched.data == unwatched.data
    assert [(drift.kind, drift.path, drift.expected) for drift in watched.drifts] == [("type", "$", "readable JSON")]


def test_drift_inside_a_variant_is_told() -> None:
    data, drifts = decoded(observe=True, note={"shape": "square", "side": "2", "new": 1})
    assert [(drift.kind, drift.path, drift.model) for drift in drifts] == [
        ("type", "$.data.note.side", "SquareNote"),
        ("unknown", "$.data.note.new", "SquareNote"),
    ]
    data, drifts = decoded(observe=True, note={"shape": "square", "side": 2, "part": "none"}, size=None)
    assert [(drift.kind, drift.path, drift.model) for drift in drifts] == [
        ("null", "$.data.size", "Widget"),
        ("type", "$.data.note.part", "SquareNote"),
    ]
    assert data.note == {"shape": "square", "side": 2, "part": "none"}


def test_a_list_never_loses_an_item() -> None:
    parts: list[Any] = [{"name": "a"}, None, {"name": None}, {}, {"name": "b", "color": "violet"}]
    data, drifts = decoded(parts=parts)
    assert data.parts is not None
    assert [None if part is None else part.name for part in data.parts] == ["a", None, None, None, "b"]
    assert len(drifts) == 4


@pytest.mark.parametrize(
    ("changes", "path", "model_name", "expected", "found"),
    [
        ({"parts": {}}, "$.data.parts", "Widget", "array", "object"),
        ({"parts": "x"}, "$.data.parts", "Widget", "array", "string"),
        ({"parts": [[]]}, "$.data.parts[0]", "Widget", "Part", "array"),
        (
            {"parts": [{"name": "a", "parts": [{"name": {}}]}]},
            "$.data.parts[0].parts[0].name",
            "Part",
            "string",
            "object",
        ),
        ({"span": "today"}, "$.data.span", "Widget", "Span", "string"),
        ({"span": 3}, "$.data.span", "Widget", "Span", "number"),
        ({"tags": []}, "$.data.tags", "Widget", "object", "array"),
        ({"counts": {"a": {}}}, "$.data.counts.*", "Widget", "integer", "object"),
        ({"color": ["red"]}, "$.data.color", "Widget", "Color", "array"),
        ({"good": {}}, "$.data.good", "Widget", "boolean", "object"),
    ],
)
def test_a_wrong_shape_is_an_error_that_says_where(
    bench: Bench, changes: dict[str, Any], path: str, model_name: str, expected: str, found: str
) -> None:
    client = bench.client(answer(widget(**changes)))
    with pytest.raises(ResponseDecodeError) as caught:
        bench.do(client.widgets.get("w1"))
    error = caught.value
    assert (error.location, error.model, error.request_id, error.status) == (path, model_name, REQUEST_ID, 200)
    assert f"expected {expected}, found {found} at {path} while reading {model_name}" in str(error)
    assert json.loads(error.raw)["data"]["id"] == "w1"
    assert "2025-06-24" not in repr(error) + str(error)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "the answer is empty"),
        (b"<html></html>", "not JSON"),
        (b'{"data":{"id":"w1"', "not JSON"),
        (b'{"data":NaN}', "not JSON"),
        (b'{"data":{"id":"\xff"}}', "not JSON"),
        (b'{"data":[]} trailing', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"data":{"id":"a","size":' + b"9" * 5_000 + b"}}", "not JSON"),
    ],
)
def test_a_damaged_answer_is_an_error_of_ours(bench: Bench, body: bytes, says: str) -> None:
    client = bench.client(answer(body), max_retries=0)
    with pytest.raises(ResponseDecodeError, match=says) as caught:
        bench.do(client.widgets.get("w1"))
    assert caught.value.raw == body
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "body", [b"null", b"[]", b'"text"', b"3", b"{}", b'{"data":null}', b'{"error":{}}', b'{"data":3}']
)
def test_an_answer_without_data_is_an_error(bench: Bench, body: bytes) -> None:
    client = bench.client(answer(body))
    with pytest.raises(ResponseDecodeError):
        bench.do(client.widgets.get("w1"))


def test_a_list_may_be_null_but_not_absent() -> None:
    result = decode_answer(b'{"data":null}', list[Widget])
    assert result.data == []
    assert [drift.kind for drift in result.drifts] == ["null"]
    with pytest.raises(Unreadable, match="no data"):
        decode_answer(b'{"meta":{"next_cursor":"x"}}', list[Widget])


@pytest.mark.parametrize(
    "meta", [None, {}, {"count": None, "next_cursor": None}, {"count": "1", "refreshed_at": "?", "new": 1}]
)
def test_odd_metadata_does_not_cost_the_data(meta: Any) -> None:
    result = decode_answer(json.dumps({"data": widget(), "meta": meta, "more": 1}).encode(), Widget)
    assert result.data.id == "w1"
    assert result.meta.next_cursor is None


def test_a_byte_order_mark_is_skipped() -> None:
    assert decode_answer(b"\xef\xbb\xbf" + json.dumps({"data": widget()}).encode(), Widget).data.id == "w1"


def test_decimals_are_exact_on_both_ways() -> None:
    for size in (1, "x"):
        body = (
            json.dumps({"data": widget(size=size)})
            .encode()
            .replace(b'"parts": []', b'"parts": [], "price": 0.10000000000000000001')
        )
        assert decode_answer(body, Widget).data.price == Decimal("0.10000000000000000001")


def test_a_limit_that_only_the_fast_way_knows_is_reported() -> None:
    from typing import Annotated

    @model
    class Short(Model):
        name: Annotated[str, msgspec.Meta(max_length=2)]

    result = decode_answer(b'{"data":{"name":"123-45-6789"}}', Short)
    assert result.data.name == "123-45-6789"
    assert result.drifts == [Drift("type", "$.data.name", "Short", "Expected `str` of length <= 2")]


def test_data_of_other_types_than_models() -> None:
    assert decode_answer(b'{"data":{"a":1}}', dict[str, Any]).data == {"a": 1}
    assert decode_answer(b'{"data":[{"name":"a"}]}', list[Part]).data == [Part(name="a")]


def test_strict_makes_any_drift_an_error(bench: Bench) -> None:
    client = bench.client(answer(widget(color="violet", size=None, extra=1)), answer(widget()), strict=True)
    with pytest.raises(ResponseDecodeError) as caught:
        bench.do(client.widgets.get("w1"))
    assert (
        "differs from the spec: null, where integer is expected and 2 more at $.data.size while reading Widget"
        in str(caught.value)
    )
    assert [drift.kind for drift in caught.value.drifts] == ["null", "enum", "unknown"]
    assert bench.do(client.widgets.get("w1")).id == "w1"


def test_without_strict_and_callback_no_second_pass_is_made(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from pinwheel_overlays import decode_again

    client = bench.client(answer(widget(color="violet", extra=1)))

    def unexpected(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(decode_again, "decode_again", unexpected)
    bench.do(client.widgets.get("w1"))


def test_no_content_is_none_whatever_the_body(bench: Bench) -> None:
    for body in (b"", b"{}", b"<html>"):
        assert bench.do(bench.client(answer(body, status=204)).widgets.delete("w1")) is None
