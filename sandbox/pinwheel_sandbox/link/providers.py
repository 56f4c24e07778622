"""Which employer and platform a login lands on."""

import attrs
from pinwheel_api import LinkTokenCreate

from pinwheel_sandbox.catalogue.entries import Catalogue, EmployerEntry, PlatformEntry
from pinwheel_sandbox.link.errors import sandbox_error


@attrs.frozen
class Provider:
    """The platform to log in to, and the employer if one was picked."""

    platform: PlatformEntry
    employer: EmployerEntry | None


def choose(
    catalogue: Catalogue, options: LinkTokenCreate, employer_id: str | None, platform_id: str | None
) -> Provider:
    """What the caller picked, else what the Link token names, else the first that can do all the features."""
    if employer_id is None and platform_id is None:
        employer_id, platform_id = options.employer_id or None, options.platform_id or None
    if employer_id is not None:
        employer = catalogue.employers.get(employer_id.lower())
        if employer is None:
            raise sandbox_error("unknownEmployer", f"There is no employer {employer_id}.")
        provider = Provider(employer.platform, employer)
    elif platform_id is not None:
        platform = catalogue.platforms.get(platform_id.lower())
        if platform is None:
            raise sandbox_error("unknownPlatform", f"There is no platform {platform_id}.")
        provider = Provider(platform, None)
    else:
        return _first_fit(catalogue, options)
    if not _fits(provider.platform, options):
        wanted = ", ".join(sorted(options.features or []))
        raise sandbox_error("platformLacksFeatures", f"{provider.platform.name} cannot do all of: {wanted}.")
    return provider


def _first_fit(catalogue: Catalogue, options: LinkTokenCreate) -> Provider:
    default = catalogue.default_employer()
    if _fits(default.platform, options):
        return Provider(default.platform, default)
    for platform in catalogue.platforms.values():
        if _fits(platform, options):
            return Provider(platform, None)
    raise sandbox_error("platformLacksFeatures", "No platform can do all the features of this Link token.")


def _fits(platform: PlatformEntry, options: LinkTokenCreate) -> bool:
    """Whether Link would show the platform for this token."""
    right_type = not options.platform_type or platform.type == options.platform_type
    return right_type and can_do(platform, options)


def can_do(platform: PlatformEntry, options: LinkTokenCreate) -> bool:
    """Whether a platform can do all the features of a token; of a Switch Kit's pay and bills, one is enough."""
    wanted = {str(feature) for feature in options.features or []}
    if options.solution == "Switch Kit":
        return not wanted or bool(wanted & set(platform.jobs))
    return wanted <= set(platform.jobs)
