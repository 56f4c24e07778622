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


class Choice(msgspec.Struct, kw_only=True, frozen=True):
    """What the user chose to switch: all of the pay, or a part of it."""

    kind: str
    """full, amount, percentage or remainder."""
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

    form: int = 0
    """Which of the login's forms is shown."""
    attempted: bool = False
    username: str | None = None
    effect: str = "good"
    """What becomes of this user's jobs."""
    verdict: str | None = None
    """What the login in progress comes to: right, wrong or mfa."""
    doing: str | None = None
    """What the processing screen waits for: login, refresh, switch, card or bill."""

    account_id: str | None = None
    targets: list[Target] = []
    choice: Choice | None = None
    card: int = 0
    problems: dict[str, str] = {}
    """What is wrong in the form that is shown: field to reason."""
    failure: Failure | None = None
    uploads_sent: int = 0
    form_file: str | None = None
    """The direct deposit form that was made."""
    finished: bool = False
