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
        mend(case.operation.definition.raw.get("operationId", ""), case.body, _connected_account)
    query = case.query
    if not isinstance(query, dict) or not isinstance(query.get("cursor"), str):
        return
    real = _cursor(case)
    case.query = {name: value for name, value in query.items() if name != "cursor"} | ({"cursor": real} if real else {})


def _cursor(case):
    """A cursor of the very list, or none where it has one page or is not there."""
    path = case.path
    for name, value in (case.path_parameters or {}).items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
    try:
        return _ask("GET", f"{path}?limit=1", VERSION)["meta"].get("next_cursor")
    except (urllib.error.HTTPError, KeyError, ValueError):
        return None


def _connected_account():
    """An account that is connected: schemathesis finds all there are, and disconnects them."""
    found = _ask("GET", "/v1/accounts?connected=true&limit=1", "2025-07-08")["data"]
    if found:
        return found[0]["id"]
    body = {"org_name": "Proof", "solution": "Verify", "features": ["income"], "end_user_id": str(_dice.random())}
    token = _ask("POST", "/v1/link_tokens", "2025-07-08", body)["data"]["token"]
    return _ask("POST", "/_sandbox/link/complete", "2025-07-08", {"token": token})["data"]["account_id"]


def _ask(method, path, version, body=None):
    request = urllib.request.Request(
        f"{URL}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "x-api-secret": "sandbox",
            "authorization": f"Bearer {BEARER}",
            "pinwheel-version": version,
            "content-type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)
