"""A page of paystubs as the service sends it, made up the same way each time.

Shaped like recorded answers of the sandbox: compact JSON, keys in the order the API declares them, every declared
property present, null where the service has nothing, microseconds and a numeric offset in every timestamp.
"""

import json
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

STUBS = 100
PRESIGNED_LENGTH = 1_900

DEDUCTIONS = [
    ("401(k)", "retirement", "pre_tax"),
    ("Medical", "medical_insurance", "pre_tax"),
    ("Dental", "dental", "pre_tax"),
    ("Commuter", "commuter", "pre_tax"),
    ("Union dues", "union_dues", "post_tax"),
]
TAXES = [
    ("Federal income tax", "federal_income"),
    ("Social Security", "social_security"),
    ("Medicare", "medicare"),
    ("State income tax", "state_income"),
]
EARNINGS = [
    ("Regular", "hourly", True),
    ("Overtime", "overtime", True),
    ("Holiday", "holiday", True),
    ("Shift premium", "premium", True),
    ("Bonus", "bonus", False),
    ("Tips", "tips", False),
]


def dense_page() -> bytes:
    """Six earnings, five deductions and four taxes a stub; the documents are not fetched yet."""
    return _page(earnings=6, deductions=5, taxes=4, with_document=False)


def recorded_page() -> bytes:
    """The proportions of the recordings: few lines, and a signed document address that is most of the bytes."""
    return _page(earnings=2, deductions=1, taxes=4, with_document=True)


def _page(*, earnings: int, deductions: int, taxes: int, with_document: bool) -> bytes:
    source = random.Random(20230704)
    account_id = _id(source)
    newest = date(2025, 6, 24)
    stubs = [
        _stub(
            source,
            account_id=account_id,
            pay_date=newest - timedelta(days=14 * index),
            earnings=[_earning(source, *line) for line in EARNINGS[:earnings]],
            deductions=[_line(source, name=name, category=category, type=kind) for name, category, kind in DEDUCTIONS][
                :deductions
            ],
            taxes=[_line(source, name=name, category=category) for name, category in TAXES[:taxes]],
            with_document=with_document,
        )
        for index in range(STUBS)
    ]
    meta = {"refreshed_at": _moment(source), "count": STUBS, "next_cursor": "gAAAAAB" + source.randbytes(88).hex()}
    return json.dumps({"meta": meta, "data": stubs}, separators=(",", ":")).encode()


def _stub(
    source: random.Random,
    *,
    account_id: str,
    pay_date: date,
    earnings: list[dict[str, Any]],
    deductions: list[dict[str, Any]],
    taxes: list[dict[str, Any]],
    with_document: bool,
) -> dict[str, Any]:
    gross, withheld, taxed = (sum(line["amount"] for line in lines) for lines in (earnings, deductions, taxes))
    net = gross - withheld - taxed
    return {
        "id": _id(source),
        "created_at": _moment(source),
        "account_id": account_id,
        "pay_date": pay_date.isoformat(),
        "pay_period_start": (pay_date - timedelta(days=18)).isoformat(),
        "pay_period_end": (pay_date - timedelta(days=5)).isoformat(),
        "currency": "USD",
        "gross_pay_amount": gross,
        "net_pay_amount": net,
        "check_amount": net,
        "gross_pay_ytd": gross * 12,
        "net_pay_ytd": net * 12,
        "total_taxes": taxed,
        "total_deductions": withheld,
        "total_reimbursements": 0,
        "external_paystub_id": None,
        "employer_name": None,
        "taxes": taxes,
        "deductions": deductions,
        "earnings": earnings,
        "time_off": [],
        "document": _document(source) if with_document else None,
    }


def _earning(source: random.Random, name: str, category: str, is_hourly: bool) -> dict[str, Any]:
    if not is_hourly:
        return {
            "name": name,
            "category": category,
            "amount": source.randrange(5_000, 40_000),
            "rate": None,
            "hours": None,
        }
    rate, quarters = source.randrange(1_800, 4_500), source.randrange(8, 320)
    return {"name": name, "category": category, "amount": rate * quarters // 4, "rate": rate, "hours": quarters / 4}


def _line(source: random.Random, **properties: str) -> dict[str, Any]:
    amount = source.randrange(500, 15_000)
    name, category, *rest = properties.items()
    return dict([name, category, ("amount", amount), *rest])


def _document(source: random.Random) -> dict[str, Any]:
    address = f"https://documents.sandbox.example/{_id(source)}.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900"
    address += "&X-Amz-Security-Token="
    address += source.randbytes((PRESIGNED_LENGTH - len(address)) // 2).hex()
    return {"id": str(UUID(int=0)), "download_url": address, "download_url_expiration": _moment(source)}


def _id(source: random.Random) -> str:
    return str(UUID(bytes=source.randbytes(16), version=4))


def _moment(source: random.Random) -> str:
    # one microsecond at least, so that no timestamp loses its fraction
    offset = timedelta(seconds=source.randrange(86_400), microseconds=source.randrange(1, 1_000_000))
    return (datetime(2025, 6, 24, tzinfo=UTC) + offset).isoformat()
