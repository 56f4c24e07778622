"""What the makers of payroll data need to know."""

from datetime import date, datetime

import attrs

from pinwheel_sandbox.chance import Chance


@attrs.frozen(kw_only=True)
class Reading:
    """One reading of one kind of data from an account."""

    account_id: str
    today: date
    """The day of the login: pay dates and shifts count back from it."""
    at: datetime
    """When the data arrives."""
    chance: Chance
