"""What goes into the sandbox and what comes out, whichever face it is reached by."""

from collections.abc import Mapping

import attrs


@attrs.frozen(kw_only=True)
class Request:
    """One HTTP request, free of any web framework."""

    method: str
    path: str
    """The path as sent: still percent-encoded, without the query."""
    query: str = ""
    """The query string as sent, without the question mark."""
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """Header values by lower-case name."""
    body: bytes = b""


@attrs.frozen(kw_only=True)
class Answer:
    """One HTTP answer."""

    status: int
    headers: dict[str, str]
    """Header values by lower-case name."""
    body: bytes = b""
