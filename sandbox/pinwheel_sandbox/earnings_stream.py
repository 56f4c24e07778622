"""The earnings stream: what an end user has earned day by day, and when it was or will be paid out.

A payout that was made is a paystub, and its net pay is shared out over the shifts of its pay period. A payout to come
takes the shifts since then, at the net pay that a shift of the last period came to.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from pinwheel_api import EarningsStreamEarning, EarningsStreamPayout, NetPay, PayoutStatus, Paystub, Shift

# Shifts reach ninety days back, so older paystubs have nothing to be shared out over.
_REACH = timedelta(days=90)
_SURE, _LIKELY, _TODAY = 1.0, 0.9, 0.5


def payouts(stubs: Sequence[Paystub], shifts: Sequence[Shift], today: date) -> list[EarningsStreamPayout]:
    """The payouts of one account, newest first; the paystubs are newest first too."""
    amounts = _by_day(shifts)
    recent = [stub for stub in stubs if stub.pay_period_end and stub.pay_period_end > today - _REACH]
    made = [_made(stub, amounts) for stub in recent]
    return [*_to_come(recent, amounts, today), *made]


def _made(stub: Paystub, amounts: dict[date, int]) -> EarningsStreamPayout:
    days = _within(stub, amounts)
    shares = _shared_out(stub.net_pay_amount, [amounts[day] for day in days])
    return EarningsStreamPayout(
        status=PayoutStatus.PROCESSED,
        pay_date=stub.pay_date,
        net_pay=NetPay(amount=stub.net_pay_amount, currency=stub.currency),
        earnings=[
            EarningsStreamEarning(
                date=day, confidence_score=_SURE, net_pay=NetPay(amount=share, currency=stub.currency)
            )
            for day, share in zip(days, shares, strict=True)
        ],
    )


def _to_come(stubs: Sequence[Paystub], amounts: dict[date, int], today: date) -> list[EarningsStreamPayout]:
    """The payouts after the newest paystub, whose pay calendar is taken to go on."""
    newest = next((stub for stub in stubs if stub.pay_period_start and _within(stub, amounts)), None)
    if newest is None or newest.pay_period_start is None or newest.pay_period_end is None:
        return []
    span = newest.pay_period_end - newest.pay_period_start + timedelta(days=1)
    paid_for = sum(amounts[day] for day in _within(newest, amounts))
    last = max(stub.pay_period_end for stub in stubs if stub.pay_period_end)
    periods: dict[int, list[date]] = {}
    for day in sorted((day for day in amounts if last < day <= today), reverse=True):
        periods.setdefault((day - newest.pay_period_end - timedelta(days=1)) // span, []).append(day)
    return [
        EarningsStreamPayout(
            status=PayoutStatus.ESTIMATED,
            pay_date=newest.pay_date + span * (number + 1),
            earnings=[
                EarningsStreamEarning(
                    date=day,
                    confidence_score=_TODAY if day == today else _LIKELY,
                    net_pay=NetPay(amount=newest.net_pay_amount * amounts[day] // paid_for, currency=newest.currency),
                )
                for day in days
            ],
        )
        for number, days in sorted(periods.items(), reverse=True)
    ]


def _by_day(shifts: Iterable[Shift]) -> dict[date, int]:
    amounts: dict[date, int] = {}
    for shift in shifts:
        worth = sum(earning.amount or 0 for earning in shift.earnings)
        if worth > 0:
            amounts[shift.end_date] = amounts.get(shift.end_date, 0) + worth
    return amounts


def _within(stub: Paystub, amounts: dict[date, int]) -> list[date]:
    """The days of a stub's pay period on which something was earned, newest first."""
    if stub.pay_period_start is None or stub.pay_period_end is None:
        return []
    return sorted((day for day in amounts if stub.pay_period_start <= day <= stub.pay_period_end), reverse=True)


def _shared_out(total: int, weights: Sequence[int]) -> list[int]:
    """Whole cents that add up to the total exactly, in proportion to the weights."""
    whole, shares, given = sum(weights), list[int](), 0
    so_far = 0
    for weight in weights:
        so_far += weight
        upto = total * so_far // whole
        shares.append(upto - given)
        given = upto
    return shares
