"""Where one Link session is: everything that has to outlive a request, and no password."""

from typing import Any

import msgspec

Json = dict[str, Any]


class Sdk(msgspec.Struct, kw_only=True, frozen=True):
    """The front-end SDK that opened Link; its version decides what events look like."""

    name: str = "web"
    major: int = 3
    minor: int = 0
    patch: int = 0

    def since(self, major: int, minor: int = 0) -> bool:
        """Whether it is of this version or a later one."""
        return (self.major, self.minor) >= (major, minor)


class Choice(msgspec.Struct, kw_only=True, frozen=True):
    """What the user chose to switch: all of the pay, or a part of it."""

    kind: str
    """full, amount, percentage or remainder; partner where a partner switches and nobody is asked."""
    value: float | None = None
    """Dollars or percent."""
    target: int = 0
    """Which of the target accounts."""


class Target(msgspec.Struct, kw_only=True, frozen=True):
    """A bank account that pay can go to."""

    name: str
    type: str
    routing_number: str
    account_number: str


class Bill(msgspec.Struct, kw_only=True, frozen=True):
    """A bill that the user has with a merchant."""

    id: str
    platform_id: str
    frequency: str = "monthly"
    due: str
    """The day of the next payment, as ISO 8601 writes it."""
    cents: int
    found: str = "manual"
    """manual, or external_plaid for what a connected bank account showed."""
    active: bool = True
    switched: bool = False


class Failure(msgspec.Struct, kw_only=True, frozen=True):
    """An error as Link's callbacks tell it."""

    type: str
    code: str
    message: str
    pending: bool = False

    def payload(self) -> Json:
        """The object that onError gets."""
        return {"type": self.type, "code": self.code, "message": self.message, "pendingRetry": self.pending}


class State(msgspec.Struct, kw_only=True):
    """The state of a session between two requests."""

    sdk: Sdk = msgspec.field(default_factory=Sdk)
    screen: str = "intro"
    screen_name: str | None = None
    """The last name that a screen_transition told."""
    before_exit: str | None = None
    """The screen under the exit confirmation."""

    query: str = ""
    employer_id: str | None = None
    platform_id: str | None = None
    preselected: bool = False
    matched_user: str | None = None
    """Who platform matching found, with the employer above."""
    partner: bool = False
    """Whether a partner makes the switch, so that the user is asked for no login and no share."""

    form: int = 0
    """Which of the login's forms is shown."""
    attempted: bool = False
    username: str | None = None
    effect: str = "good"
    """What becomes of this user's jobs."""
    verdict: str | None = None
    """What the login in progress comes to: right, wrong or mfa."""
    doing: str | None = None
    """What the processing screen waits for: login, refresh, match, switch, card, bank or cancel."""

    account_id: str | None = None
    targets: list[Target] = []
    choice: Choice | None = None
    card: int = 0
    bank: int = 0
    """Which bank was connected last, by its place in the list."""
    bills: list[Bill] = []
    bill: str | None = None
    """The bill that is open; none while a new one is made."""
    cancelling: bool = False
    """Whether the bill that is open is to be cancelled, not switched."""
    services: list[str] = []
    """The merchants that the user wants switched."""
    accounts: dict[str, str] = {}
    """The merchants that the user logged in to, each with its account."""
    problems: dict[str, str] = {}
    """What is wrong in the form that is shown: field to reason."""
    failure: Failure | None = None
    uploads_sent: int = 0
    form_file: str | None = None
    """The direct deposit form that was made."""
    finished: bool = False
