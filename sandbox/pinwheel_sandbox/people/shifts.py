"""Shifts: nine to five in New York on each of the last ninety days."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pinwheel_api import Currency, EarningCategory, Shift, ShiftEarning, ShiftTimestamp, ShiftType

from pinwheel_sandbox.people.context import Reading

# The last 7, 30 and 90 days, batch by batch as they arrive.
BATCHES: tuple[range, ...] = (range(7), range(7, 30), range(30, 90))

_ZONE = "America/New_York"
_BEGIN, _END = time(9), time(17)
_RATE, _HOURS = 1000, 15.0


def shifts(readings: Sequence[Reading]) -> list[list[Shift]]:
    """The shifts of each batch, newest first; a reading says when its batch arrives."""
    return [
        [_shift(reading, reading.today - timedelta(days=days)) for days in batch]
        for reading, batch in zip(readings, BATCHES, strict=True)
    ]


def _shift(reading: Reading, day: date) -> Shift:
    zone = ZoneInfo(_ZONE)
    return Shift(
        id=reading.chance.uuid(),
        created_at=reading.at,
        account_id=reading.account_id,
        start_date=day,
        end_date=day,
        type=ShiftType.SHIFT,
        timezone=_ZONE,
        timestamps=[ShiftTimestamp(from_=datetime.combine(day, _BEGIN, zone), to=datetime.combine(day, _END, zone))],
        currency=Currency.USD,
        # Recorded so: 15 hours are paid for a shift of eight, because hours and timestamps need not agree.
        earnings=[
            ShiftEarning(
                name="Regular",
                category=EarningCategory.HOURLY,
                amount=round(_RATE * _HOURS),
                rate=_RATE,
                hours=_HOURS,
            )
        ],
    )
