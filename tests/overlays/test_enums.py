import copy
import pickle

import msgspec
import pytest
from pinwheel_overlays.enums import OpenEnum

from .shop import Color


def test_a_known_value_is_its_member() -> None:
    assert Color("red") is Color.RED
    assert Color.RED.is_known
    assert Color.RED == "red"


def test_an_unknown_value_behaves_as_its_string() -> None:
    value = Color("violet")
    assert value == "violet"
    assert str(value) == f"{value}" == "violet"
    assert value.value == "violet"
    assert value.name == "UNKNOWN"
    assert not value.is_known
    assert hash(value) == hash("violet")
    assert {value: 1}["violet"] == 1
    assert value == Color("violet")
    assert value != Color.RED
    assert isinstance(value, Color)


def test_unknown_values_do_not_become_members() -> None:
    Color("violet")
    assert list(Color) == [Color.RED, Color.GREEN]
    assert not Color("violet").is_known


def test_a_member_called_unknown_is_told_from_an_unknown_value() -> None:
    class Kind(OpenEnum):
        UNKNOWN = "unknown"

    assert Kind("unknown").is_known
    assert not Kind("else").is_known
    assert repr(Kind("unknown")) == "<Kind.UNKNOWN: 'unknown'>"
    assert repr(Kind("else")) == "<Kind not in the spec: 'else'>"


@pytest.mark.parametrize("value", [Color.RED, Color("violet")])
def test_pickle_and_copy_keep_the_value(value: Color) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        loaded = pickle.loads(pickle.dumps(value, protocol))
        assert loaded == value
        assert type(loaded) is Color
        assert loaded.is_known == value.is_known
    assert copy.copy(value) == copy.deepcopy(value) == value


def test_only_strings_are_accepted() -> None:
    with pytest.raises(ValueError, match="3"):
        Color(3)


def test_msgspec_decodes_and_encodes_unknown_values_everywhere() -> None:
    kind = dict[str, list[Color | None]]
    decoded = msgspec.json.decode(b'{"a":["red","violet",null]}', type=kind)
    assert decoded == {"a": [Color.RED, "violet", None]}
    assert isinstance(decoded["a"][1], Color)
    assert msgspec.json.encode(decoded) == b'{"a":["red","violet",null]}'
    assert msgspec.json.decode(b'{"violet":1}', type=dict[Color, int]) == {"violet": 1}
