"""Something that happened, before it is an event."""

from datetime import datetime

import attrs

from pinwheel_sandbox.storage.base import Json


@attrs.frozen(kw_only=True)
class News:
    """What is to be told."""

    source: str
    """What it was found in: the same source is never told twice."""
    name: str
    at: datetime
    place: float = 0.0
    """Where it stands among what happened at the same moment: seconds in the recorded timeline."""
    account_id: str | None = None
    payload: Json
