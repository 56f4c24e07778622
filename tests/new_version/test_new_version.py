"""A version that is added differs in nothing; one changed schema is one difference, wherever differences are told.

The generator, the product and a type checker have to be there at once: `nox -s types` has them.
"""

import json
import sys
from pathlib import Path

import pytest

from .checkout import Checkout

pytest.importorskip("openapi_python_client", reason="`nox -s types` has the generator, the product and a type checker")
pytest.importorskip("basedpyright", reason="`nox -s types` has the generator, the product and a type checker")

PAGE = Path(__file__).parents[2] / "docs" / "new-version.md"
OLD, NEW = "2025-07-08", "2027-01-15"
FIELD = "fractional_amount_supported"
USER = f"""\
from pinwheel_api.v2025_07_08 import Pinwheel

client = Pinwheel()
for result in client.search.list(q="acme"):
    print(result.name)
    print(result.{FIELD})
"""
WHY = f"""\
entries:
  - title: Search results say nothing about decimals
    breaks:
      FINGERPRINT: search.list, answer 200 data[].{FIELD}
    why: The employer or platform says it.
    do: Read it there.
    before: |
      print([result.{FIELD} for result in client.search.list(q="acme")])
    after: |
      print([platform.{FIELD} for platform in client.platforms.list()])
    x-provenance: {{confidence: inferred, source: the test}}
"""
CHANGE = f'''

class SearchResultsSayNothingOfDecimals(Change):
    """A result of a search no longer has `{FIELD}`: its employer or platform has."""

    version = "{NEW}"
    operations = frozenset({{"search.list"}})

    def older_answer(self, answer: Json) -> Json:
        """Say it once more."""
        return each(answer, lambda result: {{**result, "{FIELD}": False}})


CHANGES = (WebhookNamesItsEvents(), WebhookHasVersion(), PayoutHasNetPay(), SearchResultsSayNothingOfDecimals())
'''


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    made = Checkout(tmp_path_factory.mktemp("checkout"))
    before = made.python_lines()
    said = made.generate("new-version", NEW)
    assert f"{NEW} is there" in said
    assert made.python_lines() - before < 100  # of the 24,000 that nine versions may have
    return made


def test_a_version_that_cannot_be_next_is_refused(checkout: Checkout) -> None:
    for date, reason in (
        ("2027-1-15", "a version is a date such as 2027-01-15"),
        ("soon", "a version is a date such as 2027-01-15"),
        (NEW, f"it has to come after {NEW}"),
        ("2024-01-01", f"it has to come after {NEW}"),
    ):
        assert reason in checkout.generate("new-version", date, code=1)
    assert not (checkout.root / "spec" / "2024-01-01.yaml").exists()


def test_it_differs_in_nothing_and_everything_knows_it(checkout: Checkout) -> None:
    checkout.pytest(
        "tests/versions", "tests/sandbox/test_versions.py", "tests/changes/test_guide.py",
        "tests/docs/test_snippets.py", "-k", f"{NEW} or version",
    )  # fmt: skip
    told = checkout.told(
        "import json, pinwheel_api as p\nfrom pinwheel_cli.changes import compare\n"
        "from pinwheel_overlays.redaction import scrub\nfrom pinwheel_sandbox import Sandbox\n"
        f"old, new = p.client_class('{OLD}'), p.client_class('{NEW}')\n"
        "print(json.dumps([p.Pinwheel is new, new.version, issubclass(new, old), Sandbox().client().version,"
        f" len(compare('{OLD}', '{NEW}').changes), [v.status for v in p.VERSIONS[-2:]], scrub('{NEW}')]))"
    )
    assert told == [True, NEW, True, NEW, 0, ["accepted", "current"], NEW]
    checkout.run(
        "-m", "basedpyright", "--pythonpath", sys.executable, "generated/pinwheel_api/__init__.py",
        "generated/pinwheel_api/v2027_01_15", "sandbox/pinwheel_sandbox/sandbox.py",
    )  # fmt: skip


