"""100,000 mutated answers raise nothing but errors of this package, and none of them shows personal data.

The answers are samples of every list and object that a newest client can read, made from the bundled document; bytes
are flipped, cut, doubled and inserted, and JSON trees lose, rename, retype and nest their parts. Status and headers
vary too.
"""

from __future__ import annotations

import json
import random
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from pinwheel_api import Pinwheel, PinwheelError, RetryPolicy, WireRequest, WireResponse

from tests.models import samples

from .page import Row

SECRET = "123-45-6789"
STATUSES = (200,) * 12 + (201, 204, 301, 307, 400, 401, 403, 404, 429, 500, 502, 503)
ODD: tuple[Any, ...] = (None, True, 0, -1, 1.5, 1e300, 10**30, "", "2021", "2021-1-31", "\u202e", "\x00")
ODD += ([], [None], {}, {"a": {}}, [[[]]])
BYTES = (b"{", b"[", b'"', b",", b"null", b"1e999", b"\xff", b"\\u", b"\x00", b"}" * 50, b"[" * 2_000)


def answers() -> dict[str, Any]:
    """An answer for each call that takes only path ids, by operationId."""
    version = samples.VERSIONS[-1]
    found: dict[str, Any] = {}
    for item in samples.document(version)["paths"].values():
        operation = item.get("get")
        if operation is None or operation["operationId"] in {"search.list", "admin.api_keys.list"}:
            continue
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        made = samples.Sample(version).of(schema)
        if "next_cursor" in made.get("meta", {}):
            made["meta"]["next_cursor"] = None
        found[operation["operationId"]] = _with_secret(made)
    return found


def _with_secret(node: Any) -> Any:
    if isinstance(node, dict):
        return {k: SECRET if k in {"last_four_ssn", "box_a", "full_name"} else _with_secret(v) for k, v in node.items()}
    return [_with_secret(item) for item in node] if isinstance(node, list) else node


def mutate_bytes(body: bytes, chance: random.Random) -> bytes:
    out = bytearray(body)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(out) + 1)
        match chance.randrange(5):
            case 0 if place < len(out):
                out[place] = chance.randrange(256)
            case 1:
                del out[place : place + chance.randint(1, 40)]
            case 2:
                out[place:place] = chance.choice(BYTES)
            case 3:
                del out[place:]
            case _:
                out[place:place] = out[chance.randrange(len(out) + 1) :]
    return bytes(out)


def mutate_tree(tree: Any, chance: random.Random) -> bytes:
    tree = json.loads(json.dumps(tree))
    for _ in range(chance.randint(1, 4)):
        places = list(_places(tree))
        if not places:
            break
        node, key = chance.choice(places)
        match chance.randrange(4):
            case 0:
                del node[key]
            case 1 if isinstance(node, dict):
                node[f"{key}_{chance.randrange(3)}"] = node.pop(key)
            case 2:
                node[key] = [node[key]]
            case _:
                node[key] = chance.choice(ODD)
    return json.dumps(tree).encode()


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    pairs = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    for key, child in pairs:
        yield node, key
        yield from _places(child)


class OneAnswer:
    """A transport that gives the same answer to everything."""

    answer = WireResponse(200, {}, b"")

    def send(self, request: WireRequest, /) -> WireResponse:
        return self.answer

    def close(self) -> None: ...


def call(client: Pinwheel, operation: str) -> object:
    node: Any = client
    for part in operation.split("."):
        node = getattr(node, part)
    path = next(
        p
        for p, i in samples.document(client.version)["paths"].items()
        if i.get("get", {}).get("operationId") == operation
    )
    ids = ["some-id"] * path.count("{")
    result = node(*ids)
    return list(result) if operation.endswith(".list") else result


def run(count: int, seed: int) -> Counter[str]:
    chance = random.Random(seed)
    known = answers()
    bodies = {name: json.dumps(answer).encode() for name, answer in known.items()}
    transport = OneAnswer()
    options: dict[str, Any] = {"transport": transport, "retry": RetryPolicy(0), "rate_limit": False}
    clients = [Pinwheel("the-secret", **options), Pinwheel("the-secret", strict=True, **options)]
    clients.append(Pinwheel("the-secret", on_drift=lambda drift: None, **options))
    outcomes: Counter[str] = Counter()
    for number in range(count):
        name = chance.choice(list(known))
        body = mutate_bytes(bodies[name], chance) if number % 2 else mutate_tree(known[name], chance)
        headers = {
            "content-type": chance.choice(["application/json", "text/html", ""]),
            "retry-after": chance.choice(["", "x", "7"]),
        }
        transport.answer = WireResponse(chance.choice(STATUSES), headers, body)
        try:
            call(chance.choice(clients), name)
        except PinwheelError as error:
            shown = f"{error}{error!r}"
            assert SECRET not in shown, f"personal data in {type(error).__name__} of {name}"
            assert "the-secret" not in shown
            outcomes[type(error).__name__] += 1
        else:
            outcomes["read"] += 1
    return outcomes


def prove(say: Callable[[str], None]) -> list[Row]:
    total: Counter[str] = Counter()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for seed in range(10):
            total += run(10_000, seed)
            say(f"{sum(total.values()):,} answers, {total['read']:,} of them read")
    rows: list[Row] = [("outcome", "answers")]
    rows += [(name, f"{count:,}") for name, count in total.most_common()]
    return [*rows, ("anything else", 0)]
