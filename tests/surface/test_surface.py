"""What breaks the package for those who use it is found, and passes only when a fragment names it."""

import json
import shutil
from pathlib import Path

import pytest

pytest.importorskip("griffe", reason="`nox -s lint` has griffe")

from noxtasks.breakages import broken
from noxtasks.surface import STORED, main
from noxtasks.surface_reading import Surface, read_surface

ROOT = Path(__file__).parents[2]
GET = "def get(self, account_id: str)"
MODELS, INCOME = "generated/pinwheel_api/_models", "generated/pinwheel_api/_resources/accounts_income.py"


@pytest.fixture(scope="session")
def surface() -> Surface:
    return read_surface(ROOT)


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is, stored as that of a release."""
    root = tmp_path_factory.mktemp("released")
    for folder in ("generated/pinwheel_api", "overlays/pinwheel_overlays"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "changelog.d").mkdir()
    assert main(["--root", str(root), "--release", "9.9.9"]) == 0
    assert main(["--root", str(root)]) == 0
    return root


@pytest.fixture
def checkout(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "checkout"))


def replace(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def test_what_users_name_is_there(surface: Surface) -> None:
    for name, line in (
        ("pinwheel_api.v2025_07_08.Job", "id: str"),
        ("pinwheel_api.v2021_04_29.LinkToken", "expires: int"),
        ("pinwheel_api.v2023_11_22.events.DirectDepositSwitchAdded", "payload: DirectDepositSwitchPayload"),
        ("pinwheel_api.v2025_07_08.link.LinkSuccess", "eventName: str"),
        ("pinwheel_api.v2025_07_08.Mode", "SANDBOX = 'sandbox'"),
        ("pinwheel_api.v2025_07_08.Paystub", "net_pay: Money"),
    ):
        assert name in surface
        if "link" not in name:
            assert line in surface[name], name
    calls = surface["pinwheel_api.v2025_07_08.Pinwheel.accounts.paystubs"]
    assert any(line.startswith("def list(self, account_id: str, *, ") for line in calls)
    assert any(line.startswith("def __init__(self, ") for line in surface["pinwheel_api.RetryPolicy"])
    assert any(line.startswith("def __init__(self, ") for line in surface["pinwheel_api.v2025_07_08.AsyncPinwheel"])
    assert "pinwheel_api.LiftError" in surface


def test_two_versions_beside_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(ROOT), "v2023_11_22", "v2025_07_08"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "Pinwheel.link_tokens.create: required_jobs: Parameter was removed" in said
    assert "Pinwheel.link_tokens.create: solution: Parameter was added as required" in said
    assert "LinkTokenCreate.required_jobs: is gone" in said
    assert len(said) < 10
    assert not list(broken({}, {"new": ("id: str",)}))


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (f"{MODELS}/account.py", "    connected: bool\n", "", "v2025_07_08.Account.connected: is gone"),
        (f"{MODELS}/account.py", "    connected: bool\n", "    connected: str\n", "connected: is `connected: str`"),
        (f"{MODELS}/mode.py", '"sandbox"', '"sand"', "Mode.SANDBOX: is `SANDBOX = 'sand'`"),
        (
            INCOME, GET, "def get(self, account_id: str, when: str)",
            "Pinwheel.accounts.income.get: when: Parameter was added as required",
        ),
        (
            INCOME, GET, "def get(self, account_id: int)",
            "Pinwheel.accounts.income.get: account_id takes int, took str",
        ),
        (INCOME, "-> Income:", "-> Account:", "income.get: returns Account, returned Income"),
        (
            "overlays/pinwheel_overlays/retry.py", "max_retries: int", "tries: int",
            "pinwheel_api.RetryPolicy.__init__: max_retries: Parameter was removed",
        ),
    ],
)  # fmt: skip
def test_what_breaks_is_refused_until_a_fragment_names_it(
    checkout: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, told: str
) -> None:
    arguments = ["--root", str(checkout)]
    replace(checkout, file, old, new)
    capsys.readouterr()
    assert main(arguments) == 1
    said = capsys.readouterr().out
    assert told in said
    names = {line.partition(": ")[0] for line in said.splitlines() if line.startswith("pinwheel_api.")}
    short = {".".join(name.split(".")[-2:]) for name in names}
    (checkout / "changelog.d" / "other.breaking.md").write_text("Not `Thing.this` but another.\n")
    (checkout / "changelog.d" / "12.breaking.md").write_text(" and ".join(f"`{name}`" for name in sorted(short)))
    assert main(arguments) == 0


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (f"{MODELS}/account.py", "    connected: bool\n", "    connected: bool\n    more: str | None = None\n"),
        (
            INCOME,
            GET,
            "def get(self, account_id: str, *, x: int = 1)",
        ),
        (f"{MODELS}/account.py", "    id: str\n", '    id: str = ""\n'),
        (f"{MODELS}/account.py", "Whether", "If"),
    ],
)
def test_what_is_compatible_needs_no_fragment(checkout: Path, file: str, old: str, new: str) -> None:
    if old in (checkout / file).read_text():
        replace(checkout, file, old, new)
    assert main(["--root", str(checkout)]) == 0


def test_the_stored_surface_is_that_of_a_release() -> None:
    stored = json.loads((ROOT / STORED).read_text(encoding="utf-8"))
    about = (ROOT / "overlays/pinwheel_overlays/about.py").read_text(encoding="utf-8")
    assert stored["release"] in about
