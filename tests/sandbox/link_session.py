"""A session of Link without a browser: what its page sends, and what it is answered."""

from typing import Any

from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.link_page.machine import LinkSessions
from pinwheel_sandbox.link_page.state import Sdk

from .asking import Asker

HOME = "http://127.0.0.1:8400"
TARGETS = [
    {"name": "Everyday", "type": "checking", "routing_number": "110000000", "account_number": "000123456789"},
    {"name": "Rainy days", "type": "savings", "routing_number": "110000000", "account_number": "000987654321"},
]
CARD = {
    "card_name": "Everyday card",
    "card_number": "4111111111111111",
    "cvc": "123",
    "expiration_date": "12/29",
    "name_on_card": "Ash Userton",
    "card_zip_code": "99999",
}
INCOME: dict[str, Any] = {"solution": "Verify", "features": ["income"]}
SWITCH: dict[str, Any] = {"solution": "Deposit Switch", "features": ["direct_deposit_switch"]}
BILLS: dict[str, Any] = {"solution": "Bill Switch", "features": ["bill_switch"], "cards": [CARD]}
MANAGER: dict[str, Any] = {**BILLS, "solution": "Bill Manager"}


def sdk(version: str = "3.0.0", name: str = "web") -> Sdk:
    major, minor, patch = (int(part) for part in version.split("."))
    return Sdk(name=name, major=major, minor=minor, patch=patch)


class Session:
    """A session, as its page uses it. `all` is every event since it was opened."""

    def __init__(self, sandbox: Sandbox, opened_by: Sdk | None = None, *, token: str = "", **options: Any) -> None:
        given = {"org_name": "Acme Bank", "end_user_id": "user_1", "skip_intro_screen": True, **INCOME, **options}
        if allocation := given.get("allocation"):
            given["allocation"] = {"targets": TARGETS[:1], **allocation}
        elif given["solution"] == "Deposit Switch":
            given["allocation"] = {"targets": TARGETS[:1]}
        self.sandbox = sandbox
        self.token = token or make_token(sandbox, given)
        self.sessions = LinkSessions(sandbox._world)
        self.all: list[tuple[str, Any]] = []
        self.kinds: list[str] = []
        self.answer: Any = self.sessions.open(self.token, opened_by or sdk(), HOME)
        self.key = self.answer["session"]
        self._note()

    def act(self, action: str, **values: object) -> Any:
        self.answer = self.sessions.act(self.key, action, values, HOME)
        self._note()
        return self.answer

    def upload(self, name: str, content: bytes) -> Any:
        self.answer = self.sessions.upload(self.key, name, content, HOME)
        self._note()
        return self.answer

    @property
    def screen(self) -> Any:
        return self.answer["screen"]

    @property
    def events(self) -> list[str]:
        """What the last answer told."""
        return [event["eventName"] for event in self.answer["events"]]

    @property
    def told(self) -> dict[str, Any]:
        """The last payload of each event since the beginning."""
        return dict(self.all)

    def pick(self, query: str) -> None:
        self.act("select", id=self.act("search", query=query)["screen"]["results"][0]["id"])

    def log_in(self, username: str = "user_good", password: str = "pass_good") -> None:
        self.act("submit", username=username, password=password)
        self.act("poll")

    def _note(self) -> None:
        self.all += [(event["eventName"], event["payload"]) for event in self.answer["events"]]
        self.kinds.append(self.answer["screen"]["kind"])


def make_token(sandbox: Sandbox, given: dict[str, Any]) -> str:
    """A Link token from a plain body, as a backend in any language sends it."""
    return str(Asker(sandbox)("POST", "/v1/link_tokens", body=given).data["token"])
