"""Who may import whom: cli -> sandbox -> pinwheel_api -> pinwheel_overlays -> httpx, attrs, msgspec."""

import subprocess
import sys
import tomllib

import pytest

from .imports import PACKAGES, ROOT, imports_of

PLAIN_LIBRARIES = {"attr", "attrs", "httpx", "msgspec"}

# What a package may import of the project and of the plain install. Libraries of an extra are named by EXTRAS.
ALLOWED = {
    "pinwheel_overlays": PLAIN_LIBRARIES,
    "pinwheel_api": {"attr", "attrs", "msgspec", "pinwheel_overlays"},
    "pinwheel_sandbox": {*PLAIN_LIBRARIES, "pinwheel_api", "pinwheel_overlays"},
    "pinwheel_cli": {*PLAIN_LIBRARIES, "pinwheel_api", "pinwheel_overlays", "pinwheel_sandbox"},
}
EXTRAS = {
    "pinwheel_overlays": {"redis", "otel", "postgres", "django"},
    "pinwheel_api": set[str](),
    "pinwheel_sandbox": {"sandbox"},
    "pinwheel_cli": {"sandbox", "cli", "export"},
}
# The plugin of pytest is imported by pytest alone, so whoever does that has it.
PYTEST_PLUGIN = PACKAGES["pinwheel_sandbox"] / "pytest_plugin.py"
IMPORT_NAMES = {"opentelemetry-api": "opentelemetry", "pyyaml": "yaml"}


def libraries_of(extras: set[str]) -> set[str]:
    """The import names of what pyproject.toml lists for some extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    requirements = {line for extra in extras for line in project["optional-dependencies"][extra]}
    names = {line.partition(">")[0].partition("[")[0].strip() for line in requirements}
    return {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names}


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    allowed = sys.stdlib_module_names | ALLOWED[package] | libraries_of(EXTRAS[package]) | {package}
    found = [
        str(item)
        for item in imports_of(package)
        if item.top not in allowed and (item.path, item.top) != (PYTEST_PLUGIN, "pytest")
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_the_product_does_not_know_the_generator(package: str) -> None:
    assert not [str(item) for item in imports_of(package) if item.top == "pinwheel_generator"]


def test_the_generator_knows_nothing_of_the_product_but_how_to_compare_documents() -> None:
    product = set(PACKAGES) - {"pinwheel_generator"}
    found = [item for item in imports_of("pinwheel_generator") if item.top in product]
    assert not [str(item) for item in found if not f"{item.module}.".startswith("pinwheel_cli.changes.")]


def test_comparing_documents_loads_nothing_but_the_standard_library() -> None:
    loaded = {name.partition(".")[0] for name in loaded_by("import pinwheel_cli.changes")}
    assert loaded - sys.stdlib_module_names <= {"pinwheel_cli"}


def test_only_the_transport_imports_the_http_library() -> None:
    importers = {item.path.name for item in imports_of("pinwheel_overlays") if item.top == "httpx"}
    assert importers <= {"transport.py"}


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after some code, without those it starts with."""
    script = f"import sys; before = set(sys.modules)\n{code}\nprint(*set(sys.modules) - before, sep='\\n')"
    answer = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(answer.stdout.split())


def test_importing_the_package_loads_next_to_nothing() -> None:
    # Without site, whose path entries may have loaded the expensive modules before us.
    paths = [str(PACKAGES[name].parent) for name in ("pinwheel_api", "pinwheel_overlays")]
    script = f"import sys; sys.path += {paths}; import pinwheel_api; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-S", "-c", script], check=True, capture_output=True, text=True)
    assert not {"typing", "re", "enum", "dataclasses"} & set(answer.stdout.split())


def test_importing_the_package_loads_no_library_and_no_model() -> None:
    loaded = loaded_by("import pinwheel_api")
    assert not {name.partition(".")[0] for name in loaded} & PLAIN_LIBRARIES
    assert not {name for name in loaded if name.startswith(("pinwheel_api._models.", "pinwheel_api._resources."))}


@pytest.mark.parametrize("module", ["pinwheel_overlays", "pinwheel_api.v2025_07_08", "pinwheel_api.v2021_04_29"])
def test_importing_a_version_loads_no_library_and_no_model(module: str) -> None:
    loaded = loaded_by(f"import {module}")
    assert not {name.partition(".")[0] for name in loaded} & PLAIN_LIBRARIES
    assert not {name for name in loaded if name.startswith("pinwheel_api._models.")}


def test_a_client_loads_the_http_library_only_when_it_sends() -> None:
    loaded = loaded_by("from pinwheel_api import Pinwheel; Pinwheel(api_secret='secret').accounts")
    assert "httpx" not in {name.partition(".")[0] for name in loaded}


def test_one_version_does_not_load_another() -> None:
    loaded = loaded_by("from pinwheel_api.v2023_11_22 import Pinwheel; Pinwheel(api_secret='secret').accounts.paystubs")
    assert {name.split(".")[1] for name in loaded if name.startswith("pinwheel_api.v")} == {"v2023_11_22"}
