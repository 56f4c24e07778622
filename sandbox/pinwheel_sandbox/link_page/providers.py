"""Which employers and platforms a session shows, how they are found, and what their logins ask."""

from collections.abc import Iterable

from pinwheel_sandbox.catalogue.entries import EmployerEntry, PlatformEntry
from pinwheel_sandbox.catalogue.matching import score
from pinwheel_sandbox.link.providers import can_do
from pinwheel_sandbox.link_page.state import Json
from pinwheel_sandbox.link_page.visit import Visit

SHOWN = 20
POPULAR = 8

# These ask for the organization before they ask for the user, as Workday does.
_WITH_ORGANIZATION = frozenset({"Gablehouse HCM"})
# One maker with several products: the user has to say which one it is.
_FAMILIES = ("Quillwage",)
ORGANIZATION = "company_good"


def fits(visit: Visit, platform: PlatformEntry) -> bool:
    """Whether a platform can do what the Link token asks for."""
    options = visit.options
    if options.platform_type and platform.type != options.platform_type:
        return False
    return can_do(platform, options)


def found(visit: Visit, query: str, *, platforms_only: bool) -> list[Json]:
    """The best answers to a query; without one, those that most people pick."""
    catalogue = visit.world.catalogue
    platforms = [p for p in catalogue.platforms.values() if fits(visit, p)]
    employers = [] if platforms_only else [e for e in catalogue.employers.values() if fits(visit, e.platform)]
    if query:
        scored = [*_scored(query, employers), *_scored(query, platforms)]
        best = sorted(scored, key=lambda pair: (-pair[0], pair[1].name.casefold()))
        return [entry_view(entry) for _, entry in best[:SHOWN]]
    if platforms_only:
        return [entry_view(platform) for platform in platforms[:SHOWN]]
    return _popular(visit, employers) or [entry_view(platform) for platform in platforms[:POPULAR]]


def family(visit: Visit, platform: PlatformEntry) -> list[PlatformEntry]:
    """The products that a platform is easily taken for, itself among them; only itself for most."""
    for name in _FAMILIES:
        if platform.name.startswith(name):
            return [p for p in visit.world.catalogue.platforms.values() if p.name.startswith(name) and fits(visit, p)]
    return [platform]


def forms(platform: PlatformEntry) -> list[list[Json]]:
    """The forms of a platform's login, one after another."""
    password = {"key": "password", "label": "password", "type": "password", "autocomplete": "off"}
    if platform.type == "merchant":
        return [[{"key": "username", "label": "email", "type": "text", "autocomplete": "off"}, password]]
    user = {"key": "username", "label": "username", "type": "text", "autocomplete": "off"}
    if platform.name in _WITH_ORGANIZATION:
        return [
            [{"key": "organization", "label": "organization", "type": "text", "autocomplete": "off"}],
            [user, password],
        ]
    return [[user, password]]


def entry_view(entry: EmployerEntry | PlatformEntry) -> Json:
    """An entry as the search shows it."""
    if isinstance(entry, EmployerEntry):
        return {"id": entry.id, "kind": "employer", "name": entry.name, "detail": entry.platform.name}
    return {"id": entry.id, "kind": "platform", "name": entry.name, "detail": entry.type}


def _scored(
    query: str, entries: Iterable[EmployerEntry | PlatformEntry]
) -> list[tuple[float, EmployerEntry | PlatformEntry]]:
    return [(points, entry) for entry in entries if (points := score(query, entry.name)) > 0]


def _popular(visit: Visit, employers: list[EmployerEntry]) -> list[Json]:
    """Acme Corporation, whom Pinwheel's own sandbox knows, and some from all over the alphabet."""
    first = visit.world.catalogue.default_employer()
    others = [entry for entry in employers if entry != first]
    step = max(1, len(others) // (POPULAR - 1))
    picked = [*([first] if first in employers else []), *others[step // 2 :: step]]
    return [entry_view(entry) for entry in picked[:POPULAR]]
