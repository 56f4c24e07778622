"""Sessions: one is opened with a Link token, and each action of its page takes it a step on."""

from collections.abc import Callable, Mapping

import attrs
import msgspec
from pinwheel_overlays.decoders import convert

from pinwheel_sandbox.link.errors import LinkError
from pinwheel_sandbox.link.login import open_token
from pinwheel_sandbox.link_page import events, view
from pinwheel_sandbox.link_page.hosting import way_back
from pinwheel_sandbox.link_page.state import Failure, Json, Sdk, State
from pinwheel_sandbox.link_page.steps import bills, deposit, forms, leaving, login, manager, opening, search, uploads
from pinwheel_sandbox.link_page.visit import Given, Handler, Visit
from pinwheel_sandbox.storage.link_tables import LinkFile, LinkSession
from pinwheel_sandbox.storage.tables import LinkToken
from pinwheel_sandbox.world import World

_HANDLERS: Mapping[tuple[str, str], Handler] = {
    **opening.HANDLERS,
    **search.HANDLERS,
    **login.HANDLERS,
    **deposit.HANDLERS,
    **uploads.HANDLERS,
    **forms.HANDLERS,
    **bills.HANDLERS,
    **manager.HANDLERS,
    **leaving.HANDLERS,
}
_SETTLED = {
    "login": login.settle,
    "refresh": login.refresh,
    "switch": deposit.settle,
    "match": login.refresh,
    "card": bills.settle,
    "cancel": bills.settle_cancellation,
    "bank": manager.connected,
}


@attrs.frozen
class LinkSessions:
    """The sessions of one world."""

    world: World

    def open(self, token: str, sdk: Sdk, base_url: str) -> Json:
        """Open Link: a session and its first screen, or the error that the token is met with."""
        try:
            with self.world.storage.writing() as session:
                now = self.world.clock.now()
                known = open_token(self.world, session, token, now)
                row = LinkSession(
                    id=self.world.chance.bytes(24).hex(),
                    created_at=now,
                    link_token_id=known.id,
                    token=token,
                    state={},
                )
                session.add(row)
                state = State(sdk=sdk)
                visit = Visit(
                    world=self.world, session=session, row=row, token=known, state=state, now=now, base_url=base_url
                )
                opening.start(visit)
                return {"session": row.id, "frame": view.frame(visit), **_answer(visit)}
        except LinkError as error:
            return {**_refused(error, sdk), "returnTo": self._way_out(token)}

    def act(self, key: str, action: str, values: Mapping[str, object], base_url: str) -> Json | None:
        """Take a step; nothing when there is no such session."""
        return self._step(key, base_url, lambda visit: _act(visit, action, Given(values)))

    def upload(self, key: str, name: str, content: bytes, base_url: str) -> Json | None:
        """Take in a file, where the session is at the uploads."""

        def add(visit: Visit) -> None:
            if visit.state.screen == "uploads":
                uploads.add(visit, name, content)

        return self._step(key, base_url, add)

    def file(self, key: str) -> LinkFile | None:
        """A deposit form that Link made; its id is its secret, as in a presigned URL."""
        with self.world.storage.reading() as session:
            found = session.get(LinkFile, key)
            return found if found is not None and found.purpose == "direct_deposit_form" else None

    def _way_out(self, token: str) -> str | None:
        """Where a hosted page sends the user of a token that opens nothing; a forged one is nobody's."""
        try:
            with self.world.storage.reading() as session:
                return way_back(self.world, session, self.world.signer.token_id(token), success=False)
        except LinkError:
            return None

    def _step(self, key: str, base_url: str, step: Callable[[Visit], None]) -> Json | None:
        with self.world.storage.writing() as session:
            row = session.get(LinkSession, key, with_for_update=True)
            token = session.get(LinkToken, row.link_token_id) if row else None
            if row is None or token is None:
                return None
            visit = Visit(
                world=self.world,
                session=session,
                row=row,
                token=token,
                state=convert(row.state, State),
                now=self.world.clock.now(),
                base_url=base_url,
            )
            if not visit.state.finished:
                step(visit)
            return _answer(visit)


def _act(visit: Visit, action: str, given: Given) -> None:
    if action == "close":
        leaving.close(visit, given)
    elif visit.state.screen == "processing":
        settle = _SETTLED.get(visit.state.doing or "") if action == "poll" else None
        if settle is not None:
            settle(visit)
    elif handler := _HANDLERS.get((visit.state.screen, action)):
        handler(visit, given)


def _answer(visit: Visit) -> Json:
    visit.row.state = msgspec.to_builtins(visit.state)
    told: Json = {"screen": view.screen(visit), "events": visit.told, "finished": visit.state.finished}
    if visit.state.finished:
        success = visit.state.screen == "success"
        told["returnTo"] = way_back(visit.world, visit.session, visit.token.id, success=success)
    return told


def _refused(error: LinkError, sdk: Sdk) -> Json:
    failure = Failure(type=error.type, code=error.code, message=error.message)
    return {
        "session": None,
        "frame": {"orgName": "", "language": "en", "purpose": "income"},
        "screen": {"kind": "fatal", "problems": {}, "error": failure.payload(), "upload": False, "form": False},
        "events": [{"eventName": "open", "payload": {}}, {"eventName": "error", "payload": failure.payload()}],
        "exit": events.exit_payload(sdk, failure),
        "finished": False,
    }
