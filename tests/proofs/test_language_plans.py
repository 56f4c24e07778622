"""The plan for clients of other languages, taken with bare HTTP: each step is answered as the plan says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from pinwheel_sandbox import SandboxProcess

from proofs.language_parts.plans import plan, prepare
from proofs.other_languages import DOCUMENTS, VERSIONS

LANGUAGES = Path(__file__).parents[2] / "proofs" / "language_parts"


@pytest.fixture(scope="module")
def process() -> Iterator[SandboxProcess]:
    with SandboxProcess() as started:
        yield started


@pytest.mark.parametrize("version", VERSIONS)
def test_every_step_is_answered_as_planned(process: SandboxProcess, version: str) -> None:
    written = plan(json.loads((DOCUMENTS / f"{version}.json").read_text()), process, prepare(process))
    kept: dict[str, str] = {}
    with httpx.Client(base_url=process.url, timeout=30) as client:
        for step in written["steps"]:
            method, _, template = step["call"].partition(" ")
            given = {name: _filled(value, kept) for name, value in step["arguments"].items()}
            header = given.pop("Pinwheel-Version")
            path = {name: quote(given.pop(name), safe="") for name in step["in_path"]}
            opened = {"authorization": f"Bearer {kept[step['bearer']]}"} if "bearer" in step else {}
            answer = client.request(
                method,
                template.format(**path),
                params=given,
                json=_filled(step["body"], kept),
                headers={"x-api-secret": process.secret, "Pinwheel-Version": header, **opened},
            )
            assert answer.status_code == step["status"], f"{step['call']}: {answer.text}"
            for name, pointer in step["keep"].items():
                kept[name] = _at(answer.json(), pointer)


def _filled(value: object, kept: dict[str, str]) -> Any:
    text = json.dumps(value)
    for name, found in kept.items():
        text = text.replace(json.dumps(f"${name}"), json.dumps(found))
    return json.loads(text)


def _at(document: Any, pointer: str) -> str:
    for name in pointer.split("/")[1:]:
        document = document[int(name) if name.isdigit() else name]
    return document


def test_what_the_page_and_the_proof_name_is_pinned() -> None:
    package = json.loads((LANGUAGES / "typescript" / "package.json").read_text())
    lock = json.loads((LANGUAGES / "typescript" / "package-lock.json").read_text())
    assert package["devDependencies"] == lock["packages"][""]["devDependencies"]
    assert not any(wanted[0] in "^~*" for wanted in package["devDependencies"].values())
    proof = (LANGUAGES / "clients.py").read_text()
    assert f"openapi-ts {package['devDependencies']['@hey-api/openapi-ts']}" in proof
    generator = (LANGUAGES / "java" / "requirements.txt").read_text().split("==")[1].split()[0]
    assert f"openapi-generator {generator}" in proof
    page = (LANGUAGES.parents[1] / "docs" / "other-languages.md").read_text()
    assert f"openapi-generator-cli=={generator}" in page
