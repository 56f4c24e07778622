"""Employers, platforms, and the search over both."""

from decimal import Decimal

from pinwheel_api import (
    Employer,
    JobName,
    MerchantCategory,
    Platform,
    PlatformType,
    SearchResult,
    SearchResultType,
    SupportedJob,
)

from pinwheel_sandbox.call import Call, Reply, listing
from pinwheel_sandbox.catalogue.entries import EmployerEntry, PlatformEntry
from pinwheel_sandbox.catalogue.matching import score
from pinwheel_sandbox.errors import not_found
from pinwheel_sandbox.paging import DEFAULT_LIMIT, MOST, page_of_entries
from pinwheel_sandbox.routing import Route

# A switch can move 1 to 99 percent; everything is no percentage.
_MIN_PERCENTAGE, _MAX_PERCENTAGE = 1, 99


def list_employers(call: Call) -> Reply:
    """Employers by name."""
    since = call.query.moment("last_updated")
    entries = [e for e in call.world.catalogue.employers.values() if since is None or e.last_updated > since]
    page = page_of_entries(call, entries, _position)
    items = [_employer(call, entry) for entry in page.items]
    return listing(items, count=len(items), next_cursor=page.next_cursor)


def get_employer(call: Call) -> Reply:
    """One employer."""
    entry = call.world.catalogue.employers.get(call.path["employer_id"].lower())
    if entry is None:
        raise not_found("The employer")
    return Reply(_employer(call, entry))


def look_up_employer(call: Call) -> Reply:
    """The employer that has an identification number."""
    digits = (call.query.text("ein") or "").replace("-", "")
    entry = next((e for e in call.world.catalogue.employers.values() if e.ein == digits), None)
    if entry is None:
        raise not_found("An employer with this EIN")
    return Reply(_employer(call, entry))


def list_platforms(call: Call) -> Reply:
    """Platforms by name; portals of one employer only when asked for."""
    kind = call.query.choice("type", PlatformType)
    portals = call.query.flag("include_esps") or False
    since = call.query.moment("last_updated")
    entries = [
        entry
        for entry in call.world.catalogue.platforms.values()
        if (kind is None or entry.type == kind)
        and (portals or not entry.employer_specific)
        and (since is None or entry.last_updated > since)
    ]
    page = page_of_entries(call, entries, _position)
    items = [_platform(call, entry) for entry in page.items]
    return listing(items, count=len(items), next_cursor=page.next_cursor)


def get_platform(call: Call) -> Reply:
    """One platform."""
    entry = call.world.catalogue.platforms.get(call.path["platform_id"].lower())
    if entry is None:
        raise not_found("The platform")
    return Reply(_platform(call, entry))


def search(call: Call) -> Reply:
    """Employers and platforms whose names are like the text, best first."""
    text = call.query.required_text("q")
    jobs = set(call.query.choices("supported_jobs", JobName))
    kinds = call.query.choices("response_types", SearchResultType) or list(SearchResultType)
    amount = call.query.flag("amount_supported")
    platform_type = call.query.choice("platform_type", PlatformType)
    limit = call.query.number("limit", least=1, most=MOST) or DEFAULT_LIMIT
    candidates: list[EmployerEntry | PlatformEntry] = []
    if SearchResultType.EMPLOYER in kinds:
        candidates += call.world.catalogue.employers.values()
    if SearchResultType.PLATFORM in kinds:
        candidates += call.world.catalogue.platforms.values()
    found = [
        (score(text, entry.name), entry)
        for entry in candidates
        if jobs <= set(_behind(entry).jobs)
        and (amount is None or _behind(entry).amount == amount)
        and (platform_type is None or _behind(entry).type == platform_type)
    ]
    best = sorted((hit for hit in found if hit[0] > 0), key=lambda hit: (-hit[0], *_position(hit[1])))
    return listing([_result(call, entry) for _, entry in best[:limit]], count=len(best[:limit]))


def _position(entry: EmployerEntry | PlatformEntry) -> list[str]:
    return [entry.name.casefold(), entry.id]


def _behind(entry: EmployerEntry | PlatformEntry) -> PlatformEntry:
    return entry.platform if isinstance(entry, EmployerEntry) else entry


def _jobs(call: Call, platform: PlatformEntry) -> list[SupportedJob]:
    # The service gives them in another order each time, which finds out who compares lists.
    return [SupportedJob(job) for job in call.world.chance.shuffled(platform.jobs)]


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _employer(call: Call, entry: EmployerEntry) -> Employer:
    platform = entry.platform
    return Employer(
        id=entry.id,
        name=entry.name,
        last_updated=entry.last_updated,
        logo_url=entry.logo_url,
        supported_jobs=_jobs(call, platform),
        fractional_amount_supported=platform.fractional,
        amount_supported=platform.amount,
        min_amount=_decimal(platform.min_amount),
        max_amount=_decimal(platform.max_amount),
        percentage_supported=platform.percentage,
        min_percentage=_MIN_PERCENTAGE,
        max_percentage=_MAX_PERCENTAGE,
    )


def _platform(call: Call, entry: PlatformEntry) -> Platform:
    return Platform(
        id=entry.id,
        name=entry.name,
        last_updated=entry.last_updated,
        logo_url=entry.logo_url,
        supported_jobs=_jobs(call, entry),
        type=PlatformType(entry.type),
        merchant_category=MerchantCategory(entry.merchant_category) if entry.merchant_category else None,
        fractional_amount_supported=entry.fractional,
        amount_supported=entry.amount,
        min_amount=_decimal(entry.min_amount),
        max_amount=_decimal(entry.max_amount),
        percentage_supported=entry.percentage,
        min_percentage=_MIN_PERCENTAGE,
        max_percentage=_MAX_PERCENTAGE,
    )


def _result(call: Call, entry: EmployerEntry | PlatformEntry) -> SearchResult:
    platform = _behind(entry)
    is_platform = platform is entry
    return SearchResult(
        id=entry.id,
        name=entry.name,
        last_updated=entry.last_updated,
        logo_url=entry.logo_url,
        supported_jobs=_jobs(call, platform),
        response_type=SearchResultType.PLATFORM if is_platform else SearchResultType.EMPLOYER,
        platform_type=PlatformType(platform.type) if is_platform else None,
        fractional_amount_supported=platform.fractional,
        amount_supported=platform.amount,
        # Required in the documents, yet null in every recorded result.
        min_amount=None,
        max_amount=None,
        percentage_supported=platform.percentage,
        min_percentage=_MIN_PERCENTAGE,
        max_percentage=_MAX_PERCENTAGE,
    )


ROUTES = (
    Route(method="GET", template="/v1/employers", operation="employers.list", handler=list_employers, fixed=True),
    Route(
        method="GET",
        template="/v1/employers/lookup",
        operation="employers.lookup",
        handler=look_up_employer,
        since="2025-07-08",
        fixed=True,
    ),
    Route(
        method="GET",
        template="/v1/employers/{employer_id}",
        operation="employers.get",
        handler=get_employer,
        fixed=True,
    ),
    Route(method="GET", template="/v1/platforms", operation="platforms.list", handler=list_platforms, fixed=True),
    Route(
        method="GET",
        template="/v1/platforms/{platform_id}",
        operation="platforms.get",
        handler=get_platform,
        fixed=True,
    ),
    Route(method="GET", template="/v1/search", operation="search.list", handler=search, fixed=True),
)
