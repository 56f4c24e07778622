"""One step of one session: what the handlers of the screens read, change and tell."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

import attrs
from pinwheel_api import LinkTokenCreate
from pinwheel_overlays.decoders import convert
from sqlalchemy.orm import Session

from pinwheel_sandbox.catalogue.entries import EmployerEntry, PlatformEntry
from pinwheel_sandbox.link.errors import LinkError
from pinwheel_sandbox.link_page import events
from pinwheel_sandbox.link_page.state import Failure, Json, State, Target
from pinwheel_sandbox.storage.link_tables import LinkSession
from pinwheel_sandbox.storage.tables import LinkToken
from pinwheel_sandbox.world import World

BILL_JOBS = frozenset({"bill_switch", "bill_cancellation"})


@attrs.define(kw_only=True)
class Visit:
    """A session while one request of its page is answered."""

    world: World
    session: Session
    row: LinkSession
    token: LinkToken
    state: State
    now: datetime
    base_url: str
    told: list[Json] = attrs.field(factory=list[Json])

    @property
    def options(self) -> LinkTokenCreate:
        """What the Link token was made with."""
        return convert(self.token.options, LinkTokenCreate)

    @property
    def asked(self) -> frozenset[str]:
        """The jobs that the token asks for, as plain texts: older versions knew some that the newest does not."""
        return frozenset(str(name) for name in self.token.options.get("features") or ())

    @property
    def features(self) -> frozenset[str]:
        """What of it is done here: a Switch Kit may ask for pay and bills, and no platform does both."""
        if self.options.solution == "Switch Kit" and self.state.platform_id:
            return self.asked & frozenset(self.platform.jobs)
        return self.asked

    @property
    def platform(self) -> PlatformEntry:
        """The platform of this session, once there is one."""
        return self.world.catalogue.platforms[self.state.platform_id or ""]

    @property
    def employer(self) -> EmployerEntry | None:
        """The employer that was picked, if one was."""
        return self.world.catalogue.employers.get(self.state.employer_id or "")

    @property
    def target(self) -> Target | None:
        """The account that the user chose."""
        choice = self.state.choice
        return self.state.targets[choice.target] if choice and choice.target < len(self.state.targets) else None

    def tell(self, name: str, payload: Json | None = None) -> None:
        """Send an event to the page that opened Link, where its SDK knows such an event."""
        if events.known(self.state.sdk, name):
            nothing: Json | None = None if name in events.NATIVE_ONLY else {}
            self.told.append({"eventName": name, "payload": nothing if payload is None else payload})

    def tell_more(self, name: str, **values: str | bool | float | None) -> None:
        """Send an event that has no name of its own."""
        self.tell("other_event", events.other_event(name, **values))

    def go(self, screen: str) -> None:
        """Show a screen, and tell its name where it has one and was not shown already."""
        state = self.state
        if screen != state.screen:
            state.problems = {}
        state.screen = screen
        name = events.SCREEN_NAMES.get(screen)
        if name is None or name == state.screen_name:
            return
        place = self._place() if name == "LOGIN" else {}
        before, state.screen_name = state.screen_name, name
        self.tell_more("screen_transition_expanded", screenName=name, previousScreenName=before, **place)
        self.tell("screen_transition", {"screenName": name, **place})

    def fail(self, error: LinkError | Failure, screen: str | None = None) -> None:
        """Tell an error, and show the screen for it."""
        if isinstance(error, LinkError):
            error = Failure(type=error.type, code=error.code, message=error.message, pending=error.pending_retry)
        self.state.failure = error
        self.tell("error", error.payload())
        if screen is not None:
            self.go(screen)

    def succeed(self, job: str) -> None:
        """Tell the result of a job, and show the success screen."""
        state = self.state
        choice = state.choice if job == "direct_deposit_switch" else None
        account_id, platform_id = state.account_id or "", state.platform_id or ""
        self.tell("success", events.result(state.sdk, job, account_id, platform_id, choice, self.target))
        self.go("success")

    def process(self, doing: str) -> None:
        """Show the processing screen until the page asks how it went."""
        self.state.doing = doing
        self.go("processing")

    def _place(self) -> dict[str, str]:
        place: dict[str, str] = {}
        if self.employer:
            place |= {"selectedEmployerId": self.employer.id, "selectedEmployerName": self.employer.name}
        if self.state.platform_id:
            place |= {"selectedPlatformId": self.platform.id, "selectedPlatformName": self.platform.name}
        return place


class Given:
    """What the page sent with an action: texts and flags of a program that anybody can write."""

    def __init__(self, values: Mapping[str, object]) -> None:
        """Take the decoded JSON."""
        self._values = values

    def text(self, name: str, limit: int = 200) -> str:
        """A text without white space around it; anything else is an empty one."""
        value = self._values.get(name)
        return value.strip()[:limit] if isinstance(value, str) else ""

    def secret(self, name: str) -> str:
        """A text exactly as it was typed."""
        value = self._values.get(name)
        return value[:200] if isinstance(value, str) else ""

    def number(self, name: str) -> float | None:
        """A finite number, sent as one or typed as one."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        try:
            number = float(str(value).replace(",", "").replace("$", "").replace("%", "").strip())
        except ValueError:
            return None
        return number if abs(number) < 1e9 else None  # also false for NaN

    def index(self, name: str, count: int) -> int:
        """The place in a list of that many; the first when what was sent is none."""
        number = self.number(name)
        return int(number) if number is not None and 0 <= number < count and number == int(number) else 0

    def texts(self, name: str) -> list[str]:
        """The texts in a list."""
        value = self._values.get(name)
        items = cast(list[object], value) if isinstance(value, list) else []
        return [item for item in items if isinstance(item, str)]


Handler = Callable[[Visit, Given], None]
