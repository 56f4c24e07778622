"""The documents of the nine versions, read once."""

import json
from pathlib import Path

import pytest
from pinwheel_cli.changes import Api

from .tiny import Json

FOLDER = Path(__file__).parents[2] / "generated" / "openapi"
VERSIONS = sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.fixture(scope="session")
def documents() -> dict[str, Json]:
    return {version: json.loads((FOLDER / f"{version}.json").read_text(encoding="utf-8")) for version in VERSIONS}


@pytest.fixture(scope="session")
def apis(documents: dict[str, Json]) -> dict[str, Api]:
    return {version: Api(document) for version, document in documents.items()}
