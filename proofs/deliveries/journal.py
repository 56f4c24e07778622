"""What handlers really did, written down outside the store that is under test.

One line a fact, appended in one write, so that the lines of all processes stand in the order in which things happened:
`S` a handler begins, `E` it came to its end, `X` it is about to raise, `K` it is about to kill its own process.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Fact(NamedTuple):
    kind: str
    event: str
    process: int


class Journal:
    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, kind: str, event: str) -> None:
        os.write(self._file, f"{kind} {event} {os.getpid()}\n".encode())


def read(path: Path) -> list[Fact]:
    facts: list[Fact] = []
    for line in path.read_text().splitlines():
        kind, event, process = line.split()
        facts.append(Fact(kind, event, int(process)))
    return facts
