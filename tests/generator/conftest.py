"""A spec small enough to break on purpose."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

import pytest
from pinwheel_generator.__main__ import main

FILES = {
    "versions.yaml": """
        versions:
          - {version: 2023-11-22, status: accepted, summary: The older one.}
          - {version: 2025-07-08, status: current, summary: The newer one.}
        """,
    "headers/Pinwheel-Version.yaml": "{description: The version., schema: {type: string}}",
    "headers/x-pinwheel-request-id.yaml": "{description: The id., schema: {type: string}}",
    "parameters/PinwheelVersion.yaml": """
        name: Pinwheel-Version
        in: header
        required: true
        description: The version.
        schema: {type: string}
        """,
    "responses/Error.yaml": """
        description: Refused.
        headers:
          Pinwheel-Version: {$ref: ../headers/Pinwheel-Version.yaml}
          x-pinwheel-request-id: {$ref: ../headers/x-pinwheel-request-id.yaml}
        """,
    "schemas/Colour.yaml": """
        description: A colour.
        type: string
        enum: [red, "no", blue]
        x-provenance: {confidence: stated, source: the test}
        """,
    "schemas/Thing.yaml": """
        description: A thing.
        type: object
        required: [id, price, currency]
        properties:
          id: {description: Its id., type: string, format: uuid}
          price: {description: Its price., type: integer, x-unit: minor, x-currency: currency}
          currency: {description: Its currency., type: string}
          colour:
            description: Its colour.
            anyOf: [{$ref: Colour.yaml}, {type: "null"}]
        x-provenance: {confidence: stated, source: the test}
        """,
    "events/webhooks.yaml": """
        title: AnyWebhookEvent
        description: Every event.
        oneOf: [{$ref: ThingAdded.yaml}, {$ref: ThingRemoved.yaml}]
        """,
    "events/link.yaml": """
        title: AnyLinkEvent
        description: Every event of Link.
        oneOf: [{$ref: LinkOpen.yaml}]
        """,
    "events/ThingAdded.yaml": """
        description: A thing was added.
        type: object
        required: [event, payload]
        properties:
          event: {description: Its name., type: string, const: thing.added}
          payload: {description: What happened., $ref: ThingPayload.yaml}
        x-provenance: {confidence: stated, source: the test}
        """,
    "events/ThingRemoved.yaml": """
        description: A thing was removed.
        type: object
        required: [event, payload]
        properties:
          event: {description: Its name., type: string, const: thing.removed}
          payload: {description: What happened., $ref: ThingPayload.yaml}
        x-provenance: {confidence: stated, source: the test}
        """,
    "events/ThingPayload.yaml": """
        description: What happened.
        type: object
        required: [at]
        properties:
          at: {description: When., type: string, format: date-time}
          from: {description: Where from., type: [string, "null"]}
          colour: {description: Its colour., anyOf: [{$ref: ../schemas/Colour.yaml}, {type: "null"}]}
        x-provenance: {confidence: stated, source: the test}
        """,
    "events/LinkOpen.yaml": """
        description: Link was opened.
        type: object
        required: [eventName]
        properties:
          eventName: {description: Its name., type: string, const: open}
        x-provenance: {confidence: stated, source: the test}
        """,
    "paths/things.yaml": """
        get:
          operationId: things.get
          tags: [Things]
          summary: Get a thing
          description: By its id.
          x-idempotent: true
          x-provenance: {confidence: stated, source: the test}
          parameters:
            - {$ref: ../parameters/PinwheelVersion.yaml}
            - {name: thing_id, in: path, required: true, description: The thing., schema: {type: string}}
            - {name: colour, in: query, description: Only this colour., schema: {$ref: ../schemas/Colour.yaml}}
          responses:
            "200":
              description: ok
              headers:
                Pinwheel-Version: {$ref: ../headers/Pinwheel-Version.yaml}
                x-pinwheel-request-id: {$ref: ../headers/x-pinwheel-request-id.yaml}
              content:
                application/json:
                  schema:
                    type: object
                    required: [data]
                    properties:
                      data: {$ref: ../schemas/Thing.yaml}
            "400": {$ref: ../responses/Error.yaml}
            "401": {$ref: ../responses/Error.yaml}
            "403": {$ref: ../responses/Error.yaml}
            "404": {$ref: ../responses/Error.yaml}
            "429": {$ref: ../responses/Error.yaml}
            "5XX": {$ref: ../responses/Error.yaml}
        """,
}
DOCUMENT = """
openapi: 3.1.0
info: {title: Pinwheel, version: "DATE"}
servers: [{url: https://sandbox.getpinwheel.com}]
security: [{apiSecret: []}]
tags: [{name: Things, description: Things.}]
paths:
  /v1/things/{thing_id}: {$ref: paths/things.yaml}
components:
  securitySchemes:
    apiSecret: {type: apiKey, in: header, name: x-api-secret}
"""


def write(root: Path, name: str, text: str) -> None:
    path = root / "spec" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with a spec of one operation in two versions, and what the generator makes of it."""
    root = tmp_path_factory.mktemp("small")
    for name, text in FILES.items():
        write(root, name, text)
    for version in ("2023-11-22", "2025-07-08"):
        write(root, f"{version}.yaml", DOCUMENT.replace("DATE", version))
    assert main(["--root", str(root), "regenerate"]) == 0
    return root


@pytest.fixture
def small(made: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    return Path(shutil.copytree(made, tmp_path / "checkout"))
