"""The employers and platforms that can be searched for: invented, and the same in every sandbox."""

import functools
import tomllib
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Any

import attrs

# Ids are derived from names, so that a test can keep one and a second server agrees with the first.
_NAMESPACE = uuid.UUID("6c0f2a52-7f0d-5d1c-9a3e-1f4b8e5c7d21")

_READ_JOBS = ("employment", "identity", "income", "paystubs", "shifts", "direct_deposit_allocations", "tax_forms")
_JOBS_BY_TYPE = {
    "payroll": ("direct_deposit_switch", *_READ_JOBS),
    "time_and_attendance": ("employment", "identity", "shifts"),
    "tax": ("tax_forms",),
    "merchant": ("bill_switch", "bill_cancellation"),
}
# The service names these in supported_jobs although its own documents do not: a client must get over it.
_COMPANY_JOBS = ("company_census", "company_employments", "company_incomes")


@attrs.frozen(kw_only=True)
class PlatformEntry:
    """A payroll, time, tax or merchant platform that people log in to."""

    id: str
    name: str
    type: str
    last_updated: datetime
    logo_url: str
    jobs: tuple[str, ...]
    amount: bool
    percentage: bool
    fractional: bool
    min_amount: float | None
    max_amount: float | None
    merchant_category: str | None
    employer_specific: bool
    """True for the portal of one single employer."""


@attrs.frozen(kw_only=True)
class EmployerEntry:
    """An employer, and the platform that runs its payroll."""

    id: str
    name: str
    last_updated: datetime
    logo_url: str
    platform: PlatformEntry
    ein: str
    """The invented identification number, nine digits, with a prefix that is never given out."""


@attrs.frozen(kw_only=True)
class Catalogue:
    """All entries, by id and in the order of their names."""

    platforms: Mapping[str, PlatformEntry]
    employers: Mapping[str, EmployerEntry]

    def default_employer(self) -> EmployerEntry:
        """The employer that a login lands on when nothing chose one."""
        return self.employers[_id("employer", "Acme Corporation")]

    def ein_of(self, employer_id: str | None) -> str:
        """An employer's identification number with the hyphen that forms print."""
        ein = self.employers.get(employer_id or "", self.default_employer()).ein
        return f"{ein[:2]}-{ein[2:]}"


@functools.cache
def catalogue() -> Catalogue:
    """The catalogue, read once in a process."""
    platforms = {entry["name"]: _platform(entry) for entry in _read("platforms.toml")["platform"]}
    employers = [
        _employer(name, platforms[platform]) for platform, names in _read("employers.toml").items() for name in names
    ]
    return Catalogue(
        platforms={entry.id: entry for entry in sorted(platforms.values(), key=_by_name)},
        employers={entry.id: entry for entry in sorted(employers, key=_by_name)},
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("pinwheel_sandbox.catalogue").joinpath(name).read_text(encoding="utf-8"))


def _id(kind: str, name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{kind}:{name}"))


def _by_name(entry: PlatformEntry | EmployerEntry) -> str:
    return entry.name.casefold()


def _platform(entry: dict[str, Any]) -> PlatformEntry:
    key = _id("platform", entry["name"])
    without = set(entry.get("without", ()))
    jobs = (*_JOBS_BY_TYPE[entry["type"]], *(_COMPANY_JOBS if entry.get("company_jobs") else ()))
    return PlatformEntry(
        id=key,
        name=entry["name"],
        type=entry["type"],
        last_updated=_last_updated(key),
        logo_url=_logo(key),
        jobs=tuple(job for job in jobs if job not in without),
        amount=entry.get("amount", True),
        percentage=entry.get("percentage", True),
        fractional=entry.get("fractional", True),
        min_amount=entry.get("min_amount"),
        max_amount=entry.get("max_amount"),
        merchant_category=entry.get("merchant_category"),
        employer_specific=entry.get("employer_specific", False),
    )


def _employer(name: str, platform: PlatformEntry) -> EmployerEntry:
    key = _id("employer", name)
    return EmployerEntry(
        id=key, name=name, last_updated=_last_updated(key), logo_url=_logo(key), platform=platform, ein=_ein(key)
    )


def _ein(key: str) -> str:
    # 00 is no prefix of a real number.
    return f"00{uuid.UUID(key).int % 10**7:07}"


def _last_updated(key: str) -> datetime:
    """A moment in the 730 days from 2024 on, spread over the entries by their ids."""
    return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(microseconds=uuid.UUID(key).int % (730 * 86_400 * 10**6))


def _logo(key: str) -> str:
    return f"https://logos.pinwheel.example/{key}.png"
