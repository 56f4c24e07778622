"""The questions put to the type checker: what stands before each name of interest, and where the answer will be."""

import ast

import pytest
from pinwheel_cli.upgrade.probing import Probe, probe


def ask(text: str, *names: str) -> tuple[str, list[Probe]]:
    asking, probes = probe(text, ast.parse(text), frozenset(names))
    ast.parse(asking)
    return asking, probes


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("client.jobs.list()", "reveal_type(client.jobs).list()"),
        ("a.list().b.create()", "reveal_type(reveal_type(a).list().b).create()"),
        ("f(x.list(), y.list())", "f(reveal_type(x).list(), reveal_type(y).list())"),
        ("job.amount = 1", "job.amount = 1"),
        ("list(x)", "list(x)"),
        ("x.other()", "x.other()"),
        ("x[0].list", "reveal_type(x[0]).list"),
        ("(a\n .b\n .list())", "(reveal_type(a\n .b)\n .list())"),
    ],
)
def test_a_question_stands_around_the_value(text: str, asking: str) -> None:
    assert ask(text, "list", "create", "amount")[0] == asking


def test_answers_are_expected_where_the_value_begins() -> None:
    asking, probes = ask("é = a.list().b.create(x=1, **more)\nz.list(limit=2)\n", "list", "create")
    for one in probes:
        line = asking.splitlines()[one.asked.line - 1]
        assert line[: one.asked.column].endswith("reveal_type(")
    by_name = {(one.line, one.name): one for one in probes}
    assert by_name[2, "list"].arguments == frozenset({"limit"})
    assert by_name[1, "create"].arguments is None  # the rest cannot be read
    assert by_name[1, "list"].arguments == frozenset()
