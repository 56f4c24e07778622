"""Every model of every version survives what Pinwheel sends today and may send tomorrow."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import msgspec
import pytest
from pinwheel_overlays.decode import Decoded, decode_answer
from pinwheel_overlays.enums import OpenEnum
from pinwheel_overlays.exact import is_exact

from tests.models import samples

ENCODER = msgspec.json.Encoder(decimal_format="number")
MODELS = [(version, name) for version in samples.VERSIONS for name in samples.answer_models(version)]
ENUMS = [(version, name) for version in samples.VERSIONS for name in samples.answer_enums(version)]


def model(version: str, name: str) -> Any:
    return getattr(import_module(f"pinwheel_api.v{version.replace('-', '_')}"), name)


def schema(version: str, name: str) -> samples.Json:
    found: samples.Json = samples.document(version)["components"]["schemas"][name]
    return found


def decode(version: str, name: str, data: object) -> Decoded:
    return decode_answer(json.dumps({"data": data}).encode(), model(version, name), observe=True)


def plain(value: object) -> Any:
    """A model as JSON again."""
    return json.loads(ENCODER.encode(value))


@pytest.mark.parametrize(("version", "name"), MODELS)
def test_full_object_decodes_and_encodes_back(version: str, name: str) -> None:
    data = samples.Sample(version).of(schema(version, name))
    read = decode(version, name, data)
    assert type(read.data) is model(version, name)
    assert read.drifts == []
    assert decode(version, name, plain(read.data)).data == read.data
    assert {key: value for key, value in plain(read.data).items() if value is not None}.keys() == data.keys()


@pytest.mark.parametrize(("version", "name"), MODELS)
def test_watching_a_full_object_for_drift_needs_no_second_reading(version: str, name: str) -> None:
    body = json.dumps({"data": samples.Sample(version).of(schema(version, name))}).encode()
    # The class of an uploaded document's content is told by a tag, which takes more than one call of msgspec.
    assert is_exact(body, model(version, name)) is (name != "EndUserDocument")


@pytest.mark.parametrize(("version", "name"), MODELS)
def test_null_where_the_spec_allows_it_is_no_drift(version: str, name: str) -> None:
    data = samples.Nulls(version).of(schema(version, name))
    read = decode(version, name, data)
    assert read.drifts == []
    assert [key for key, value in data.items() if value is None] == [
        key for key in data if plain(read.data).get(key) is None
    ]


@pytest.mark.parametrize(("version", "name"), MODELS)
def test_null_anywhere_decodes_and_is_told(version: str, name: str) -> None:
    data = samples.NothingButNulls(version).of(schema(version, name))
    read = decode(version, name, data)
    assert type(read.data) is model(version, name)
    allowed = samples.Nulls(version).of(schema(version, name))
    assert {drift.path.rpartition(".")[2] for drift in read.drifts} == {k for k, v in allowed.items() if v is not None}
    assert all(drift.kind == "null" for drift in read.drifts)


@pytest.mark.parametrize(("version", "name"), MODELS)
def test_an_object_with_only_what_is_required_decodes(version: str, name: str) -> None:
    data = samples.Minimal(version).of(schema(version, name))
    read = decode(version, name, data)
    assert read.drifts == []
    assert type(read.data) is model(version, name)


@pytest.mark.parametrize(("version", "name"), MODELS)
def test_an_empty_object_decodes(version: str, name: str) -> None:
    read = decode(version, name, {})
    assert type(read.data) is model(version, name)
    assert {drift.kind for drift in read.drifts} <= {"missing"}
    assert len(read.drifts) == len(schema(version, name).get("required", []))


@pytest.mark.parametrize(("version", "name"), MODELS)
def test_enum_values_of_tomorrow_are_kept(version: str, name: str) -> None:
    data = samples.Tomorrow(version).of(schema(version, name))
    read = decode(version, name, data)
    assert {drift.kind for drift in read.drifts} <= {"enum"}
    assert json.dumps(plain(read.data)).count(samples.TOMORROW) == json.dumps(data).count(samples.TOMORROW)


@pytest.mark.parametrize(("version", "name"), MODELS)
def test_properties_of_tomorrow_do_not_fail(version: str, name: str) -> None:
    data = samples.Grown(version).of(schema(version, name))
    read = decode(version, name, data)
    assert type(read.data) is model(version, name)
    assert {drift.kind for drift in read.drifts} == {"unknown"}
    assert read.data == decode(version, name, samples.Sample(version).of(schema(version, name))).data


@pytest.mark.parametrize(("version", "name"), ENUMS)
def test_enum_has_what_the_spec_lists_and_takes_more(version: str, name: str) -> None:
    enum = model(version, name)
    assert issubclass(enum, OpenEnum)
    assert sorted(member.value for member in enum) == sorted(schema(version, name)["enum"])
    unknown = msgspec.json.decode(b'"value_of_tomorrow"', type=enum)
    assert unknown == samples.TOMORROW
    assert f"{unknown}" == samples.TOMORROW
    assert msgspec.json.encode(unknown) == b'"value_of_tomorrow"'


@pytest.mark.parametrize(("version", "name"), MODELS)
def test_personal_data_is_not_in_a_repr(version: str, name: str) -> None:
    properties = schema(version, name)["properties"]
    hidden = {key for key, prop in properties.items() if prop.get("x-pii")}
    built = model(version, name)
    masked = frozenset(key.removesuffix("_") for key in built.__pii__) if hidden else frozenset[str]()
    assert masked == hidden
    if hidden:
        data = samples.Sample(version).of(schema(version, name))
        shown = repr(decode(version, name, data).data)
        assert all(f"{key}=***" in shown for key in hidden)


@pytest.mark.parametrize("version", [v for v in samples.VERSIONS if v >= "2023-04-18"])
def test_a_tagged_property_is_the_class_that_its_tag_names(version: str) -> None:
    raw = schema(version, "EndUserDocument")
    for tag, variant in raw["properties"]["parsed_data"]["x-variants"].items():
        data = samples.Minimal(version).of(raw) | {"document_type": tag, "parsed_data": {"pay_date": "tomorrow"}}
        assert type(decode(version, "EndUserDocument", data).data.parsed_data) is model(version, variant)
    data["document_type"] = samples.TOMORROW
    assert decode(version, "EndUserDocument", data).data.parsed_data == {"pay_date": "tomorrow"}
