"""An OpenAPI document from a file or the web, with its paths as they are called."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import yaml

from pinwheel_generator.source import SpecError
from pinwheel_generator.tree import Json, is_list, is_mapping

_LIMIT = 50 * 1024 * 1024
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_document(source: str) -> Json:
    """The document at a path, or at an https:// address."""
    text = _fetch(source) if source.startswith(("https://", "http://")) else _read(Path(source))
    try:
        found: object = json.loads(text) if text.lstrip().startswith("{") else yaml.load(text, Loader=_LOADER)  # noqa: S506 - safe ones only
    except (ValueError, yaml.YAMLError) as error:
        raise SpecError([f"{source} is neither JSON nor YAML: {error}"]) from None
    if not is_mapping(found) or not is_mapping(found.get("paths")):
        raise SpecError([f"{source} is no OpenAPI document: it has no paths"])
    return as_called(found)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SpecError([f"{path} cannot be read: {error.strerror}"]) from None
    except UnicodeDecodeError:
        raise SpecError([f"{path} cannot be read: it is not UTF-8"]) from None


def _fetch(url: str) -> str:
    request = urllib.request.Request(url, headers={"accept": "application/json"})  # noqa: S310 - http(s) only, see above
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return cast(bytes, answer.read(_LIMIT)).decode()
    except (OSError, ValueError) as error:
        raise SpecError([f"{url} cannot be read: {error}"]) from None


def as_called(document: Json) -> Json:
    """With the path of the servers before each path: both ways to write an address mean the same."""
    servers = document.get("servers")
    urls = [str(server.get("url", "")) for server in servers if is_mapping(server)] if is_list(servers) else []
    # A document that names no server is one of Pinwheel's: all of its paths are below /v1.
    prefix = urlsplit(urls[0]).path.rstrip("/") if urls else "/v1"
    paths = {path if path.startswith("/v1/") else f"{prefix}{path}": item for path, item in document["paths"].items()}
    hosts = [{"url": url.removesuffix(prefix) if prefix else url} for url in urls]
    return {**document, "paths": paths, "servers": hosts}


def version_of(document: Json) -> str:
    """`2025-07-08`, also where it is written `v2025-07-08`."""
    info = document.get("info")
    return str(info.get("version", "")).removeprefix("v") if is_mapping(info) else ""
