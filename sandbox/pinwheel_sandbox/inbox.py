"""A receiver of webhooks for tests: it keeps what it is sent."""

import threading
from collections.abc import Mapping

from pinwheel_api import webhooks
from pinwheel_api.webhooks import AnyWebhookEvent, UnknownEvent


class Inbox:
    """Takes deliveries as your own code would: each is verified and parsed, and what fails to be is refused.

        inbox = Inbox(sandbox.secret)
        sandbox.listen(inbox)

    Register more than one, or clear one, as you like: it belongs to nothing.
    """

    def __init__(self, secret: str) -> None:
        """Take the API secret that deliveries are signed with."""
        self.events: list[AnyWebhookEvent | UnknownEvent] = []
        """The events, in the order in which they came."""
        self.bodies: list[bytes] = []
        """The very bytes, for a handler of your own."""
        self.headers: list[Mapping[str, str]] = []
        self._secret = secret
        self._answers: list[int | Exception] = []
        self._changed = threading.Condition()

    @property
    def names(self) -> list[str]:
        """The names of the events: `["account.added", …]`."""
        return [_name(event) for event in self.events]

    def of(self, name: str) -> list[AnyWebhookEvent | UnknownEvent]:
        """The events of one name."""
        return [event for event in self.events if _name(event) == name]

    def answer(self, *answers: int | Exception) -> None:
        """What the next deliveries meet, one each, before all is well again: a status, or an error for no answer.

        What is refused so is kept all the same, and comes again by Pinwheel's rules: after a 5xx, or no answer.
        """
        self._answers += answers

    def wait_for(self, name: str, *, count: int = 1, timeout: float = 10.0) -> list[AnyWebhookEvent | UnknownEvent]:
        """Wait until so many events of a name have come, and return them.

        In process nothing has to be waited for; a sandbox that is served delivers from a thread of its own.

        Raises:
            TimeoutError: They did not come; what did is told.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.of(name)) >= count, timeout):
                raise TimeoutError(f"{name} came {len(self.of(name))} times in {timeout} s, of: {self.names}")
            return self.of(name)

    def clear(self) -> None:
        """Forget what came."""
        self.events.clear()
        self.bodies.clear()
        self.headers.clear()

    def __call__(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Take one delivery."""
        # Signed by the sandbox's clock, which tests move as they like.
        event = webhooks.parse(body, headers, self._secret, tolerance=None)
        with self._changed:
            self.bodies.append(body)
            self.headers.append(headers)
            self.events.append(event)
            self._changed.notify_all()
        answer = self._answers.pop(0) if self._answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer


def _name(event: AnyWebhookEvent | UnknownEvent) -> str:
    return webhooks.event_name(event)
