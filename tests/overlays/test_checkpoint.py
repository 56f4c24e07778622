from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pinwheel_overlays.checkpoint import Position, call_digest, load_checkpoint, save_checkpoint
from pinwheel_overlays.errors import CheckpointError

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
POSITIONS = st.builds(Position, st.none() | TEXT, st.integers(0, 100), st.none() | TEXT, st.booleans())


@given(TEXT, TEXT, POSITIONS)
def test_a_position_survives_the_round_trip(operation: str, digest: str, position: Position) -> None:
    text = save_checkpoint(operation, digest, position)
    assert load_checkpoint(text, operation, digest) == position
    assert text.isascii()
    assert not set(text) & set(" \n\"'/+%&")


@given(POSITIONS, st.data())
def test_a_damaged_checkpoint_is_refused_and_never_read_as_another_place(
    position: Position, data: st.DataObject
) -> None:
    text = save_checkpoint("op", "digest", position)
    place = data.draw(st.integers(0, len(text) - 1))
    changed = data.draw(st.sampled_from(["cut", "drop", "replace", "insert"]))
    character = data.draw(st.characters())
    damaged = {
        "cut": text[:place],
        "drop": text[:place] + text[place + 1 :],
        "replace": text[:place] + character + text[place + 1 :],
        "insert": text[:place] + character + text[place:],
    }[changed]
    with suppress(CheckpointError):
        assert load_checkpoint(damaged, "op", "digest") == position


@given(st.text() | st.binary() | st.none() | st.integers())
def test_anything_else_is_refused(text: Any) -> None:
    with pytest.raises(CheckpointError):
        load_checkpoint(text, "op", "digest")


@given(TEXT, TEXT, POSITIONS)
def test_it_fits_its_own_call_only(operation: str, digest: str, position: Position) -> None:
    text = save_checkpoint(operation, digest, position)
    with pytest.raises(CheckpointError):
        load_checkpoint(text, operation + "x", digest)
    with pytest.raises(CheckpointError):
        load_checkpoint(text, operation, digest + "x")


@given(st.dictionaries(st.text(), st.none() | st.text() | st.integers()))
def test_the_digest_depends_on_what_is_sent_and_not_on_its_order(parameters: dict[str, Any]) -> None:
    digest = call_digest("op", "v", parameters)
    assert digest == call_digest("op", "v", dict(reversed(parameters.items())))
    assert digest == call_digest("op", "v", {**parameters, "unset": None} if "unset" not in parameters else parameters)
    assert digest != call_digest("op", "v2", parameters)
    assert digest != call_digest("op2", "v", parameters)
    assert digest != call_digest("op", "v", {**parameters, "one more": 1})
