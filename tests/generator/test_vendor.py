"""`nox -s compare`: a document as Pinwheel serves it, against the spec."""

from __future__ import annotations

import copy
import json
import os
import random
import re
import textwrap
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import yaml
from pinwheel_generator.__main__ import main

from tests.servers.threaded import listening

from .conftest import write

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]
KNOWN = """
    known:
      - title: Enums of answers are open
        rules: [x-response-*-enum-opened]
        why: New values come at any time.
        x-provenance: {confidence: stated, source: the test}
      - title: What OpenAPI has no words for
        rules: [x-*-unit-changed, x-*-currency-changed, "x-became-*idempotent", api-operation-id-*]
        why: Extensions.
        x-provenance: {confidence: stated, source: the test}
      - title: Optional fields may be null
        rules: [response-property-became-nullable]
        optional: true
        why: They were.
        x-provenance: {confidence: observed, source: the test}
      - title: Headers and errors
        rules: [response-header-added, response-non-success-status-added, webhook-added]
        why: The document has none.
        x-provenance: {confidence: stated, source: the test}
    """


@pytest.fixture
def documents(small: Path) -> Path:
    write(small, "vendor/known.yaml", KNOWN)
    return small


def served(root: Path) -> Json:
    """The newest document in the vendor's words: OpenAPI 3.0, /v1 in the server, nothing nullable, no extensions."""
    document: Json = json.loads((root / "generated/openapi/2025-07-08.json").read_text())
    thing = document["components"]["schemas"].pop("Thing")
    thing["properties"]["colour"] = {"allOf": [{"type": "string", "enum": ["red", "blue", "no"]}], "title": "Colour"}
    thing["properties"]["price"] = {"type": "integer", "minimum": 0, "exclusiveMinimum": False}
    thing["properties"]["price"].pop("minimum")
    document["components"]["schemas"] = {"ThingObjResponse": thing}
    item = document["paths"].pop("/v1/things/{thing_id}")
    call = item["get"]
    call["operationId"] = "get_thing_v1_things_get"
    call["parameters"][2]["schema"] = {"allOf": [{"type": "string", "enum": ["no", "blue", "red"]}]}
    schema = {"$ref": "#/components/schemas/ThingObjResponse"}
    answer = {"type": "object", "required": ["data"], "properties": {"data": schema}}
    call["responses"] = {"200": {"description": "", "content": {"application/json": {"schema": answer}}}}
    return without_extensions({
        **document, "openapi": "3.0.3", "info": {"title": "Pinwheel", "version": "v2025-07-08"}, "webhooks": {},
        "servers": [{"url": "https://sandbox.getpinwheel.com/v1"}], "paths": {"/things/{id}": renamed(item)},
    })  # fmt: skip


def renamed(item: Json) -> Json:
    return json.loads(json.dumps(item).replace('"thing_id"', '"id"'))


def without_extensions(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: without_extensions(value) for key, value in node.items() if not key.startswith("x-")}
    return [without_extensions(item) for item in node] if isinstance(node, list) else node


def told(root: Path, document: Json, capsys: pytest.CaptureFixture[str], *options: str, code: int) -> str:
    path = root / "vendor.yaml"
    path.write_text(yaml.safe_dump(document, sort_keys=False))
    capsys.readouterr()
    assert main(["--root", str(root), "compare", str(path), *options]) == code
    return capsys.readouterr().out


