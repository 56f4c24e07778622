"""One bundle → openapi-python-client's parsed models, enums and endpoints.

The parser decides what is a model, an enum, a list, a union, a date. What it drops (extensions, descriptions beside a
`$ref`, operationIds) is read from the bundle by name.
"""

from __future__ import annotations

import copy
from pathlib import Path

from openapi_python_client.config import Config, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from .source import SpecError
from .tree import Json, operations, schemas_below

CONFIG = Config(
    meta_type=MetaType.NONE,
    class_overrides={},
    project_name_override="pinwheel-api",
    package_name_override="pinwheel_api",
    package_version_override=None,
    use_path_prefixes_for_title_model_names=True,
    post_hooks=[],
    docstrings_on_attributes=False,
    field_prefix="field_",
    generate_all_tags=False,
    http_timeout=5,
    literal_enums=False,
    document_source=Path(),
    file_encoding="utf-8",
    content_type_overrides={},
    overwrite=True,
    output_path=Path("pinwheel_api"),  # names a folder in the tool's globals; nothing is written by the tool itself
)


def parse(document: Json, version: str) -> GeneratorData:
    """Parse a bundle; anything the parser would skip with a warning is an error here."""
    data = GeneratorData.from_dict(_for_the_parser(document), config=CONFIG)
    if isinstance(data, GeneratorError):
        raise SpecError([f"{version}: {data.header}: {data.detail}"])
    problems = list(data.errors)
    for collection in data.endpoint_collections_by_tag.values():
        problems += collection.parse_errors
    if problems:
        raise SpecError([f"{version}: {p.header or 'parse error'} {p.detail or ''} {p.data!r:.200}" for p in problems])
    return data


def _for_the_parser(document: Json) -> Json:
    """The bundle without what the tool has no notion of: deliveries, errors, tagged unions, conditional rules."""
    slim = copy.deepcopy(document)
    slim.pop("webhooks", None)
    for item in slim["paths"].values():
        for operation in operations(item).values():
            answers: Json = operation["responses"]
            operation["responses"] = {code: body for code, body in answers.items() if code.startswith("2")}
    wanted = schemas_below(slim, slim["paths"])
    schemas: dict[str, Json] = slim["components"]["schemas"]
    slim["components"] = {
        "schemas": {name: _slim_schema(schema) for name, schema in schemas.items() if name in wanted},
        "parameters": slim["components"].get("parameters", {}),
    }
    return slim


def _slim_schema(schema: Json) -> Json:
    if "x-one-of-required" in schema:
        schema.pop("allOf")
    for name, prop in schema.get("properties", {}).items():
        if "x-variants" in prop:
            schema["properties"][name] = {"type": "object"}
    return schema
