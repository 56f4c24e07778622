"""A client in another language: made from a document, compiled, and sent through a plan."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from .tools import need, run

_SOURCES = Path(__file__).parent
_OPTIONS = {
    "annotationLibrary": "none",
    "apiPackage": "pinwheel.api",
    # A list that is not set is not sent, instead of an empty one, which would take all its events from a webhook.
    "containerDefaultToNull": "true",
    "documentationProvider": "none",
    "hideGenerationTimestamp": "true",
    "invokerPackage": "pinwheel",
    "modelPackage": "pinwheel.model",
    "openApiNullable": "false",
    "useJakartaEe": "true",
}

PROGRAMS = {"node": "npm", "npm": "npm", "javac": "default-jdk-headless", "java": "default-jdk-headless"}
"""What has to be there, and the package that brings it."""

Build = Callable[[Path, Path], Callable[[Path], str]]
"""From a document and an empty folder to what takes a plan and gives back what the client prints."""


def _found(*programs: str) -> list[str]:
    return [need(program, PROGRAMS[program]) for program in programs]


def typescript(document: Path, folder: Path) -> Callable[[Path], str]:
    """Openapi-ts with zod, which checks every answer; compiled as strictly as tsc can."""
    node, npm = _found("node", "npm")
    shutil.copytree(_SOURCES / "typescript", folder, dirs_exist_ok=True)
    run([npm, "ci", "--no-audit", "--no-fund"], folder)
    programs = folder / "node_modules" / ".bin"
    run([programs / "openapi-ts"], folder, {"DOCUMENT": str(document)})
    run([programs / "tsc"], folder)
    return lambda plan: run([node, folder / "out" / "drive.js", plan], folder)


def java(document: Path, folder: Path) -> Callable[[Path], str]:
    """openapi-generator with the HTTP client of Java and Jackson, which refuses what a document does not name."""
    compiler, machine = _found("javac", "java")
    wanted = _SOURCES / "java" / "requirements.txt"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
    run([*pip, "--target", folder / "tools", "-r", wanted], folder)
    [archive] = folder.glob("tools/openapi_generator_cli/*.jar")
    options = ",".join(f"{name}={value}" for name, value in _OPTIONS.items())
    generate = [machine, "-jar", archive, "generate", "-g", "java", "--library", "native", "-i", document]
    run([*generate, "-o", "client", "--additional-properties", options], folder)
    main = folder / "client" / "src" / "main" / "java"
    sources = sorted([*main.rglob("*.java"), *(_SOURCES / "java").rglob("*.java")])
    run([compiler, "-nowarn", "-parameters", "-d", "out", "-cp", archive, *sources], folder)
    apis = main / "pinwheel" / "api"
    return lambda plan: run([machine, "-cp", f"out:{archive}", "Drive", "pinwheel", plan, apis], folder)


CLIENTS: dict[str, tuple[str, Build]] = {
    "TypeScript": ("openapi-ts 0.99.0, answers checked by zod", typescript),
    "Java": ("openapi-generator 7.14.0, strict Jackson", java),
}
