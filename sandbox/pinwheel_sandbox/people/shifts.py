"""Shifts: nine to five in New York on every day."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pinwheel_api import Currency, EarningCategory, Shift, ShiftEarning, ShiftTimestamp, ShiftType

from pinwheel_sandbox.people.context import Reading

_ZONE = "America/New_York"
_BEGIN, _END = time(9), time(17)
_RATE, _HOURS = 1000, 15.0


class AshsWork:
    """A shift on each day, weekends too."""

    def works(self, day: date) -> bool:  # noqa: ARG002 - others have days off
        """Always."""
        return True

    def shift(self, reading: Reading, day: date) -> Shift:
        """The shift that was recorded, on another day."""
        return _shift(reading, day)


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
