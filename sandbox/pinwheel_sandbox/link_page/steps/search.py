"""Find the employer or the payroll provider."""

from collections.abc import Mapping

from pinwheel_sandbox.link_page import providers
from pinwheel_sandbox.link_page.steps import forms, uploads
from pinwheel_sandbox.link_page.visit import Given, Handler, Visit


def search(visit: Visit, given: Given) -> None:
    """The user typed something."""
    visit.state.query = given.text("query", 80)
    if visit.state.screen != "search_platforms":
        visit.go("search_results" if visit.state.query else "search")


def platforms_only(visit: Visit, given: Given) -> None:
    """The user looks for the provider, not for the employer."""
    visit.state.query = given.text("query", 80)
    visit.go("search_platforms")


def everything(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """Back to employers and platforms."""
    visit.state.query = ""
    visit.go("search")


def select(visit: Visit, given: Given) -> None:
    """The user picked an entry."""
    key = given.text("id")
    catalogue = visit.world.catalogue
    employer = catalogue.employers.get(key)
    platform = employer.platform if employer else catalogue.platforms.get(key)
    if platform is None or not providers.fits(visit, platform):
        return
    visit.state.employer_id = employer.id if employer else None
    visit.state.platform_id = platform.id
    if employer:
        visit.tell("select_employer", {"selectedEmployerId": employer.id, "selectedEmployerName": employer.name})
    else:
        _tell_platform(visit)
    visit.go("provider_confirmation" if len(providers.family(visit, platform)) > 1 else "login")


def confirm(visit: Visit, given: Given) -> None:
    """The user said which of the products it is."""
    platform = visit.world.catalogue.platforms.get(given.text("id"))
    if platform is None or platform not in providers.family(visit, visit.platform):
        return
    visit.state.platform_id = platform.id
    if visit.employer and visit.employer.platform.id != platform.id:
        # The catalogue knows another platform for this employer: the platform counts, as that is where the login is.
        visit.state.employer_id = None
    _tell_platform(visit)
    visit.go("login")


def back_to_search(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user wants another employer or provider."""
    if visit.state.preselected and not visit.token.account_id:
        visit.tell("incorrect_platform_given")
        visit.state.preselected = False
    visit.state.employer_id = visit.state.platform_id = None
    visit.state.form, visit.state.query = 0, ""
    visit.go("search")


def upload(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user cannot find it and uploads documents instead."""
    if uploads.offered(visit):
        uploads.begin(visit)


def form(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user cannot find it and fills in a direct deposit form instead."""
    if forms.offered(visit):
        forms.begin(visit)


def _tell_platform(visit: Visit) -> None:
    platform = visit.platform
    visit.tell("select_platform", {"selectedPlatformId": platform.id, "selectedPlatformName": platform.name})


_SEARCHES = ("search", "search_results", "search_platforms")

HANDLERS: Mapping[tuple[str, str], Handler] = {
    **{(screen, "search"): search for screen in _SEARCHES},
    **{(screen, "select"): select for screen in _SEARCHES},
    **{(screen, "upload"): upload for screen in (*_SEARCHES, "job_error")},
    **{(screen, "form"): form for screen in (*_SEARCHES, "job_error", "exit_confirmation")},
    ("search", "platforms_only"): platforms_only,
    ("search_results", "platforms_only"): platforms_only,
    ("search_platforms", "everything"): everything,
    ("search_platforms", "back"): everything,
    ("search_results", "back"): everything,
    ("provider_confirmation", "confirm"): confirm,
    ("provider_confirmation", "back"): back_to_search,
    ("login", "another"): back_to_search,
}
