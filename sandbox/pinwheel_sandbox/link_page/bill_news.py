"""The bills of a session, and the webhooks that tell of them: the API has no call that lists bills."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec
from pinwheel_api import BillFrequency

from pinwheel_sandbox.deliveries.news import News
from pinwheel_sandbox.deliveries.posting import Posting
from pinwheel_sandbox.link_page.state import Bill
from pinwheel_sandbox.link_page.visit import Visit

FREQUENCIES = tuple(str(frequency.value) for frequency in BillFrequency)

# What merchants of a kind usually ask for, in cents.
USUAL = {
    "video_streaming": 1599,
    "music_and_audio_streaming": 1099,
    "fitness": 3900,
    "utilities": 8420,
    "internet_and_telecom": 6500,
    "insurance": 11_250,
}


def usual(visit: Visit, platform_id: str, *, found: str = "manual") -> Bill:
    """A bill as this merchant's usually are."""
    platform = visit.world.catalogue.platforms[platform_id]
    return Bill(
        id=visit.world.chance.uuid(),
        platform_id=platform_id,
        due=(visit.now.date() + timedelta(days=9)).isoformat(),
        cents=USUAL.get(platform.merchant_category or "", 1299),
        found=found,
    )


def add(visit: Visit, bill: Bill) -> None:
    """A bill is on the list."""
    visit.state.bills.append(bill)
    _post(visit, "bill.added", bill)


def replace(visit: Visit, bill: Bill, **changes: Any) -> Bill:
    """A bill is another now."""
    changed = msgspec.structs.replace(bill, **changes)
    visit.state.bills = [changed if kept.id == bill.id else kept for kept in visit.state.bills]
    _post(visit, "bill.updated", changed)
    return changed


def remove(visit: Visit, bill: Bill) -> None:
    """A bill is on the list no more."""
    visit.state.bills = [kept for kept in visit.state.bills if kept.id != bill.id]
    _post(visit, "bill.removed", bill)


def described(bill: Bill) -> dict[str, object]:
    """What jobs and events say of a bill."""
    return {
        "detection_method": bill.found,
        "frequency": bill.frequency,
        "next_payment_date": _moment(bill.due),
        # As the guide has it, nothing is predicted for bills that were entered by hand.
        "next_payment_amount_cents": 0 if bill.found == "manual" else bill.cents,
    }


def _post(visit: Visit, event: str, bill: Bill) -> None:
    payload = {
        "id": bill.id,
        "end_user_id": visit.token.end_user_id,
        "platform_id": bill.platform_id,
        "platform_name": visit.world.catalogue.platforms[bill.platform_id].name,
        **described(bill),
        "last_payment_date": None,
        "first_seen_at": visit.now.isoformat(timespec="microseconds"),
        "payment": None,
        "reported_platform_name": None,
        "reserved_platform_id": None,
        "customer_id": None,
    }
    source = f"{event}:{visit.world.chance.uuid()}"
    Posting(visit.world).post(visit.session, News(source=source, name=event, at=visit.now, payload=payload))


def _moment(day: str) -> str:
    return datetime.combine(date.fromisoformat(day), time(), UTC).isoformat(timespec="microseconds")
