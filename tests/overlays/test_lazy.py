import subprocess
import sys
from pathlib import Path

import pinwheel_overlays
import pytest
from pinwheel_overlays.lazy import lazy_exports

LIGHT = [
    "pinwheel_overlays",
    "pinwheel_overlays.async_core",
    "pinwheel_overlays.auth",
    "pinwheel_overlays.client",
    "pinwheel_overlays.core",
    "pinwheel_overlays.enums",
    "pinwheel_overlays.errors",
    "pinwheel_overlays.lazy",
    "pinwheel_overlays.money",
    "pinwheel_overlays.operation",
    "pinwheel_overlays.pagination",
    "pinwheel_overlays.resource",
    "pinwheel_overlays.retry",
    "pinwheel_overlays.transport",
    "pinwheel_overlays.wire",
]


def loaded_by(code: str) -> set[str]:
    """Run code in a new interpreter and return the heavy libraries that are loaded at the end."""
    probe = f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    result = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    return set(result.stdout.split()) & {"httpx", "attr", "attrs", "msgspec", "asyncio", "ssl"}


@pytest.mark.parametrize("module", LIGHT)
def test_importing_loads_no_library(module: str) -> None:
    assert loaded_by(f"import {module}") == set()


def test_making_a_client_loads_no_library() -> None:
    assert (
        loaded_by(
            "from pinwheel_overlays import ClientBase, AsyncClientBase\n"
            "class Shop(ClientBase): version = '2025-07-08'\n"
            "class AsyncShop(AsyncClientBase): version = '2025-07-08'\n"
            "Shop('secret'); AsyncShop('secret')"
        )
        == set()
    )


def test_httpx_is_loaded_by_the_first_request_and_not_by_a_transport_of_the_caller() -> None:
    call = (
        "from tests.overlays.shop import Shop\n"
        "from tests.overlays.harness import SyncScript, answer, widget\n"
        "assert Shop('secret', transport=SyncScript(answer(widget()))).widgets.get('w').id == 'w1'"
    )
    assert "httpx" not in loaded_by(call)
    assert "httpx" in loaded_by(
        "from tests.overlays.shop import Shop\n"
        "shop = Shop('secret', base_url='http://127.0.0.1:9', max_retries=0)\n"
        "try: shop.widgets.get('w')\n"
        "except Exception as error: assert type(error).__name__ == 'APIConnectionError', error"
    )


def test_every_public_name_resolves() -> None:
    for name in pinwheel_overlays.__all__:
        assert getattr(pinwheel_overlays, name) is not None
    assert set(pinwheel_overlays.__all__) <= set(dir(pinwheel_overlays))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = pinwheel_overlays.Nothing  # type: ignore[attr-defined]


def test_every_module_lists_its_public_names() -> None:
    import importlib

    for file in Path(pinwheel_overlays.__file__).parent.glob("*.py"):
        module = importlib.import_module(
            f"pinwheel_overlays.{file.stem}" if file.stem != "__init__" else "pinwheel_overlays"
        )
        for name in module.__all__:
            assert hasattr(module, name), (file.stem, name)


def test_targets_may_name_a_module_or_an_attribute() -> None:
    package = __name__.rpartition(".")[0]
    get, names = lazy_exports(package, {"Script": ".harness", "Other": ".harness:Script", "shop": ".shop:"})
    from . import harness, shop

    assert get("Script") is get("Other") is harness.Script
    assert get("shop") is shop
    assert {"Script", "Other", "shop"} <= set(names())
