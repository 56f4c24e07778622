"""What can be set about one sandbox, and what it is when nothing is said."""

from datetime import timedelta

import attrs

from pinwheel_sandbox.rate import RatePolicy

DEFAULT_SECRET = "sandbox"  # noqa: S105 - published: it opens a fresh local sandbox and nothing else

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8400
IN_MEMORY = "sqlite://"

READY = "ready at "
"""What a server process that was started by a program writes before its address, once it answers."""


@attrs.frozen(kw_only=True)
class Settings:
    """The knobs of a sandbox; the defaults behave as Pinwheel's own sandbox was recorded to."""

    secret: str = DEFAULT_SECRET
    """The API secret that a fresh database starts with."""

    link_token_lifetime: timedelta = timedelta(hours=1)
    """How long a Link token opens a Link session."""

    account_limit: int = 25
    """How many accounts one end user can connect."""

    pace: float = 0.0
    """How fast data arrives after a login: 0 is at once, 1 is as recorded (some seconds), 2 takes twice as long."""

    live_versions: bool = False
    """Answer 400 to a missing Pinwheel-Version and to the two sunset versions, as the service does today."""

    version_required: bool = False
    """Answer 400 to a missing Pinwheel-Version alone; otherwise it stands for the oldest version."""

    rate: int = 0
    """Requests a second that each API secret may make; more are answered with 429. 0: as many as it likes."""

    rate_policy: RatePolicy = "sliding"
    """How they are counted: over any second, over the seconds of the clock, or with a bucket that holds few."""

    body_limit: int = 1_000_000
    """The largest request body in bytes."""

    deliver_anywhere: bool = False
    """Send webhook deliveries to other machines too; otherwise they go to this one alone."""
