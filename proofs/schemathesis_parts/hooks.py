"""Hooks that schemathesis loads: cursors and ids that exist, beside those that it makes up.

Cursors are strings in the documents, and any other string than one that was answered is refused. So a cursor that was
made up is replaced by one of the same list. Of the ids a share is replaced, so that answers with data are seen too.
"""

import json
import os
import random
import urllib.error
import urllib.request
from urllib.parse import quote

import schemathesis

from proofs.schemathesis_parts.unsaid import mend

URL = os.environ["PROOF_URL"]
VERSION = os.environ["PROOF_VERSION"]
KNOWN: dict[str, str] = json.loads(os.environ["PROOF_KNOWN"])
BEARER = os.environ["PROOF_BEARER"]
_REAL = 0.6

_dice = random.Random(7)


@schemathesis.hook
def map_path_parameters(ctx, path_parameters):
    if not path_parameters:
        return path_parameters
    replaced = dict(path_parameters)
    if _dice.random() < _REAL:
        replaced.update({name: KNOWN[name] for name in replaced if name in KNOWN})
    # A dot-segment is taken out of a path by every client and server on the way, so it never arrives as an id.
    return {name: f"{value}_" if value in {".", ".."} else value for name, value in replaced.items()}


@schemathesis.hook
def before_call(ctx, case, kwargs):
    meta = case.meta
    if meta is not None and meta.generation.mode.is_positive and isinstance(case.body, dict):
        mend(case.operation.definition.raw.get("operationId", ""), case.body, KNOWN["spare_account_id"])
    query = case.query
    if not isinstance(query, dict) or not isinstance(query.get("cursor"), str):
        return
    real = _cursor(case)
    case.query = {name: value for name, value in query.items() if name != "cursor"} | (
        {"cursor": real} if real else {}
    )


def _cursor(case):
    """A cursor of the very list, or none where it has one page or is not there."""
    path = case.path
    for name, value in (case.path_parameters or {}).items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
    request = urllib.request.Request(
        f"{URL}{path}?limit=1",
        headers={"x-api-secret": "sandbox", "authorization": f"Bearer {BEARER}", "pinwheel-version": VERSION},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)["meta"].get("next_cursor")
    except (urllib.error.HTTPError, KeyError, ValueError):
        return None
