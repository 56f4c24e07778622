"""What the built package holds and promises, read from the sources; `nox -s smoke` tries the built wheel itself."""

import re
import tomllib

import pytest

from .imports import PACKAGES, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PRODUCT = sorted(set(PACKAGES) - {"pinwheel_generator"})


def test_the_wheel_holds_the_four_packages() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert sorted(ROOT / package for package in packages) == sorted(PACKAGES[name] for name in PRODUCT)


@pytest.mark.parametrize("package", PRODUCT)
def test_a_package_tells_type_checkers_that_it_is_typed(package: str) -> None:
    assert (PACKAGES[package] / "py.typed").is_file()


def test_the_plain_install_asks_for_three_libraries() -> None:
    names = {re.split(r"[<>=\[ ]", line)[0] for line in PROJECT["project"]["dependencies"]}
    assert names == {"attrs", "httpx", "msgspec"}


def test_every_dependency_has_a_floor_and_a_cap() -> None:
    extras = PROJECT["project"]["optional-dependencies"].values()
    lines = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    own = PROJECT["project"]["name"]
    loose = [line for line in lines if not line.startswith(own) and not re.search(r">=[\d.]+,<[\d.]+$", line)]
    assert not loose


def test_every_tool_is_pinned_exactly() -> None:
    groups = PROJECT["dependency-groups"].values()
    lines = [line for group in groups for line in group if isinstance(line, str)]
    assert not [line for line in lines if "==" not in line]


def pins_of(group: str) -> set[str]:
    """The exact pins of a dependency group, those of the groups it includes among them."""
    pins: set[str] = set()
    for entry in PROJECT["dependency-groups"][group]:
        pins |= {re.sub(r"\[.*\]", "", entry)} if isinstance(entry, str) else pins_of(entry["include-group"])
    return pins


@pytest.mark.parametrize("group", sorted(set(PROJECT["dependency-groups"]) - {"pytest"}))
def test_a_lock_file_has_the_pins_of_its_group(group: str) -> None:
    locked = set(re.findall(r"^[a-z0-9][^ ;]*==[^ ;]+", (ROOT / "locks" / f"{group}.txt").read_text(), re.MULTILINE))
    assert pins_of(group) <= locked, "run nox -s lock"


@pytest.mark.parametrize("lock", sorted(path.name for path in (ROOT / "locks").glob("*.txt")))
def test_a_lock_file_is_hashed_and_names_no_address(lock: str) -> None:
    text = (ROOT / "locks" / lock).read_text()
    requirements = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert requirements
    assert not [entry.splitlines()[0] for entry in requirements if "--hash=sha256:" not in entry or "==" not in entry]
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