def test_what_is_only_written_otherwise_is_no_news(documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(documents, served(documents), capsys, code=0)
    assert said.startswith("OpenAPI document 2025-07-08 against spec/2025-07-08.yaml\n")
    assert " known, 0 new\n" in said
    assert "Optional fields may be null\n        They were. (observed: the test)" in said


def test_the_order_of_enums_makes_no_difference(documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = served(documents)
    shuffled = copy.deepcopy(document)
    enum = shuffled["components"]["schemas"]["ThingObjResponse"]["properties"]["colour"]["allOf"][0]["enum"]
    random.Random(4).shuffle(enum)
    assert told(documents, document, capsys, code=0) == told(documents, shuffled, capsys, code=0)


def test_what_the_document_has_and_the_spec_lacks_is_new(documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = served(documents)
    document["components"]["schemas"]["ThingObjResponse"]["properties"]["weight"] = {"type": "number"}
    del document["components"]["schemas"]["ThingObjResponse"]["properties"]["price"]
    document["paths"]["/boxes"] = {"post": {"responses": {"200": {"description": ""}}}}
    said = told(documents, document, capsys, code=1)
    assert " known, 3 new\n" in said
    assert "things.get, answer 200 data.weight\n      `data.weight` is gone" in said
    assert "POST /v1/boxes, call\n      the call is gone" in said
    line = 1 + (documents / "spec/schemas/Thing.yaml").read_text().splitlines().index(
        "  price: {description: Its price., type: integer, x-unit: minor, x-currency: currency}"
    )
    assert re.search(rf"\n +\d  spec/schemas/Thing.yaml:{line}\n      things.get, answer 200 data.price\n", said)
    data = json.loads(told(documents, document, capsys, "--json", code=1))
    assert (data["new"], data["known"] + data["new"]) == (3, data["differences"])
    assert {change["known"] for change in data["changes"] if change["path"] == "data.weight"} == {None}


def test_the_editor_opens_at_the_place(
    documents: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = served(documents)
    del document["components"]["schemas"]["ThingObjResponse"]["properties"]["price"]
    for editor, expected in (("vim", "+{line} {file}"), ("code --wait", "--goto {file}:{line}")):
        fake = documents / editor.split(maxsplit=1)[0]
        fake.write_text(f'#!/bin/sh\necho "$@" > {documents}/opened\n')
        fake.chmod(0o755)
        monkeypatch.setenv("VISUAL", f"{documents}/{editor}")
        told(documents, document, capsys, "--open", "1", code=0)
        opened = (documents / "opened").read_text().strip().removeprefix("--wait ")
        file, line = documents / "spec/schemas/Thing.yaml", 6
        assert opened == expected.format(line=line, file=file)
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR", raising=False)
    assert (
        told(documents, document, capsys, "--open", "1", code=0)
        == "spec/schemas/Thing.yaml:6 (set EDITOR to have it opened)\n"
    )
    told(documents, document, capsys, "--open", "2", code=1)


def test_a_reason_that_nothing_needs_any_more_is_told(documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = """
      - title: Nothing of the kind
        rules: [webhook-removed]
        why: Once.
        x-provenance: {confidence: stated, source: the test}
    """
    text = textwrap.dedent(KNOWN).lstrip("\n") + textwrap.indent(textwrap.dedent(more).lstrip("\n"), "  ")
    (documents / "spec/vendor/known.yaml").write_text(text)
    assert "can do without\n        Nothing of the kind\n" in told(documents, served(documents), capsys, code=0)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("why: They were.", "whi: They were.", "there is no `whi`"),
        ("why: They were.", "why: [1]", "`why` has to be text"),
        ("confidence: observed", "confidence: sure", "x-provenance names a confidence"),
        ("rules: [response-property-became-nullable]", "rules: all", "`rules` has to be a list"),
    ],
)
def test_a_broken_list_of_reasons_is_named_by_file_and_line(
    documents: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, reason: str
) -> None:
    path = documents / "spec/vendor/known.yaml"
    path.write_text(path.read_text().replace(old, new))
    (documents / "vendor.json").write_text(json.dumps(served(documents)))
    assert main(["--root", str(documents), "compare", str(documents / "vendor.json")]) == 1
    said = capsys.readouterr().err
    assert "spec/vendor/known.yaml:10: " in said
    assert reason in said


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "neither JSON nor YAML"),
        ("a: [", "neither JSON nor YAML"),
        ("a: 1", "no OpenAPI document"),
        ("paths:", "no OpenAPI document"),
        ("\xff", "cannot be read: it is not UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_document_is_refused(
    documents: Path, capsys: pytest.CaptureFixture[str], content: str | None, reason: str
) -> None:
    path = documents / "document"
    if content is not None:
        path.write_text(content, encoding="latin-1")
    assert main(["--root", str(documents), "compare", str(path)]) == 1
    assert reason in capsys.readouterr().err
    path.write_text(json.dumps(served(documents)))
    assert main(["--root", str(documents), "compare", str(path), "--against", "2020-01-01"]) == 1
    assert "there is no version 2020-01-01" in capsys.readouterr().err


@pytest.fixture
def address(documents: Path) -> Iterator[str]:
    body = json.dumps(served(documents)).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/openapi.json" else 404)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    with listening(Handler) as url:
        yield url


def test_from_an_address(documents: Path, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(documents), "compare", f"{address}/openapi.json"]) == 0
    assert " known, 0 new" in capsys.readouterr().out
    assert main(["--root", str(documents), "compare", f"{address}/nothing"]) == 1
    assert "cannot be read: HTTP Error 404" in capsys.readouterr().err


OWN = os.environ.get("PINWHEEL_DOCUMENTS", "")


@pytest.mark.skipif(not OWN, reason="PINWHEEL_DOCUMENTS names no folder with OpenAPI documents of Pinwheel")
def test_every_difference_to_the_documents_of_pinwheel_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    paths = sorted(Path(OWN).glob("openapi-*.yaml"))
    assert paths
    for path in paths:
        assert main(["--root", str(ROOT), "compare", str(path)]) == 0, capsys.readouterr().out
        total, known, new = re.search(r"(\d+) differences: (\d+) known, (\d+) new", capsys.readouterr().out).groups()  # type: ignore[union-attr]
        assert (int(total) > 1000, total, new) == (True, known, "0")
