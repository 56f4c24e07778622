"""`generated/changes/` and `generated/upgrading/`: what the versions changed, for programs and for people."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

from pinwheel_cli.changes import Api, compare
from pinwheel_cli.changes.guide import Guide, Step
from pinwheel_cli.changes.render_markdown import guide_markdown, step_markdown

from .bundle import Bundle
from .change_log import sources_of
from .output import MADE_BY, fingerprint
from .source import SpecFolder


def write_upgrading(spec: SpecFolder, target: Path, bundles: dict[str, Bundle], steps: list[Step]) -> None:
    """Each step as data and as a page, and the guide between any two versions."""
    for step in steps:
        made = _made_by(spec, bundles, [step])
        text = json.dumps({"x-generated": made, **step.as_json()}, indent=2, ensure_ascii=False)
        _write(target / "changes" / f"{step.new}.json", text + "\n")
        _write(target / "changes" / f"{step.new}.md", f"<!-- {made} -->\n{step_markdown(step)}")
    apis = {version: Api(bundle.document) for version, bundle in bundles.items()}
    for old, new in combinations(bundles, 2):
        way = tuple(step for step in steps if old < step.new <= new)
        guide = Guide(old, new, way, compare(apis[old], apis[new]))
        made = _made_by(spec, bundles, list(way))
        _write(target / "upgrading" / f"{old}_{new}.md", f"<!-- {made} -->\n{guide_markdown(guide)}")
    if steps:
        made = _made_by(spec, bundles, steps)
        _write(target / "upgrading" / "README.md", f"<!-- {made} -->\n{_index(list(bundles))}")


def _index(versions: list[str]) -> str:
    rows = [f"| from \\ to | {' | '.join(versions[1:])} |", "|---" * len(versions) + "|"]
    for old in versions[:-1]:
        cells = [f"[guide]({old}_{new}.md)" if old < new else "" for new in versions[1:]]
        rows.append(f"| **{old}** | {' | '.join(cells)} |")
    text = (
        "Each page leads through all versions between the two, says what broke, why, and what to do about it, and "
        "leaves out what a later version took back. In a terminal: `pinwheel upgrade OLD NEW`."
    )
    return "\n\n".join(["# From one Pinwheel-Version to another", text, "\n".join(rows)]) + "\n"


def _made_by(spec: SpecFolder, bundles: dict[str, Bundle], steps: list[Step]) -> str:
    sources: set[str] = {"versions.yaml"}
    for step in steps:
        sources |= bundles[step.old].sources | bundles[step.new].sources | sources_of(spec, step.new)
    span = f"spec/{steps[0].old}.yaml, spec/{steps[-1].new}.yaml and spec/changes"
    return f"{MADE_BY} {span} (sha256 {fingerprint(spec, sources)}). Do not edit: nox -s regenerate"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
