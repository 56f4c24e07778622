"""One million changed bodies, headers and signatures: none is accepted, and nothing but our errors is raised.

Each starts from a genuine delivery and differs from it in what the signature covers: the body, the time, the signature
itself, or the names of their headers. Half go through `verify`, half through `parse`; every tenth is offered where v1
signatures are accepted, too.
"""

from __future__ import annotations

import json
import random
import string
from collections import Counter
from collections.abc import Callable
from typing import Any

from pinwheel_api.webhooks import WebhookSignatureError, parse, sign, verify

from .page import Row

COUNT = 1_000_000
SECRETS = ("c2f1e0d9b8a7968574635241f0e1d2c3", "1d2c3b4a59687766554433221100ffee")
SIGNATURE, TIME = "x-pinwheel-signature", "x-timestamp"

Headers = dict[str, Any]
Mutation = Callable[[bytes, Headers, random.Random], tuple[Any, Any]]


def originals(chance: random.Random) -> list[tuple[bytes, Headers]]:
    """Genuine deliveries of several sizes and alphabets, by either secret."""
    made: list[tuple[bytes, Headers]] = []
    for number in range(40):
        text = "".join(chance.choices(string.ascii_letters + 'äß€🌳 \\"\n', k=chance.choice([0, 5, 60, 1500])))
        payload = {"account_id": f"a{number}", "name": "paystubs", "note": text, "count": number, "share": number / 7}
        tree = {"event_id": f"e{number}", "event": "paystubs.added", "payload": payload}
        body = json.dumps(tree, ensure_ascii=bool(number % 2)).encode()
        made.append((body, {"pinwheel-version": "2025-07-08", **sign(body, SECRETS[number % 2])}))
    return made


def flip(body: bytes, headers: Headers, chance: random.Random) -> tuple[Any, Any]:
    place = chance.randrange(len(body))
    return body[:place] + bytes([body[place] ^ 1 << chance.randrange(8)]) + body[place + 1 :], headers


def insert(body: bytes, headers: Headers, chance: random.Random) -> tuple[Any, Any]:
    place = chance.randrange(len(body) + 1)
    return body[:place] + chance.choice([b" ", b"\n", b"\0", b"0", b"\xff", b"}", body]) + body[place:], headers


def cut(body: bytes, headers: Headers, chance: random.Random) -> tuple[Any, Any]:
    start = chance.randrange(len(body))
    return body[:start] + body[chance.randint(start + 1, len(body)) :], headers


def rewrite(body: bytes, headers: Headers, chance: random.Random) -> tuple[Any, Any]:
    tree = json.loads(body)
    options: dict[str, Any] = chance.choice(
        [{"separators": (",", ":")}, {"indent": 1}, {"sort_keys": True, "indent": 0}, {"separators": (" ,", ":")}]
    )
    return json.dumps(tree, **options).encode(), headers


def alter(body: bytes, headers: Headers, chance: random.Random) -> tuple[Any, Any]:
    tree = json.loads(body)
    tree["payload"]["account_id"] = f"forged{chance.random()}"
    return json.dumps(tree).encode(), headers


def other_kind(body: bytes, headers: Headers, chance: random.Random) -> tuple[Any, Any]:
    return chance.choice([body.decode(), json.loads(body), None, 7, [body], memoryview(body + b"x")]), headers


def signature(body: bytes, headers: Headers, chance: random.Random) -> tuple[Any, Any]:
    right: str = headers[SIGNATURE]
    place = chance.randrange(len(right))
    letter = chance.choice([each for each in string.hexdigits + "=vé\0 \u0660" if each != right[place]])
    wrong = chance.choice(
        [
            right[:place] + letter + right[place + 1 :],
            right[:place] + letter + right[place:],
            right[:place] + right[place + 1 :],
            right[3:],
            right.upper(),
            "v1=" + right[3:],
            "v2=" + "0" * 64,
            f"{right},{right}",
            f" {right}",
            "v2=" + "".join(chance.choices("0123456789abcdef", k=64)),
            "",
            None,
            right.encode() + b"0",
            [right],
            "\ud800" * 67,
        ]
    )
    return body, {**headers, SIGNATURE: wrong}


def timestamp(body: bytes, headers: Headers, chance: random.Random) -> tuple[Any, Any]:
    right: str = headers[TIME]
    wrong = chance.choice(
        [
            str(int(right) + chance.choice([-1, 1]) * chance.randint(1, 10**6)),
            f"0{right}",
            f"+{right}",
            f"{right}.0",
            f" {right}",
            right[:-1],
            f"{right}\n",
            "".join(chr(0x660 + int(digit)) for digit in right),
            "9" * chance.choice([20, 400, 5000]),
            f"-{right}",
            "",
            None,
            int(right),
            "\ud800",
        ]
    )
    return body, {**headers, TIME: wrong}


def names(body: bytes, headers: Headers, chance: random.Random) -> tuple[Any, Any]:
    lost = chance.choice([SIGNATURE, TIME])
    kept = {name: value for name, value in headers.items() if name != lost}
    other = chance.choice([f"{lost} ", f" {lost}", lost.replace("-", "_"), f"http-{lost}", lost[1:], f"x-{lost}"])
    pairs = [*headers.items(), (lost, chance.choice(["", "1", "v2=" + "0" * 64]))]
    return body, chance.choice([kept, {**kept, other: headers[lost]}, list(kept.items()), pairs, None, [], 5])


def swap(body: bytes, headers: Headers, chance: random.Random) -> tuple[Any, Any]:
    other = b'{"event_id": "x", "event": "paystubs.added", "payload": {}}' + bytes([chance.randrange(32, 127)])
    return chance.choice(
        [(other, headers), (body, {**headers, **sign(other, SECRETS)}), (body, sign(body, "not-ours"))]
    )


MUTATIONS: tuple[Mutation, ...] = (
    flip, insert, cut, rewrite, alter, other_kind, signature, timestamp, names, swap,
)  # fmt: skip


def run(count: int, seed: int) -> tuple[Counter[str], Counter[str]]:
    """How many of each mutation were refused, and by which problem. Raises AssertionError, or what should not be."""
    chance = random.Random(seed)
    genuine = originals(chance)
    for body, headers in genuine:
        verify(body, headers, SECRETS, None)
    refused: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    for number in range(count):
        mutation = MUTATIONS[number % len(MUTATIONS)]
        original, headers = chance.choice(genuine)
        body, wrong = mutation(original, headers, chance)
        check: Any = parse if number % 2 else verify
        try:
            check(body, wrong, SECRETS, None, allow_v1=number % 10 == chance.randrange(10))
        except WebhookSignatureError as error:
            problems[error.problem] += 1
        else:
            raise AssertionError(f"accepted: {mutation.__name__} {body!r} {wrong!r} of {original!r} {headers!r}")
        refused[mutation.__name__] += 1
    return refused, problems


def prove(say: Callable[[str], None]) -> list[Row]:
    refused, problems = run(COUNT, seed=20_261_122)
    say(f"{refused.total():,} refused, {dict(problems)}")
    assert refused.total() == COUNT
    rows: list[Row] = [("changed", "refused", "accepted", "other exceptions")]
    return [*rows, *((name.replace("_", " "), f"{number:,}", 0, 0) for name, number in refused.most_common())]
