import copy
import pickle
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import attrs
import msgspec
import pytest
from pinwheel_overlays.model import UNSET, Model, model

from .harness import widget
from .shop import Note, Part, PartCreate, RoundNote, SquareNote, Widget


def made(**changes: Any) -> Widget:
    return msgspec.json.decode(msgspec.json.encode(widget(**changes)), type=Widget)


def test_a_model_is_frozen_has_slots_and_takes_keywords_only() -> None:
    part = Part(name="bolt")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        part.name = "nut"  # type: ignore[misc]
    assert not hasattr(part, "__dict__")
    with pytest.raises(TypeError):
        Part("bolt")  # type: ignore[misc]


def test_equality_is_by_value() -> None:
    assert Part(name="bolt") == Part(name="bolt") != Part(name="nut")


def test_repr_hides_personal_data_and_shows_the_rest() -> None:
    text = repr(made(ssn="123-45-6789"))
    assert "ssn=***" in text
    assert "123" not in text.replace("123456", "")
    assert "size=3" in text
    assert "ssn=None" in repr(made())


def test_repr_hides_personal_data_of_nested_models() -> None:
    @model
    class Box(Model):
        widgets: list[Widget]

    assert "999-88" not in repr(Box(widgets=[made(ssn="999-88-7777")]))


def test_repr_leaves_out_what_is_unset() -> None:
    assert repr(PartCreate(name="bolt")) == "PartCreate(name='bolt')"
    assert msgspec.json.encode(PartCreate(name="bolt")) == b'{"name":"bolt"}'
    assert PartCreate(name="bolt").weight is UNSET


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
def test_copies_are_equal(again: Any) -> None:
    original = made(color="violet", note={"shape": "square", "side": 2})
    assert again(original) == original
    unset = PartCreate(name="bolt")
    assert again(unset) == unset
    assert again(unset).weight is UNSET


def test_the_class_whose_key_is_a_keyword() -> None:
    span = made(span={"from": "2025-06-24T09:00:00-04:00", "to": "2025-06-24T21:00:00Z"}).span
    assert span is not None
    assert span.from_ == datetime(2025, 6, 24, 13, tzinfo=UTC)
    assert span.from_.utcoffset() is not None


@pytest.mark.parametrize(
    ("note", "shape", "kind"),
    [
        ({"shape": "round", "radius": 1.5}, None, RoundNote),
        ({"shape": "square", "side": 2, "part": {"name": "a", "parts": [{"name": "b"}]}}, None, SquareNote),
        ({"side": 2}, "square", SquareNote),
        ({"shape": "square", "side": 2}, "round", SquareNote),
        ({"shape": "odd", "side": 2}, "square", SquareNote),
        ({"shape": "odd"}, "odder", dict),
        ({"shape": ["square"]}, None, dict),
        ({"side": 2}, None, dict),
        ({"shape": "square", "side": [], "part": "no part"}, None, dict),
        (None, "square", type(None)),
    ],
)
def test_a_variant_is_chosen_by_the_inner_tag_then_by_the_outer(note: Any, shape: str | None, kind: type) -> None:
    assert type(made(note=note, shape=shape).note) is kind


def test_a_variant_that_does_not_fit_exactly_is_still_built() -> None:
    note: Note | None = made(note={"shape": "square", "side": "2"}).note
    assert note == SquareNote(side=2)


def test_a_variant_encodes_back() -> None:
    note = made(note={"shape": "round", "radius": 1.5}).note
    assert note == RoundNote(shape="round", radius=Decimal("1.5"))
    assert type(note.radius) is Decimal
    assert msgspec.to_builtins(note) == {"shape": "round", "radius": "1.5"}
