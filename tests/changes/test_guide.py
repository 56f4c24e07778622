"""The guide: every breaking change explained, chained through the versions between, without what is void by then."""

import ast
from itertools import combinations, pairwise

import pytest
from pinwheel_cli.changes import compare
from pinwheel_cli.changes.guide import Guide, Step, guide, steps_to
from pinwheel_cli.changes.render_markdown import changes_markdown, guide_markdown, step_markdown
from pinwheel_sandbox import Sandbox

from .conftest import VERSIONS

STEPS = list(steps_to(*VERSIONS))
ADVICE = [(step, advice) for step in STEPS for advice in step.advice]
NAMES = [f"{step.new} {advice.title}" for step, advice in ADVICE]


def titles(way: Guide) -> list[str]:
    return [advice.title for _, advice in way.advice()]


@pytest.mark.parametrize("step", STEPS, ids=[step.new for step in STEPS])
def test_every_breaking_change_of_a_step_is_explained_once(step: Step) -> None:
    explained = [fingerprint for advice in step.advice for fingerprint in advice.breaks]
    breaking = [change.fingerprint for change in step.changes if change.breaking]
    assert sorted(explained) == sorted(breaking)


@pytest.mark.parametrize(("old", "new"), list(pairwise(VERSIONS)))
def test_what_the_package_carries_is_what_the_documents_say(old: str, new: str) -> None:
    (step,) = steps_to(new)
    assert (step.old, step.new) == (old, new)
    assert step.changes == compare(old, new).changes
    assert Step.from_json(step.as_json()) == step


@pytest.mark.parametrize(("old", "new"), list(combinations(VERSIONS, 2)))
def test_whatever_breaks_between_the_ends_is_explained_on_the_way(old: str, new: str) -> None:
    way = guide(old, new)
    explained = {
        (change.operation, change.place, change.path.partition("[")[0])
        for step, advice in way.advice()
        for change in step.changes_of(advice)
    }
    for change in way.net.breaking:
        assert (change.operation, change.place, change.path.partition("[")[0]) in explained, change


def test_the_chain_leaves_out_what_came_and_went() -> None:
    way = guide("2021-07-28", "2025-07-08")
    assert "Cards are not switched any more" not in titles(way)  # 2022-09-09 brought them, 2023-11-22 took them
    assert "Cards are not switched any more" in [advice.title for _, advice in way.overtaken()]
    assert "Cards are not switched any more" in titles(guide("2022-09-09", "2025-07-08"))


def test_the_chain_leaves_out_what_is_about_a_call_that_is_gone() -> None:
    assert "Hosted Link pages are gone" in titles(guide("2021-04-29", "2023-11-22"))
    places = [
        change.operation
        for step, advice in guide("2022-06-22", "2022-09-09").advice()
        for change in step.changes_of(advice)
    ]
    assert "sites.create" in places


def test_steps_come_in_the_order_of_the_versions() -> None:
    way = guide(VERSIONS[0], VERSIONS[-1])
    assert [step.new for step in way.steps] == VERSIONS[1:]
    assert [step.new for step, _ in way.advice()] == sorted(step.new for step, _ in way.advice())


@pytest.mark.parametrize(
    ("old", "new"), [("2025-07-08", "2021-04-29"), ("2025-07-08", "2025-07-08"), ("2020-01-01", "2025-07-08")]
)
def test_a_guide_leads_from_an_older_known_version_to_a_newer_one(old: str, new: str) -> None:
    with pytest.raises(ValueError, match=r"not older|none of the Pinwheel-Versions"):
        guide(old, new)


def test_an_inferred_reason_says_so() -> None:
    text = guide_markdown(guide("2022-06-22", "2022-09-09"))
    assert "The reason is inferred" in text
    assert "*Stated: webhook guide" in guide_markdown(guide("2022-09-09", "2023-04-18"))


def test_a_guide_with_nothing_to_do_says_so() -> None:
    assert "Nothing broke that the documents show" in guide_markdown(guide("2023-04-18", "2023-07-18"))


def test_the_pages_name_rules_levels_and_calls() -> None:
    (step,) = steps_to("2023-04-18")
    text = step_markdown(step)
    assert "# Pinwheel-Version 2023-04-18" in text
    assert "| `version` has to be sent | `webhooks.create` | `request-property-became-required` |" in text
    assert "Nothing differs." in changes_markdown(compare("2023-04-18", "2023-07-18"))
    assert "(warning by the strict contract)" in changes_markdown(compare("2023-07-18", "2023-11-22"))


@pytest.mark.parametrize(("step", "advice"), ADVICE, ids=NAMES)
def test_the_snippets_run_each_against_its_version(step: Step, advice: object) -> None:
    (found,) = [each for each in step.advice if each is advice]
    for version, text in ((step.old, found.before), (step.new, found.after)):
        with Sandbox() as sandbox:
            newest = sandbox.client()
            token = newest.link_tokens.create(
                org_name="Acme Bank", solution="Verify", features=["paystubs"], end_user_id="user_1"
            )
            account = sandbox.login(token.token)
            names = {"client": sandbox.client(version), "account_id": account.account_id}
            exec(compile(ast.parse(text), f"<{version} {found.title}>", "exec"), names)
