"""Writers that change the state over HTTP, and the journal of what was acknowledged to them."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

import httpx

FIRST_ACCOUNTS = 6
"""So few end users that some of them reach their limit of accounts."""


class Journal:
    """What the servers said is done, and what they were asked to undo."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.answers: Counter[int] = Counter()
        self.broken = 0
        self.failures: list[str] = []
        # A token is offered to several writers: only one may get in with it.
        self.tokens: deque[str] = deque(maxlen=4)
        self.token_ids: set[str] = set()
        self.accounts: dict[str, str] = {}
        self.webhooks: set[str] = set()
        self.webhooks_let_go: set[str] = set()
        self.events: set[str] = set()
        self.documents: dict[str, str] = {}


class Writer:
    """Makes one call after another, each of a kind drawn by lot, to a server drawn by lot."""

    def __init__(self, urls: list[str], journal: Journal, target: str, dice: random.Random) -> None:
        self._urls, self._journal, self._target, self._dice = urls, journal, target, dice
        self._client = httpx.Client(timeout=60, trust_env=False)

    def run(self, over: Callable[[], bool]) -> None:
        kinds = {
            self._token: 20,
            self._login: 40,
            self._webhook: 10,
            self._no_webhook: 4,
            self._event: 12,
            self._document: 8,
            self._again: 6,
        }
        while not over():
            (kind,) = self._dice.choices(list(kinds), list(kinds.values()))
            kind()
        self._client.close()

    def _token(self) -> None:
        body = {**_ASKED, "end_user_id": f"user_{self._dice.randrange(FIRST_ACCOUNTS)}"}
        made = self._ask("POST", "/v1/link_tokens", body)
        if made:
            with self._journal.lock:
                self._journal.tokens.append(made["token"])
                self._journal.token_ids.add(made["id"])

    def _login(self) -> None:
        with self._journal.lock:
            tokens = list(self._journal.tokens)
        if not tokens:
            return self._token()
        login = self._ask("POST", "/_sandbox/link/complete", {"token": self._dice.choice(tokens)})
        if login:
            with self._journal.lock:
                self._journal.accounts[login["account_id"]] = login["link_token_id"]
        return None

    def _again(self) -> None:
        """Somebody has to log in again, and does."""
        account = self._any_account()
        if account:
            self._ask("PATCH", f"/v1/sandbox/accounts/{account}", {"monitoring_status": "user_action_required"})
            made = self._ask("POST", "/v1/link_tokens", {**_ASKED, "account_id": account})
            if made:
                self._ask("POST", "/_sandbox/link/complete", {"token": made["token"]})

    def _webhook(self) -> None:
        body = {"url": self._target, "status": "paused", "enabled_events": ["bill.added"], "version": "2025-07-08"}
        made = self._ask("POST", "/v1/webhooks", body)
        if made:
            with self._journal.lock:
                self._journal.webhooks.add(made["id"])

    def _no_webhook(self) -> None:
        with self._journal.lock:
            known = sorted(self._journal.webhooks - self._journal.webhooks_let_go)
            if not known:
                return
            chosen = self._dice.choice(known)
            # From here on it may be there or not: the call may be carried out and its answer lost.
            self._journal.webhooks_let_go.add(chosen)
        self._ask("DELETE", f"/v1/webhooks/{chosen}")

    def _event(self) -> None:
        account = self._any_account()
        if account:
            raised = self._ask("POST", "/_sandbox/events", {"event": "income.added", "account_id": account})
            if raised:
                with self._journal.lock:
                    self._journal.events.add(raised["event_id"])

    def _document(self) -> None:
        user = f"user_{self._dice.randrange(FIRST_ACCOUNTS * 2)}"
        made = self._ask("POST", "/_sandbox/documents", {"end_user_id": user, "document_type": "paystub"})
        if made:
            with self._journal.lock:
                self._journal.documents[made["id"]] = user

    def _any_account(self) -> str | None:
        with self._journal.lock:
            return self._dice.choice(sorted(self._journal.accounts)) if self._journal.accounts else None

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """The data of an answer; nothing where the call was refused, or the server died of it."""
        url = self._dice.choice(self._urls)
        try:
            answer = self._client.request(method, f"{url}{path}", json=body, headers=_HEADERS)
        except httpx.HTTPError:
            with self._journal.lock:
                self._journal.broken += 1
            time.sleep(0.05)
            return None
        with self._journal.lock:
            self._journal.answers[answer.status_code] += 1
            if answer.status_code >= 500:
                self._journal.failures.append(f"{method} {path}: {answer.text}")
        return answer.json().get("data") if answer.is_success else None


_ASKED = {"org_name": "Proof", "solution": "Verify", "features": ["paystubs"]}
_HEADERS = {"x-api-secret": "sandbox", "pinwheel-version": "2025-07-08"}
