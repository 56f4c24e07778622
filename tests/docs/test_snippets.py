"""Every Python block of README and docs runs, page by page, against a local Pinwheel.

The blocks of a page share one namespace, as a reader goes through them. A block that is not meant to run says so on
its fence: ```python no-run

Lines that begin with `#>` are the output of the print above them, see `outputs`.
"""

from __future__ import annotations

import gc
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from pinwheel_sandbox import SandboxProcess

from .outputs import Printed

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with SandboxProcess() as sandbox:
        yield sandbox.url


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_runs(page: Path, url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PINWHEEL_BASE_URL", url)
    monkeypatch.setenv("PINWHEEL_API_SECRET", "sandbox")
    monkeypatch.chdir(tmp_path)
    printed = Printed()
    namespace: dict[str, object] = {"__name__": "__main__", "print": printed}
    text = page.read_text(encoding="utf-8")
    try:
        for block in BLOCK.finditer(text):
            # Blank lines in front, so that a traceback names the line of the page.
            source = "\n" * text.count("\n", 0, block.start(1)) + block[1]
            printed.read(source)
            exec(compile(source, str(page), "exec"), namespace)
    finally:
        # The clients of a page live as long as the reader's program, so nobody closes them; here they end now.
        namespace.clear()
        with warnings.catch_warnings(action="ignore", category=ResourceWarning):
            gc.collect()
    printed.check()
