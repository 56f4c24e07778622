"""The Python surface: what users of `pinwheel_api` can name, read from the source by griffe, and what of it broke.

    python -m noxtasks.surface                            the package against the last release
    python -m noxtasks.surface v2023_11_22 v2025_07_08    one version's package against another's
    python -m noxtasks.surface --release 0.2.0            store the package as that release

Whatever broke since the last release has to be named by a fragment `changelog.d/*.breaking.md`.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from noxtasks.breakages import Breakage, broken
from noxtasks.surface_reading import Surface, read_surface

STORED = Path("changelog.d/surface.json")
FRAGMENTS = "changelog.d"


def main(arguments: list[str] | None = None) -> int:
    """0 when nothing broke, or all of it is named by a fragment."""
    parser = argparse.ArgumentParser(prog="noxtasks.surface", description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("versions", nargs="*", help="two version packages, such as v2023_11_22 v2025_07_08")
    parser.add_argument("--release", help="store the surface as that of this release")
    parser.add_argument("--root", type=Path, default=Path(), help="the checkout (default: the current folder)")
    chosen = parser.parse_args(arguments)
    now = read_surface(chosen.root)
    if chosen.release:
        return _store(chosen.root / STORED, chosen.release, now)
    if chosen.versions:
        old, new = (_below(now, f"pinwheel_api.{version}.") for version in chosen.versions)
        for one in broken(old, new):
            print(one)
        return 0
    stored: dict[str, Any] = json.loads((chosen.root / STORED).read_text(encoding="utf-8"))
    fragments = "\n".join(path.read_text(encoding="utf-8") for path in (chosen.root / FRAGMENTS).glob("*.breaking*.md"))
    unnamed = [one for one in broken(_expanded(stored), now) if not is_named(one, fragments)]
    for one in unnamed:
        print(one)
    print(f"{len(now)} public objects; against {stored['release']}: {len(unnamed)} broke and no fragment names them")
    if unnamed:
        print(f"Take it back, or name it, as `{unnamed[0].short}`, in {FRAGMENTS}/SOMETHING.breaking.md")
    return 1 if unnamed else 0


def is_named(one: Breakage, fragments: str) -> bool:
    """Whether a fragment has its name, whole or by its last two parts, as code."""
    return any(f"`{name}`" in fragments for name in (one.path, one.short))


def _below(surface: Surface, prefix: str) -> Surface:
    return {name.removeprefix(prefix): lines for name, lines in surface.items() if name.startswith(prefix)}


def _store(path: Path, release: str, surface: Surface) -> int:
    """Each shape once: most objects are the same in many versions."""
    shapes: dict[tuple[str, ...], str] = {}
    for name, lines in surface.items():
        shapes.setdefault(lines, name)
    data = {
        "release": release,
        "shapes": {name: list(lines) for lines, name in shapes.items()},
        "same": {name: shapes[lines] for name, lines in surface.items() if shapes[lines] != name},
    }
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(f"{path}: {len(surface)} public objects of {len(shapes)} shapes, as of {release}")
    return 0


def _expanded(stored: Mapping[str, Any]) -> Surface:
    shapes = {name: tuple(lines) for name, lines in stored["shapes"].items()}
    return {**shapes, **{name: shapes[other] for name, other in stored["same"].items()}}


if __name__ == "__main__":
    sys.exit(main())
