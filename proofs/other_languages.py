"""Clients that other generators make in other languages do everything on the sandbox, and refuse nothing it answers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from pinwheel_sandbox import SandboxProcess

from .language_parts.clients import CLIENTS, PROGRAMS
from .language_parts.plans import plan, prepare
from .language_parts.tools import need
from .page import Row

DOCUMENTS = Path(__file__).parents[1] / "generated" / "openapi"
VERSIONS = ("2025-07-08", "2023-11-22")


def prove(tell: Callable[[str], None]) -> list[Row]:
    """Every operation of two versions, every list to its end, errors, and a delivery with its signature checked."""
    rows: list[Row] = [("language", "client", "version", "operations", "steps", "requests", "refused or otherwise")]
    refused: list[str] = []
    for program, package in PROGRAMS.items():
        need(program, package)
    for language, (made, build) in CLIENTS.items():
        for version in VERSIONS:
            document = DOCUMENTS / f"{version}.json"
            with tempfile.TemporaryDirectory() as name, SandboxProcess() as sandbox:
                take = build(document, Path(name))
                written = plan(json.loads(document.read_text()), sandbox, prepare(sandbox))
                (path := Path(name, "plan.json")).write_text(json.dumps(written))
                lines = [json.loads(line) for line in take(path).splitlines()]
            if len(lines) != len(written["steps"]) + 1:
                raise AssertionError(f"{language} took {len(lines)} steps of {len(written['steps']) + 1}")
            bad = [
                f"{language} {version} {line['operation']}: {line['refused']}" for line in lines if "refused" in line
            ]
            refused += bad
            operations = len({step["operation"] for step in written["steps"]})
            requests = sum(line["calls"] for line in lines)
            rows.append((language, made, version, operations, len(lines), requests, len(bad)))
            tell(f"{language} {version}: {operations} operations, {requests} requests, {len(bad)} refused")
    if refused:
        raise AssertionError("\n".join(refused))
    return rows
