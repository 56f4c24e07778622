"""Short forms of the proofs, and whether their judge would notice."""

from __future__ import annotations

from collections import Counter

import pytest
from pinwheel_api import webhooks
from pinwheel_api.v2025_07_08 import events

from proofs import webhook_deliveries, webhook_speed
from proofs.deliveries.journal import Fact
from proofs.deliveries.judge import judge
from tests.overlays.rate import redis_server
from tests.servers import postgres


@pytest.mark.parametrize("store", webhook_deliveries.STORES)
def test_deliveries_are_handled_to_the_end_while_processes_die(store: str) -> None:
    if store == "PostgreSQL" and postgres.PROGRAMS is None:
        pytest.skip(postgres.MISSING)
    if store == "Redis" and redis_server.BINARY is None:
        pytest.skip("no redis-server or valkey-server on this machine, so what needs one was not tested")
    result = webhook_deliveries.run(store, 400, lease=1, kill_every=0.5)
    assert result.verdict.handled == 320
    assert result.verdict.lost == 0
    assert result.verdict.needless == 0
    assert result.verdict.raised + result.verdict.killed > 0


def facts(text: str) -> list[Fact]:
    return [Fact(kind, event, 1) for kind, event in (word.split(":") for word in text.split())]


@pytest.mark.parametrize(
    ("journal", "interrupted", "lost", "needless"),
    [
        ("S:a E:a S:b E:b", "", 0, 0),
        ("S:a X:a S:a K:a S:a E:a S:b E:b", "", 0, 0),
        ("S:a E:a", "", 1, 0),
        ("S:a E:a S:b X:b", "", 1, 0),
        ("S:a E:a S:b E:b S:a E:a", "", 0, 1),
        ("S:a S:a E:a E:a S:b E:b", "", 0, 1),
        ("S:a S:a E:a S:b E:b", "a", 0, 0),
        ("S:a E:a S:a E:a S:b E:b", "a", 0, 0),
        ("S:a E:a S:a E:a S:a E:a S:b E:b", "a", 0, 1),
    ],
)
def test_the_judge_notices(journal: str, interrupted: str, lost: int, needless: int) -> None:
    verdict = judge(facts(journal), {"a", "b"}, Counter(interrupted.split()))
    assert (verdict.lost, verdict.needless) == (lost, needless)


def test_what_the_proof_of_speed_takes_in_is_a_delivery_of_2_kb_that_is_read() -> None:
    body, headers = webhook_speed.delivery()
    assert 1_900 < len(body) < 2_200
    assert isinstance(webhooks.parse(body, headers, secrets=[webhook_speed.SECRET]), events.PaystubsAdded)
