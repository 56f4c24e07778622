"""The clock: runs, stops, jumps; and chance, which can be made to repeat itself."""

from datetime import UTC, datetime, timedelta

import pytest
from pinwheel_sandbox import Clock, Sandbox
from pinwheel_sandbox.chance import Chance

from .asking import Asker
from .conftest import RECORDED


def test_clock_follows_the_wall_until_it_is_moved() -> None:
    clock = Clock()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    clock.advance(timedelta(days=1))
    assert timedelta(hours=23) < clock.now() - datetime.now(UTC) < timedelta(hours=25)
    assert clock.now() < clock.now() + timedelta(microseconds=1)
    clock.set(RECORDED)
    assert RECORDED <= clock.now() < RECORDED + timedelta(seconds=5)


def test_stopped_clock_moves_by_hand_only() -> None:
    clock = Clock(RECORDED)
    assert clock.now() == clock.now() == RECORDED
    assert clock.advance(timedelta(minutes=1)) == RECORDED + timedelta(minutes=1)
    assert clock.set(RECORDED - timedelta(days=1)) == RECORDED - timedelta(days=1)
    assert clock.today() == RECORDED.date() - timedelta(days=1)
    clock.run()
    assert clock.now() > RECORDED - timedelta(days=1)
    assert clock.stop() == clock.now() == clock.now()


def test_clock_refuses_what_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="forward"):
        Clock().advance(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="time zone"):
        Clock(datetime(2025, 1, 1))  # noqa: DTZ001 - that is the point


def test_other_zones_are_turned_into_utc() -> None:
    assert Clock(datetime.fromisoformat("2025-06-24T18:04:33-04:00")).now().isoformat() == "2025-06-24T22:04:33+00:00"


def test_seed_repeats_everything() -> None:
    def told(seed: int | None) -> list[object]:
        with Sandbox(clock=Clock(RECORDED), seed=seed) as sandbox:
            ask = Asker(sandbox)
            account = f"/v1/accounts/{ask.login().account_id}"
            paths = (account, f"{account}/paystubs", f"{account}/shifts", "/v1/platforms", "/v1/jobs")
            return [ask("GET", path).data for path in paths]

    assert told(7) == told(7) != told(8)
    assert told(None) != told(None)


def test_chance_makes_version_4_ids() -> None:
    ids = {Chance().uuid() for _ in range(100)}
    assert len(ids) == 100
    assert all(key[14] == "4" and key[19] in "89ab" for key in ids)
