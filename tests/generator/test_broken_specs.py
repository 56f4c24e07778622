"""A broken spec stops with file, line and reason, and leaves `generated/` as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from pinwheel_generator.__main__ import main
from pinwheel_generator.compare import files

THING = "schemas/Thing.yaml"
PATH = "paths/things.yaml"

CASES = {
    "not yaml": (THING, "type: object", "type: [object", "spec/schemas/Thing.yaml:3"),
    "key twice": (
        THING,
        "type: object",
        "type: object\ntype: object",
        "spec/schemas/Thing.yaml:3: `type` stands twice",
    ),
    "reference to nothing": (
        THING,
        "$ref: Colour.yaml",
        "$ref: Color.yaml",
        "Thing.yaml:10: there is no file schemas/Color.yaml",
    ),
    "reference out of the spec": (
        THING,
        "$ref: Colour.yaml",
        "$ref: ../../pyproject.toml",
        "lies outside the spec folder",
    ),
    "unknown fragment": (
        PATH,
        "../schemas/Thing.yaml",
        "../schemas/Thing.yaml#/nothing",
        "things.yaml:24: schemas/Thing.yaml has nothing at",
    ),
    "no idempotency": (PATH, "  x-idempotent: true\n", "", "things.yaml:1: things.get: x-idempotent says"),
    "no error answer": (
        PATH,
        '    "429": {$ref: ../responses/Error.yaml}\n',
        "",
        "the error answer 429 is not declared",
    ),
    "bad operationId": (PATH, "operationId: things.get", "operationId: getThing", "'getThing' is not the call"),
    "null in an enum": (
        "schemas/Colour.yaml",
        "[red,",
        "[null, red,",
        "Colour.yaml:3: Colour: enum values are strings",
    ),
    "number without unit": (
        THING,
        "price: {description: Its price., type: integer, x-unit",
        "tax_rate: {description: R., type: integer, x-unot",
        "needs x-unit",
    ),
    "forgotten mark": (
        THING,
        "  currency: {",
        "  last_four_ssn: {description: S., type: string}\n  currency: {",
        "x-pii: true",
    ),
    "unknown unit": (THING, "x-unit: minor", "x-unit: pennies", "Thing.yaml:6: Thing.price: x-unit is one of"),
    "currency of nobody": (THING, "x-currency: currency", "x-currency: money", "names the property money"),
    "no description": (THING, "id: {description: Its id.,", "id: {", "Thing.yaml:5: Thing.id: no description"),
    "no source": ("schemas/Colour.yaml", ", source: the test", "", "x-provenance names a confidence"),
    "invalid OpenAPI": (PATH, "in: path", "in: nowhere", "things.yaml:10"),
    "no path parameter": (PATH, "name: thing_id", "name: other_id", "thing_id"),
    "inline enum": (
        THING,
        "currency: {description: Its currency., type: string}",
        "currency: {description: Its currency., type: string, enum: [USD]}",
        "an enum is a schema file of its own",
    ),
    "money name taken": (
        THING,
        "currency: {",
        "price_money: {description: Taken., type: string}\n  currency: {",
        "which is taken",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_names_file_line_and_reason(case: str, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(small / "generated")
    name, old, new, expected = CASES[case]
    path = small / "spec" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    capsys.readouterr()
    assert main(["--root", str(small), "regenerate"]) == 1
    assert expected in capsys.readouterr().err
    assert files(small / "generated") == before


def test_one_name_leads_to_one_file_in_a_version(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schemas = small / "spec" / "schemas"
    (schemas / "Colour.2025-07-08.yaml").write_text((schemas / "Colour.yaml").read_text())
    path = small / "spec" / PATH
    path.write_text(path.read_text().replace("../schemas/Colour.yaml", "../schemas/Colour.2025-07-08.yaml"))
    assert main(["--root", str(small), "regenerate"]) == 1
    assert "would have two Colour: schemas/Colour.2025-07-08.yaml and schemas/Colour.yaml" in capsys.readouterr().err
