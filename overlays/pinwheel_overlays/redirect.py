"""Redirects: followed on the same origin only, and only when method and body stay the same.

An HTTP library that follows redirects by itself keeps ``x-api-secret``, and on 307 the body with an SSN, when it goes
to another host. So redirects are decided here and the library is told to follow none.
"""

from urllib.parse import urljoin

from .config import origin_of
from .wire import WireResponse

__all__ = ["MOST_HOPS", "redirect_target"]

MOST_HOPS = 5
"""Redirects followed in one attempt."""


def redirect_target(url: str, response: WireResponse) -> tuple[str | None, str]:
    """Return where a 3xx answer of ``url`` may be followed to, or None and why it may not."""
    if response.status not in {307, 308}:
        return None, "a redirect of this status is not followed, since it would change the request"
    location = response.headers.get("location", "")
    if not location or any(character <= " " or character in "\x7f\\" for character in location):
        return None, "a redirect without a usable target"
    try:
        target = urljoin(url, location)
    except ValueError:
        return None, "a redirect without a usable target"
    here, there = origin_of(url), origin_of(target)
    if there is None:
        return None, "a redirect to something that is no plain http or https address"
    if here != there:
        return None, f"a redirect from {_shown(url)} to another origin, {_shown(target)}, was refused"
    return target.partition("#")[0], ""


def _shown(url: str) -> str:
    origin = origin_of(url)
    return f"{origin.scheme}://{origin.host}:{origin.port}" if origin else "?"
