"""Changes as JSON."""

import json

from .model import LEVELS, Comparison


def changes_json(comparison: Comparison) -> str:
    """Byte for byte the same for the same documents."""
    data = {
        "old": comparison.old,
        "new": comparison.new,
        "counts": {level: comparison.count(level) for level in LEVELS},
        "changes": [change.as_json() for change in comparison.changes],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
