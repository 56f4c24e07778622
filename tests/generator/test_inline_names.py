"""Generators of other languages name what has no name after where it stands: that must not be a schema's own name."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DOCUMENTS = sorted((Path(__file__).parents[2] / "generated" / "openapi").glob("*.json"))


def inline_names(schemas: dict[str, Any]) -> Iterator[str]:
    """What openapi-generator calls the unions inside of schemas: their title, or the schema and the property."""
    for owner, schema in schemas.items():
        for name, value in schema.get("properties", {}).items():
            item = value.get("items", value)
            # One schema or null is no union to them.
            if sum(branch != {"type": "null"} for branch in item.get("anyOf", ())) > 1:
                yield item.get("title") or owner + "".join(part.title() for part in name.split("_"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_unions_without_a_name_do_not_take_one_that_is_there(path: Path) -> None:
    schemas = json.loads(path.read_text())["components"]["schemas"]
    names = set(inline_names(schemas))
    assert names, "no union looked at"
    assert not names & set(schemas)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_what_must_be_sent_is_one_condition(path: Path) -> None:
    schemas = json.loads(path.read_text())["components"]["schemas"]
    # openapi-ts joins the members of `allOf` in pairs: with three it writes TypeScript that does not compile.
    assert all(len(schema.get("allOf", ())) <= 1 for schema in schemas.values())
