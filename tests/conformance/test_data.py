"""The case files: valid, closed against typing errors, and about every call of the spec."""

from copy import deepcopy
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from jsonschema import Draft202012Validator

from .runner import format as case_format
from .runner.format import CaseFile, Strict
from .runner.load import CASES, FOLDER, MUST_FAIL, VERSIONS, arguments_of, load, operations, read_json, versions_of

FILES = sorted([*CASES.glob("*.json"), *MUST_FAIL.glob("*.json")])
SCHEMA: dict[str, Any] = read_json(FOLDER / "schema.json")
# The annotations of jsonschema are not complete.
VALIDATOR: Any = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
ALL = [case for _, file in load(CASES) for case in file.cases]


def test_there_are_cases() -> None:
    # Far from the number there is: a folder that is not found must not pass as no failure.
    assert len(ALL) >= 120
    assert len(VERSIONS) == 9


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_file_is_valid(path: Path) -> None:
    errors = VALIDATOR.iter_errors(read_json(path))
    found = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in errors]
    assert not found, "\n".join(found)
    assert read_json(path)["category"] == path.stem


def test_schema_is_closed() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    objects = {name: each for name, each in SCHEMA["$defs"].items() if "properties" in each}
    assert len(objects) > 15
    assert [name for name, each in objects.items() if each.get("additionalProperties") is not False] == []


def _structs() -> dict[str, type[Strict]]:
    found = {name: getattr(case_format, name) for name in case_format.__all__}
    return {name: each for name, each in found.items() if isinstance(each, type) and issubclass(each, Strict)}


@pytest.mark.parametrize("name", sorted(_structs()))
def test_schema_and_runner_know_the_same_keys(name: str) -> None:
    fields = msgspec.structs.fields(_structs()[name])
    schema = SCHEMA["$defs"][name]
    assert {field.encode_name for field in fields} == schema["properties"].keys()
    assert {field.encode_name for field in fields if field.required} == set(schema.get("required", ()))


def _objects(tree: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Paths of all objects of a file."""
    inside: list[tuple[str | int, Any]] = []
    if isinstance(tree, dict):
        inside = list(cast("dict[str | int, Any]", tree).items())
    elif isinstance(tree, list):
        inside = list(enumerate(cast("list[Any]", tree)))
    below = [found for step, item in inside for found in _objects(item, (*path, step))]
    return [path, *below] if isinstance(tree, dict) else below


# Below these keys anything may stand: data of the API, and maps by header, parameter or pointer.
OPEN = {"json", "arguments", "headers", "environment", "value", "classes", "query", "body", "body_at"}


def test_misspelled_key_is_refused_everywhere() -> None:
    file = read_json(CASES / "personal-data.json")
    # The first case of a kind stands for the others.
    file["cases"] = file["cases"][:3] + file["cases"][-6:-3]
    places = [path for path in _objects(file) if not OPEN.intersection(map(str, path))]
    assert len(places) > 40
    for path in places:
        changed: Any = deepcopy(file)
        inner = changed
        for step in path:
            inner = inner[step]
        inner["respones"] = 1
        assert not VALIDATOR.is_valid(changed), path
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(changed, CaseFile)


def test_names_are_unique() -> None:
    names = [case.name for case in ALL]
    assert sorted(names) == sorted(set(names))


def test_only_the_cases_that_must_fail_say_so() -> None:
    assert [case.name for case in ALL if case.must_fail is not msgspec.UNSET] == []
    assert all(case.must_fail for _, file in load(MUST_FAIL) for case in file.cases)


def test_every_case_runs_and_has_arguments_in_each_version() -> None:
    for case in ALL:
        versions = versions_of(case)
        assert versions, case.name
        for version in versions:
            for index in range(len(case.calls)):
                arguments_of(case, index, version)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_call_of_a_version_is_made(version: str) -> None:
    made = {call.operation for case in ALL if version in versions_of(case) for call in case.calls}
    assert operations(version) - made == set()


EXAMPLES = {
    "account": "Account",
    "admin_token": "AdminToken",
    "allocations": "DirectDepositAllocations",
    "api_key": "ApiKey",
    "company_connection": "CompanyConnection",
    "created_api_key": "CreatedApiKey",
    "employer": "Employer",
    "employment": "Employment",
    "end_user_document": "EndUserDocument",
    "identity": "Identity",
    "income": "Income",
    "job": "Job",
    "link_token": "LinkToken",
    "link_token_2021": "LinkToken",
    "paystub": "Paystub",
    "paystub_2021": "Paystub",
    "platform": "Platform",
    "search_result": "SearchResult",
    "shift": "Shift",
    "tax_form": "TaxFormSummary",
    "webhook": "Webhook",
}


def test_examples_are_all_known() -> None:
    assert read_json(FOLDER / "examples.json").keys() == EXAMPLES.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_is_as_the_spec_says(name: str) -> None:
    version = VERSIONS[0] if name.endswith("2021") else VERSIONS[-1]
    document = read_json(FOLDER.parents[1] / "generated" / "openapi" / f"{version}.json")
    schema = {"$ref": f"#/components/schemas/{EXAMPLES[name]}", "components": document["components"]}
    example = read_json(FOLDER / "examples.json")[name]
    validator: Any = Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(example)] == []
    assert example.keys() <= document["components"]["schemas"][EXAMPLES[name]]["properties"].keys()


def test_every_category_is_in_the_docs() -> None:
    page = (FOLDER.parents[1] / "docs" / "conformance.md").read_text(encoding="utf-8")
    assert [file.category for _, file in load(CASES) if f"| `{file.category}` |" not in page] == []
