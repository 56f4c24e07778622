"""Damaged, mutated and failing answers: nothing but our own errors comes out, and no item is lost or repeated."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from pinwheel_overlays.decode import Unreadable, decode_answer
from pinwheel_overlays.decode_again import decode_again
from pinwheel_overlays.errors import PinwheelError
from pinwheel_overlays.exact import is_exact
from pinwheel_overlays.response import Envelope
from pinwheel_overlays.retry import RetryPolicy
from pinwheel_overlays.wire import TransportError, WireRequest, WireResponse

from .harness import Bench, answer, ids, page, refusal, widget
from .shop import Widget

RICH = widget(
    parts=[{"name": "a", "color": "green", "parts": [{"name": "b", "parts": []}]}],
    ssn="123-45-6789",
    weight=10.5,
    price="12.30",
    good=False,
    span={"from": "2025-06-24T09:00:00-04:00", "to": "2025-06-24T17:00:00-04:00"},
    tags={"a": [1.5, {"b": None}]},
    counts={"x": 1},
    mixed="7",
    colors=["red"],
    note={"shape": "square", "side": 2, "part": {"name": "c"}},
)
GOOD = json.dumps({"data": [RICH, widget(id="w2")], "meta": {"count": 2, "next_cursor": None}}).encode()
# Without what a twin cannot check: a variant, and a model inside itself.
PLAIN = json.dumps({"data": [{**RICH, "note": None, "parts": [{"name": "a", "color": "red"}]}] * 2}).encode()
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    1e300,
    10**30,
    "",
    "x",
    "2021",
    "2021-1-31",
    "\ud800",
    [],
    [None],
    {},
    {"a": {}},
    [[[]]],
]


def mutated_bytes(chance: random.Random, good: bytes = GOOD) -> bytes:
    body = bytearray(good)
    for _ in range(chance.randint(1, 2)):
        place = chance.randrange(len(body))
        match chance.randrange(5):
            case 0:
                body[place] = chance.randrange(256)
            case 1:
                del body[place : place + chance.randint(1, 30)]
            case 2:
                body[place:place] = chance.choice([b"{", b"[", b'"', b",", b"null", b"1e999", b"\xff", b"\\u"])
            case 3:
                body = body[: place + 1]
            case _:
                body[place:place] = body[chance.randrange(len(body)) :]
        if not body:
            break
    return bytes(body)


def mutated_tree(chance: random.Random, good: bytes = GOOD) -> bytes:
    tree = json.loads(good)
    for _ in range(chance.randint(1, 3)):
        spots: list[tuple[Any, Any]] = []

        def gather(node: Any, spots: list[tuple[Any, Any]] = spots) -> None:
            pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
            for key, child in list(pairs):
                spots.append((node, key))
                gather(child)

        gather(tree)
        if not spots:
            break
        node, key = chance.choice(spots)
        match chance.randrange(4):
            case 0:
                del node[key]
            case 1 if isinstance(node, dict):
                node[f"{key}_{chance.randrange(3)}"] = node.pop(key)
            case 2:
                node[key] = [node[key]]
            case _:
                node[key] = copy.deepcopy(chance.choice(ODD))
    return json.dumps(tree).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("mutate", [mutated_bytes, mutated_tree])
def test_a_mutated_answer_decodes_or_is_unreadable(mutate: Callable[[random.Random], bytes]) -> None:
    chance = random.Random(20250708)
    outcomes = {"read": 0, "unreadable": 0}
    for number in range(4_000):
        body = mutate(chance)
        try:
            decoded = decode_answer(body, list[Widget], observe=number % 2 == 0)
        except Unreadable as problem:
            outcomes["unreadable"] += 1
            told = problem.message + problem.location
        else:
            outcomes["read"] += 1
            told = repr(decoded.drifts)
            assert all(item is None or isinstance(item, Widget) for item in decoded.data)
        assert "6789" not in told
    assert min(outcomes.values()) > 300


@pytest.mark.parametrize("mutate", [mutated_bytes, mutated_tree])
def test_what_is_taken_for_exact_has_no_drift(mutate: Callable[[random.Random, bytes], bytes]) -> None:
    chance = random.Random(20231122)
    outcomes = {"exact, no drift": 0, "unsure, no drift": 0, "unsure, drift": 0}
    for _ in range(6_000):
        body = mutate(chance, PLAIN)
        try:
            envelope = msgspec.json.decode(body, type=Envelope[list[Widget]])
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
        drifts = decode_again(body, list[Widget], envelope, "").drifts
        outcomes[f"{'exact' if is_exact(body, list[Widget]) else 'unsure'}, {'drift' if drifts else 'no drift'}"] += 1
    # A KeyError above would be drift in what was taken for exact.
    assert outcomes["exact, no drift"] > 50
    assert outcomes["unsure, drift"] > 50


def test_a_call_raises_nothing_but_our_errors(bench: Bench) -> None:
    chance = random.Random(7)
    told: list[object] = []
    for number in range(400):
        mutate = mutated_bytes if number % 2 else mutated_tree
        status = chance.choice([200, 200, 200, 204, 301, 307, 400, 404, 429, 500, 502])
        headers = {"retry-after": chance.choice(["", "x", "5"]), "location": chance.choice(["", "/x", "http://["])}
        client = bench.client(*[answer(mutate(chance), status=status, headers=headers)] * 9, on_drift=told.append)
        shown = ""
        try:
            bench.items(client.widgets.search("q"))
        except PinwheelError as error:
            shown = str(error) + repr(error)
        assert "6789" not in shown
    assert told


@pytest.mark.parametrize("seed", range(3))
def test_failing_answers_lose_and_repeat_nothing(bench: Bench, seed: int) -> None:
    """2,000 items over 100 pages, 5 % of the answers failing in every way there is."""
    chance = random.Random(seed)
    everything = [f"i{number}" for number in range(2_000)]
    faults: list[Any] = [
        TransportError("connection broke"),
        TransportError("no connection", "connect"),
        TransportError("timeout", "timeout"),
        ConnectionResetError(),
        answer(b"<html>bad gateway</html>", status=502, headers={"content-type": "text/html"}),
        answer(b"<html>all is well</html>", headers={"content-type": "text/html"}),
        refusal(429),
        refusal(429, headers={"retry-after": "1"}),
        refusal(503),
        answer(b""),
    ]

    def reply(request: WireRequest) -> WireResponse:
        start = int(request.url.partition("cursor=c")[2] or 0)
        stop = start + 20
        good = page(everything[start:stop], f"c{stop}" if stop < len(everything) else None)
        if chance.random() >= 0.05:
            return good
        fault = chance.choice([*faults, WireResponse(200, good.headers, good.body[: chance.randrange(len(good.body))])])
        if isinstance(fault, Exception):
            raise fault
        return fault  # type: ignore[no-any-return]

    client = bench.client(*[reply] * 1_000, retry=RetryPolicy(4))
    assert ids(bench.items(client.widgets.list())) == everything
    assert bench.clock.slept
