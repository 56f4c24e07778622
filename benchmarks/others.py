"""What other generators make of the same OpenAPI document, made when it is needed and kept in .cache/."""

import hashlib
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "generated" / "openapi" / "2025-07-08.json"
CACHE = ROOT / ".cache" / "benchmarks"

Decode = Callable[[bytes], Any]


def stock_client() -> Decode:
    """openapi-python-client with its own templates: bytes to the model of the answer, as its calls do it."""
    folder = _made("stock", "openapi-python-client", _make_stock)
    sys.path.insert(0, str(folder))
    (call,) = (folder / "stock").rglob("accounts_paystubs_list.py")
    name = ".".join(("stock", *call.relative_to(folder / "stock").with_suffix("").parts))
    answer = re.search(r"response_200 = (\w+)\.from_dict", call.read_text())
    if answer is None:
        raise LookupError(f"{call} does not say how it decodes its answer")
    from_dict = getattr(importlib.import_module(name), answer[1]).from_dict
    return lambda body: from_dict(json.loads(body))


def pydantic_models() -> Decode:
    """pydantic 2 models by datamodel-code-generator, decoded by pydantic's own JSON parser."""
    import pydantic

    folder = _made("pydantic", "datamodel-code-generator", _make_pydantic)
    sys.path.insert(0, str(folder))
    paystub = importlib.import_module("pydantic_models").Paystub
    page = pydantic.create_model("Page", meta=dict[str, Any], data=list[paystub])
    return page.model_validate_json


def _made(name: str, tool: str, make: Callable[[Path, Path], None]) -> Path:
    """A folder that `make` filled from our document, made again when the document or the tool has changed."""
    document = json.dumps(_with_closed_enums(json.loads(DOCUMENT.read_text())), indent=1)
    key = hashlib.sha256(f"{tool} {metadata.version(tool)} {document}".encode()).hexdigest()[:16]
    folder = CACHE / f"{name}-{key}"
    done = folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / "openapi.json"
        source.write_text(document)
        make(source, folder)
        done.touch()
    return folder


def _make_stock(document: Path, folder: Path) -> None:
    settings = folder / "settings.json"
    settings.write_text(json.dumps({"post_hooks": []}))
    arguments = ["--path", document, "--config", settings, "--output-path", folder / "stock", "--overwrite"]
    _run("openapi_python_client", "generate", "--meta", "none", *arguments)


def _make_pydantic(document: Path, folder: Path) -> None:
    arguments = ["--input", document, "--input-file-type", "openapi", "--output", folder / "pydantic_models.py"]
    options = ["--output-model-type", "pydantic_v2.BaseModel", "--target-python-version", "3.11", "--disable-timestamp"]
    _run("datamodel_code_generator", *arguments, *options)


def _run(module: str, *arguments: object) -> None:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{finished.stdout}{finished.stderr}")


def _with_closed_enums(node: Any) -> Any:
    """The document without the free string beside each enum.

    Our documents say `anyOf: [enum, string]` because the service may send a value of tomorrow. Other generators try
    the two in turn, which costs them time; closed enums are their faster case, at the price of failing on a new value.
    """
    if isinstance(node, list):
        return [_with_closed_enums(item) for item in node]
    if not isinstance(node, dict):
        return node
    closed = {key: _with_closed_enums(value) for key, value in node.items()}
    choices = closed.get("anyOf")
    if choices and any("$ref" in choice for choice in choices):
        closed["anyOf"] = [choice for choice in choices if choice != {"type": "string"}]
    return closed
