"""What a page says that its code prints, held to what it prints.

A line that begins with `#>` under a print is its output, over all the times that it runs. `...` stands for anything,
and what differs from run to run (ids, days, times, milliseconds, ports) need only have the right form.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict

_MARK = "#>"
_VARYING = (
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "<id>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d\b"), "<day>"),
    (re.compile(r"\b\d\d:\d\d(?::\d\d(?:\.\d+)?)?\b"), "<time>"),
    (re.compile(r"\b\d+ ms\b"), "<ms>"),
    (re.compile(r"127\.0\.0\.1:\d+"), "<server>"),
)


class Printed:
    """Takes the place of `print` on one page."""

    def __init__(self) -> None:
        self._ends: dict[int, int] = {}
        self._expected: dict[int, str] = {}
        self._printed: dict[int, list[str]] = defaultdict(list)

    def read(self, source: str) -> None:
        """Note the outputs that a block shows; its lines are counted from the start of the page."""
        lines = source.splitlines()
        for node in ast.walk(ast.parse(source)):
            if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
                continue
            end = node.end_lineno or node.lineno
            shown: list[str] = []
            for line in lines[end:]:
                if not line.lstrip().startswith(_MARK):
                    break
                shown.append(line.lstrip().removeprefix(_MARK).removeprefix(" "))
            if shown:
                self._expected[end] = "\n".join(shown)
                self._ends.update(dict.fromkeys(range(node.lineno, end + 1), end))

    def __call__(self, *values: object, sep: str = " ", end: str = "\n") -> None:
        """Keep what is printed; it is compared at the end of the page."""
        line = sys._getframe(1).f_lineno
        if line in self._ends:
            self._printed[self._ends[line]].append(sep.join(map(str, values)) + end)

    def check(self) -> None:
        """Compare everything that was shown with what was printed."""
        for line, shown in self._expected.items():
            printed = _alike("".join(self._printed[line]).rstrip("\n"))
            pattern = ".*".join(map(re.escape, _alike(shown).split("...")))
            assert re.fullmatch(pattern, printed, re.DOTALL), f"line {line} shows\n{shown}\nand prints\n{printed}"


def _alike(text: str) -> str:
    for pattern, word in _VARYING:
        text = pattern.sub(word, text)
    return text
