"""Read a scenario file, and say in its own words what is wrong in it."""

from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec
from pinwheel_api import DeductionCategory, DocumentType, EarningCategory, JobName
from pinwheel_overlays.decoders import convert

from pinwheel_sandbox.catalogue.entries import Catalogue
from pinwheel_sandbox.people.directory import person
from pinwheel_sandbox.scenarios.form import Scenario


class ScenarioError(ValueError):
    """The file cannot be read as a scenario."""


def read_scenario(source: str | Path, catalogue: Catalogue) -> Scenario:
    """The scenario in a YAML file, or in a text with more than one line."""
    import yaml  # noqa: PLC0415 - a sandbox without a scenario does not need it

    is_text = isinstance(source, str) and "\n" in source
    try:
        content: object = yaml.safe_load(str(source) if is_text else Path(source).read_text(encoding="utf-8"))
        scenario = convert(content or {}, Scenario)
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{'The scenario' if is_text else source}: {error}") from None
    problems = list(_problems(scenario, catalogue))
    if problems:
        raise ScenarioError(f"{'The scenario' if is_text else source}: {'; '.join(problems)}")
    return scenario


def _problems(scenario: Scenario, catalogue: Catalogue) -> Iterator[str]:
    described = [form.username for form in scenario.people]
    for name in sorted({name for name in described if described.count(name) > 1}):
        yield f"{name} is described twice"
    for form in scenario.people:
        for line in form.deductions:
            yield from _unknown(f"{form.username}: deduction category", line.category, set(DeductionCategory))
        for extra in form.extras:
            yield from _unknown(f"{form.username}: earning category", extra.category, set(EarningCategory))
        if form.end_date is not None and form.end_date < form.start_date:
            yield f"{form.username}: end_date is before start_date"
    employers = {entry.name for entry in catalogue.employers.values()}
    for account in scenario.accounts:
        if account.username not in described and person(account.username) is None:
            yield f"nobody is called {account.username}"
        for feature in account.features:
            yield from _unknown(f"{account.username}: feature", feature, set(JobName))
        if account.employer is not None:
            yield from _unknown(f"{account.username}: employer", account.employer, employers)
    for document in scenario.documents:
        yield from _unknown("document type", document.type, set(DocumentType))


def _unknown(what: str, value: str, known: Collection[str]) -> Iterator[str]:
    if value not in known:
        yield f"{what} {value} is not known"
