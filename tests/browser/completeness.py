"""What all browser tests together have to show: each screen of Link and each event of the types."""

from typing import Any, get_args

import msgspec
from pinwheel_api import link
from pinwheel_sandbox.link_page import events, view
from pinwheel_sandbox.link_page.machine import _HANDLERS

# Shown by the page itself, or with nothing to do on them.
_MORE_SCREENS = {"closed", "processing", "fatal"}


class Seen:
    """What was shown and told so far."""

    def __init__(self) -> None:
        """Nothing."""
        self.screens: set[str] = set()
        self.named: set[str] = set()
        self.events: set[str] = set()

    def note(self, screens: set[str], told: list[dict[str, Any]]) -> None:
        """Add what one user saw; each event has to be what its type says."""
        self.screens |= screens
        for message in told:
            event = msgspec.convert(message, link.AnyLinkEvent)
            assert type(event).__name__ in _names(), message
            self.events.add(message["eventName"])
            if message["eventName"] == "screen_transition":
                self.named.add(message["payload"]["screenName"])

    def add(self, other: dict[str, list[str]]) -> None:
        """Add what another process saw."""
        for name, values in other.items():
            getattr(self, name).update(values)

    def plain(self) -> dict[str, list[str]]:
        """All of it, to hand to another process."""
        return {name: sorted(values) for name, values in vars(self).items()}

    def missing(self) -> list[str]:
        """What no test has shown."""
        screens = {screen for screen, _ in _HANDLERS} | set(view._MORE) | _MORE_SCREENS
        return [
            *(f"screen {name}" for name in sorted(screens - self.screens)),
            *(f"screen name {name}" for name in sorted(set(events.SCREEN_NAMES.values()) - self.named)),
            *(f"event {name}" for name in sorted(_events() - self.events)),
        ]


def _kinds() -> tuple[Any, ...]:
    return get_args(link.AnyLinkEvent)


def _names() -> set[str]:
    return {kind.__name__ for kind in _kinds()}


def _events() -> set[str]:
    return {str(kind.__struct_config__.tag) for kind in _kinds()}