def test_one_changed_schema_is_one_difference(checkout: Checkout, tmp_path: Path) -> None:
    change_the_schema(checkout)
    fingerprint = refused_without_a_reason(checkout)
    checkout.write(f"spec/changes/{NEW}.yaml", WHY.replace("FINGERPRINT", fingerprint))
    checkout.generate("regenerate")

    # In the diff, the change log and the guide
    command = ("-m", "pinwheel_cli", "changes", OLD, NEW, "--json")
    (change,) = json.loads(checkout.run(*command))["changes"]
    assert (change["fingerprint"], change["rule"], change["level"]) == (
        fingerprint, "response-required-property-removed", "breaking"
    )  # fmt: skip
    assert change["owner"] == f"SearchResult.{FIELD}"
    log = json.loads(checkout.read(f"generated/changes/{NEW}.json"))
    assert [entry["title"] for entry in log["advice"]] == ["Search results say nothing about decimals"]
    guide = checkout.read(f"generated/upgrading/{OLD}_{NEW}.md")
    assert guide.count("\n### ") == 1
    assert "The employer or platform says it." in guide

    # In the types of who uses it
    (tmp_path / "program.py").write_text(USER)
    impact = json.loads(checkout.run("-m", "pinwheel_cli", "upgrade", OLD, NEW, "--code", str(tmp_path), "--json"))
    assert [(line["line"], bool(line["refused"])) for line in impact["lines"]] == [(6, True)]

    # In the test that came with the version: it says what is not as it was, until it is told
    said = checkout.pytest("tests/versions", code=1)
    assert "2 failed, 1 passed" in said
    assert "response-required-property-removed" in said
    test = "tests/versions/test_2027_01_15.py"
    label = f"search.list, answer 200 data[].{FIELD}"
    checkout.replace(test, "tuple[str, str]] = set()", f"tuple[str, str]] = {{({change['rule']!r}, {label!r})}}")
    checkout.replace(test, "OWN_MODELS: set[str] = set()", "OWN_MODELS = {'SearchResult'}")
    checkout.pytest("tests/versions")

    # In the local Pinwheel: older versions are answered as ever
    change_the_sandbox(checkout)
    told = checkout.told(
        "import json; from pinwheel_sandbox import Sandbox; sandbox = Sandbox()\n"
        f"print(json.dumps([hasattr(sandbox.client(v).search.list(q='acme').first(), '{FIELD}')"
        f" for v in ('2021-04-29', '{OLD}', '{NEW}')]))"
    )
    assert told == [True, True, False]
    checkout.pytest("tests/versions", "tests/sandbox/test_versions.py")


def change_the_schema(checkout: Checkout) -> None:
    """As docs/new-version.md tells: each changed file, and each that refers to it, gets a name with the date."""
    schema = checkout.read("spec/schemas/SearchResult.yaml")
    lines = schema.splitlines(keepends=True)
    at = lines.index(f"  {FIELD}:\n")
    end = next(i for i in range(at + 1, len(lines)) if not lines[i].startswith("    "))
    without = "".join([*lines[:at], *lines[end:]]).replace(f"  - {FIELD}\n", "")
    checkout.write(f"spec/schemas/SearchResult.{NEW}.yaml", without)
    call = checkout.read("spec/paths/search.yaml").replace("SearchResult.yaml", f"SearchResult.{NEW}.yaml")
    checkout.write(f"spec/paths/search.{NEW}.yaml", call)
    checkout.replace(f"spec/{NEW}.yaml", "paths/search.yaml", f"paths/search.{NEW}.yaml")


def refused_without_a_reason(checkout: Checkout) -> str:
    said = checkout.generate("check", code=1)
    assert "1 problem(s)" in said
    (line,) = [line for line in said.splitlines() if "nothing explains" in line]
    assert line.startswith(f"spec/changes/{NEW}.yaml:")
    fingerprint, _, label = line.split("`")[1].partition(": ")
    assert label == f"search.list, answer 200 data[].{FIELD}"
    assert f"{fingerprint}: {label}" in PAGE.read_text(encoding="utf-8")
    return fingerprint


def change_the_sandbox(checkout: Checkout) -> None:
    handlers = "sandbox/pinwheel_sandbox/handlers/catalogue.py"
    before, result = checkout.read(handlers).split("    return SearchResult(")
    assert FIELD in result
    line = next(line for line in result.splitlines(keepends=True) if FIELD in line)
    checkout.write(handlers, f"{before}    return SearchResult({result.replace(line, '')}")
    faces = "sandbox/pinwheel_sandbox/faces/workspace_changes.py"
    text = checkout.read(faces)
    checkout.write(faces, text[: text.index("\n\nCHANGES = ")] + CHANGE)
