"""Request bodies: what is sent, and what is refused before it is."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pinwheel_overlays.errors import InvalidInputError
from pinwheel_overlays.model import UNSET
from pinwheel_overlays.money import Money

from .harness import Bench, answer, widget
from .shop import Color, PartCreate, Span


def sent(bench: Bench, **fields: Any) -> Any:
    bench.do(bench.client(answer(widget())).widgets.create(**{"name": "box", "nick": "n", **fields}))
    request = bench.script.requests[0]
    assert request.headers["content-type"] == "application/json"
    assert request.body is not None
    return json.loads(request.body, parse_float=str)


def refused(bench: Bench, **fields: Any) -> InvalidInputError:
    client = bench.client()
    with pytest.raises(InvalidInputError) as caught:
        bench.do(client.widgets.create(**{"name": "box", "nick": "n", **fields}))
    assert bench.script.requests == []
    return caught.value


def test_unset_is_left_out_and_null_is_sent(bench: Bench) -> None:
    assert sent(bench, size=UNSET, owner_id=None, labels=UNSET) == {"name": "box", "nick": "n", "owner_id": None}


def test_values_are_written_as_the_api_wants_them(bench: Bench) -> None:
    body = sent(
        bench,
        price=Decimal("12.30"),
        made_on=date(2026, 1, 31),
        made_at=datetime(2026, 1, 31, 12, tzinfo=UTC),
        colors=[Color.RED, "green"],
        labels={"a": "b"},
        finish="matt",
    )
    assert body["price"] == "12.30"
    assert body["made_on"] == "2026-01-31"
    assert datetime.fromisoformat(body["made_at"]) == datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert body["colors"] == ["red", "green"]
    assert body["labels"] == {"a": "b"}


@pytest.mark.parametrize("part", [PartCreate(name="bolt", color=Color.RED), {"name": "bolt", "color": "red"}])
def test_nested_models_and_dicts_are_the_same(bench: Bench, part: Any) -> None:
    assert sent(bench, part=part)["part"] == {"name": "bolt", "color": "red"}


def test_tuples_and_sets_are_lists(bench: Bench) -> None:
    assert sent(bench, colors=("red", "green"))["colors"] == ["red", "green"]
    assert sent(bench, colors={"red", "green"})["colors"] == ["green", "red"]


def test_a_trimmed_field(bench: Bench) -> None:
    assert sent(bench, owner_id="  u1 ")["owner_id"] == "u1"
    assert refused(bench, owner_id="   ").field == "owner_id"
    assert refused(bench, owner_id="u" * 256).field == "owner_id"


def test_one_of_a_group_must_be_given(bench: Bench) -> None:
    error = refused(bench, nick=UNSET)
    assert str(error) == "owner_id or nick: must be given"
    assert refused(bench, nick=None).field == "owner_id or nick"
    assert sent(bench, nick=UNSET, owner_id="u")["owner_id"] == "u"


@pytest.mark.parametrize(
    ("fields", "field", "rule"),
    [
        ({"name": ""}, "name", "must be str of length >= 1"),
        ({"name": "n" * 21}, "name", "must be str of length <= 20"),
        ({"name": UNSET}, "name", "must be given"),
        ({"name": 3}, "name", "must be str, not int"),
        ({"size": 0}, "size", "must be int >= 1"),
        ({"size": "3"}, "size", "must be int, not str"),
        ({"colors": "red"}, "colors", "must be list, not str"),
        ({"colors": ["red", "violet"]}, "colors[1]", "must be one of 'red', 'green'"),
        ({"finish": "shiny"}, "finish", "must be one of 'gloss', 'matt'"),
        ({"price": 12.3}, "price", "must be a Decimal, not a float"),
        ({"price": Decimal("NaN")}, "price", "must be a finite number"),
        ({"price": Decimal("sNaN")}, "price", "must be a finite number"),
        ({"price": Decimal("1e400")}, "price", "must be a finite number"),
        ({"made_at": datetime(2026, 1, 1)}, "made_at", "must be a datetime with a timezone"),  # noqa: DTZ001
        ({"made_on": "yesterday"}, "made_on", "Invalid RFC3339 encoded date"),
        ({"part": {"name": "a", "colour": "red"}}, "part.colour", "is no field of this request"),
        ({"part": {"color": "red"}}, "part.name", "must be given"),
        ({"part": PartCreate(name="")}, "part.name", "must be str of length >= 1"),
        ({"part": PartCreate(name="a", weight=float("inf"))}, "part.weight", "must be a finite number"),
        ({"part": "bolt"}, "part", "must be model or dict, not str"),
        ({"labels": {"a": 1}}, "labels[...]", "must be str, not int"),
        ({"size": None}, "size", "must be int, not None"),
        ({"nmae": "x"}, "nmae", "is no field of this request"),
        ({"name": object()}, "name", "cannot be sent: object"),
        ({"name": b"bytes"}, "name", "cannot be sent: bytes"),
        ({"size": Money(3, "USD")}, "size", "cannot be sent: Money"),
        ({"name": "\ud800"}, "name", "must be text that UTF-8 can encode"),
        ({"labels": {"\ud800": "a"}}, "labels", "must be text that UTF-8 can encode"),
    ],
)
def test_what_is_refused_names_field_and_rule(bench: Bench, fields: dict[str, Any], field: str, rule: str) -> None:
    error = refused(bench, **fields)
    assert (error.field, error.rule) == (field, rule)


def test_advice_is_given_where_there_is_some(bench: Bench) -> None:
    assert "leave it out" in str(refused(bench, size=None))
    assert "put a single value into a list" in str(refused(bench, colors="red"))
    assert "did you mean color?" in str(refused(bench, part={"name": "a", "colour": "red"}))
    assert 'Decimal("12.30")' in str(refused(bench, price=0.1))
    assert "tzinfo" in str(refused(bench, made_at=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_the_value_is_never_quoted(bench: Bench) -> None:
    secret = "123-45-6789-and-much-more"
    for fields in ({"name": secret}, {"finish": secret}, {"colors": [secret]}, {"made_on": secret}, {"size": secret}):
        error = refused(bench, **fields)
        assert secret not in repr(error) + str(error)
        assert error.__cause__ is None
        assert error.__context__ is None


def test_a_new_enum_value_is_sent_when_it_is_meant(bench: Bench) -> None:
    assert sent(bench, colors=[Color("violet")])["colors"] == ["violet"]
    assert sent(bench, part=PartCreate(name="a", color=Color("violet")))["part"]["color"] == "violet"


def test_a_struct_is_written_with_its_json_keys() -> None:
    from pinwheel_overlays.body import encode_body
    from pinwheel_overlays.model import Model, model
    from pinwheel_overlays.operation import Operation

    @model
    class Stay(Model):
        span: Span

    moment = datetime(2026, 1, 1, tzinfo=UTC)
    body = encode_body(Operation("x", "POST", "/v1/x", idempotent=False), Stay, {"span": Span(from_=moment, to=moment)})
    assert json.loads(body) == {"span": {"from": "2026-01-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}}
