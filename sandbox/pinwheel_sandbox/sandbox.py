"""A local Pinwheel inside a Python program."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, overload
from urllib.parse import urlencode

import msgspec
from pinwheel_api import DocumentType, Webhook, WebhookEvent, async_client_class, client_class
from pinwheel_overlays.decoders import convert

from pinwheel_sandbox.clock import Clock
from pinwheel_sandbox.controls.twin import Controls, data_of
from pinwheel_sandbox.deliveries.payloads import NEWEST_WEBHOOK
from pinwheel_sandbox.deliveries.sender import IN_PROCESS, Receive
from pinwheel_sandbox.faces.face import NEWEST
from pinwheel_sandbox.front import Front
from pinwheel_sandbox.handlers.control import PREFIX
from pinwheel_sandbox.in_process import AsyncInProcessTransport, InProcessTransport
from pinwheel_sandbox.link.company import log_in_to_company
from pinwheel_sandbox.link.login import log_in
from pinwheel_sandbox.link.monitoring import catch_up
from pinwheel_sandbox.link.papers import file_document
from pinwheel_sandbox.link.sites import way_back
from pinwheel_sandbox.link.terms import MFA_CODE, PASSWORD, CompanyLogin, Credentials, Login
from pinwheel_sandbox.messages import Answer, Request
from pinwheel_sandbox.scenarios.applying import apply_scenario
from pinwheel_sandbox.scenarios.reading import read_scenario
from pinwheel_sandbox.settings import IN_MEMORY, Settings
from pinwheel_sandbox.under_way import UnderWay
from pinwheel_sandbox.world import create

if TYPE_CHECKING:
    import pinwheel_api
    from pinwheel_api import (
        v2021_04_29,
        v2021_07_28,
        v2022_03_02,
        v2022_06_22,
        v2022_09_09,
        v2023_04_18,
        v2023_07_18,
        v2023_11_22,
        v2025_07_08,
    )

    from pinwheel_sandbox.server import LocalServer

# What clients in this program send to. Nothing is looked up; of this machine, so that a webhook's address may be, too.
_ADDRESS = "http://sandbox.localhost"

_PATIENCE = 15.0
"""Seconds that closing waits for requests under way: a delivery that one of them sets off may take as long."""


class Sandbox(Controls):
    """One state, and clients of any version over it.

        with Sandbox() as sandbox:
            pinwheel = sandbox.client()
            token = pinwheel.link_tokens.create(
                org_name="Acme", solution="Verify", features=["paystubs"], end_user_id="user_1"
            )
            account = sandbox.login(token.token)
            for stub in pinwheel.accounts.paystubs.list(account.account_id):
                print(stub.pay_date, stub.net_pay)

    Clients talk to it without a socket; `serve()` opens one for programs in other processes. It may be used from any
    thread. State is gone when the sandbox is closed, unless `database` names a file (`sqlite:///sandbox.db`).
    """

    def __init__(
        self,
        *,
        database: str = IN_MEMORY,
        settings: Settings | None = None,
        clock: Clock | None = None,
        seed: int | None = None,
    ) -> None:
        """Open the database.

        Args:
            database: An SQLAlchemy URL; in memory unless given.
            settings: How it behaves, where that is a matter of choice.
            clock: The clock to follow; `sandbox.clock` moves it.
            seed: Makes ids and orders the same in every run.
        """
        self._world = create(database=database, settings=settings, clock=clock, seed=seed)
        self._front = Front(self._world)
        self._under_way = UnderWay()
        self._closed = False

    @property
    def clock(self) -> Clock:
        """What time it is in here; moving it makes tokens expire and data arrive."""
        return self._world.clock

    @property
    def secret(self) -> str:
        """The API secret that clients send."""
        return self._world.settings.secret

    @overload
    def client(self, version: None = None, **options: Any) -> "pinwheel_api.Pinwheel": ...
    @overload
    def client(self, version: Literal["2021-04-29"], **options: Any) -> "v2021_04_29.Pinwheel": ...
    @overload
    def client(self, version: Literal["2021-07-28"], **options: Any) -> "v2021_07_28.Pinwheel": ...
    @overload
    def client(self, version: Literal["2022-03-02"], **options: Any) -> "v2022_03_02.Pinwheel": ...
    @overload
    def client(self, version: Literal["2022-06-22"], **options: Any) -> "v2022_06_22.Pinwheel": ...
    @overload
    def client(self, version: Literal["2022-09-09"], **options: Any) -> "v2022_09_09.Pinwheel": ...
    @overload
    def client(self, version: Literal["2023-04-18"], **options: Any) -> "v2023_04_18.Pinwheel": ...
    @overload
    def client(self, version: Literal["2023-07-18"], **options: Any) -> "v2023_07_18.Pinwheel": ...
    @overload
    def client(self, version: Literal["2023-11-22"], **options: Any) -> "v2023_11_22.Pinwheel": ...
    @overload
    def client(self, version: Literal["2025-07-08"], **options: Any) -> "v2025_07_08.Pinwheel": ...
    @overload
    def client(self, version: str, **options: Any) -> Any: ...
    def client(self, version: str | None = None, **options: Any) -> Any:
        """A client of a version, the newest unless named, whose requests are answered here.

        Options go to the client: another `api_secret`, say, or `max_retries`. Its `rate_limit` is off unless given.
        """
        own = {"api_secret": self.secret, "base_url": _ADDRESS, "transport": self.transport(), "rate_limit": None}
        given = {**own, **options}
        return client_class(version or NEWEST)(**given)

    @overload
    def async_client(self, version: None = None, **options: Any) -> "pinwheel_api.AsyncPinwheel": ...
    @overload
    def async_client(self, version: Literal["2021-04-29"], **options: Any) -> "v2021_04_29.AsyncPinwheel": ...
    @overload
    def async_client(self, version: Literal["2021-07-28"], **options: Any) -> "v2021_07_28.AsyncPinwheel": ...
    @overload
    def async_client(self, version: Literal["2022-03-02"], **options: Any) -> "v2022_03_02.AsyncPinwheel": ...
    @overload
    def async_client(self, version: Literal["2022-06-22"], **options: Any) -> "v2022_06_22.AsyncPinwheel": ...
    @overload
    def async_client(self, version: Literal["2022-09-09"], **options: Any) -> "v2022_09_09.AsyncPinwheel": ...
    @overload
    def async_client(self, version: Literal["2023-04-18"], **options: Any) -> "v2023_04_18.AsyncPinwheel": ...
    @overload
    def async_client(self, version: Literal["2023-07-18"], **options: Any) -> "v2023_07_18.AsyncPinwheel": ...
    @overload
    def async_client(self, version: Literal["2023-11-22"], **options: Any) -> "v2023_11_22.AsyncPinwheel": ...
    @overload
    def async_client(self, version: Literal["2025-07-08"], **options: Any) -> "v2025_07_08.AsyncPinwheel": ...
    @overload
    def async_client(self, version: str, **options: Any) -> Any: ...
    def async_client(self, version: str | None = None, **options: Any) -> Any:
        """The same as `client`, asynchronous."""
        own = {"api_secret": self.secret, "base_url": _ADDRESS, "transport": self.async_transport(), "rate_limit": None}
        given = {**own, **options}
        return async_client_class(version or NEWEST)(**given)

    def transport(self) -> InProcessTransport:
        """What carries a client's requests here: to wrap in a transport of your own that injects faults, say."""
        return InProcessTransport(self.handle)

    def async_transport(self) -> AsyncInProcessTransport:
        """The same as `transport`, for asynchronous clients."""
        return AsyncInProcessTransport(self.handle)

    def login(
        self,
        token: str,
        *,
        username: str = "user_good",
        password: str = PASSWORD,
        mfa_code: str = MFA_CODE,
        employer_id: str | None = None,
        platform_id: str | None = None,
    ) -> Login:
        """Go through Link as an end user would, without a browser, and connect an account.

        Args:
            token: The Link token: `link_tokens.create(...).token`.
            username: Who logs in.
            password: `pass_good` for everyone.
            mfa_code: The answer to the second factor that `user_mfa` is asked for.
            employer_id: The employer that is picked; else what the token names, else Acme Corporation.
            platform_id: The platform that is picked, where no employer is.

        Raises:
            LinkError: The token is used up, expired or not from here, the credentials are wrong, or the like.
        """
        self._check_open()
        given = Credentials(
            username=username,
            password=password,
            mfa_code=mfa_code,
            employer_id=employer_id,
            platform_id=platform_id,
        )
        catch_up(self._world)
        with self._world.storage.writing() as session:
            login = log_in(self._world, session, token, given)
        self._front.desk.deliver_soon()
        return login

    def login_to_company(
        self, token: str, *, username: str = "user_good", password: str = PASSWORD, platform_id: str | None = None
    ) -> CompanyLogin:
        """Go through Link for a whole company: its connection gets the data of thirty invented employees.

        Args:
            token: The Link token: `company_connect.link_tokens.create(...).token`.
            username: Who logs in.
            password: `pass_good` for everyone.
            platform_id: The platform that is picked, among those that know whole companies.

        Raises:
            LinkError: As for `login`; also where the token names no connection.
        """
        self._check_open()
        given = Credentials(username=username, password=password, platform_id=platform_id)
        with self._world.storage.writing() as session:
            login = log_in_to_company(self._world, session, token, given)
        self._front.desk.deliver_soon()
        return login

    def add_document(self, end_user_id: str, document_type: str, *, fraud_suspected: bool = False) -> str:
        """Hand in a document for an end user, as the upload in Link does; its id is answered.

        A `paystub`, a `w2` and a `W-2` say what the accounts of the end user say.
        """
        self._check_open()
        kind = DocumentType(document_type)
        if not kind.is_known:
            raise ValueError(f"{document_type!r} is none of {', '.join(sorted(DocumentType))}")
        with self._world.storage.writing() as session:
            row = file_document(self._world, session, end_user_id.strip(), kind, suspected=fraud_suspected)
        self._front.desk.deliver_soon()
        return row.id

    def listen(
        self, receive: "Receive | str", *, events: Sequence[str] | None = None, version: str = NEWEST_WEBHOOK
    ) -> Webhook:
        """Register a webhook whose deliveries are calls of a function, `receive(body, headers)`, or go to an address.

        Args:
            receive: Takes the bytes and the headers of a delivery and returns the status; nothing is 200, an exception
                is no answer. It may call the sandbox back. Or a URL, which may be http:// on this machine.
            events: What to be told of; every event unless given.
            version: The form of the payloads.
        """
        url = receive if isinstance(receive, str) else f"{IN_PROCESS}{self._world.chance.uuid()}"
        if not isinstance(receive, str):
            self._front.desk.sender.targets[url] = receive
        names = sorted(WebhookEvent) if events is None else list(events)
        body = {"url": url, "status": "active", "enabled_events": names, "version": version}
        # Not through a client: it would refuse an address with http://, as Pinwheel does.
        answer = self.handle(
            Request(
                method="POST",
                path="/v1/webhooks",
                headers={
                    "x-api-secret": self.secret,
                    "pinwheel-version": NEWEST,
                    "content-type": "application/json",
                },
                body=msgspec.json.encode(body),
            )
        )
        return convert(data_of(answer.status, answer.body), Webhook)

    def load(self, scenario: str | Path) -> list[Login]:
        """Add the people, accounts and documents of a scenario: a YAML file, or the text of one.

        The accounts are answered in the order of the scenario.

        Raises:
            ScenarioError: Something in it is not known, or is no YAML.
        """
        self._check_open()
        read = read_scenario(scenario, self._world.catalogue)
        with self._world.storage.writing() as session:
            return apply_scenario(self._world, session, read)

    def finish_site(self, site_id: str, *, success: bool = True) -> str:
        """The signed address that the user of a hosted Link page (`sites.create`) is sent back to."""
        self._check_open()
        with self._world.storage.reading() as session:
            return way_back(self._world, session, site_id, success=success)

    def handle(self, request: Request) -> Answer:
        """Answer one HTTP request; every client and the server come through here."""
        with self._under_way.one():
            self._check_open()
            return self._front.handle(request)

    def serve(self, *, port: int = 0) -> "LocalServer":
        """Serve this state on a port of this machine, a free one unless named: `with sandbox.serve() as server:`."""
        from pinwheel_sandbox.server import LocalServer  # noqa: PLC0415 - a sandbox in process needs no server

        return LocalServer(self._front, port=port)

    def close(self) -> None:
        """Let go of the database; what was in memory is gone."""
        if not self._closed:
            self._closed = True
            # The thread of a cancelled asynchronous call goes on for a moment, and needs the database.
            self._under_way.wait(_PATIENCE)
            self._front.close()
            self._world.storage.close()

    def _control(self, method: str, name: str, values: Mapping[str, Any]) -> Any:
        read = method == "GET"
        request = Request(
            method=method,
            path=f"{PREFIX}{name}",
            query=urlencode(values) if read else "",
            headers={"content-type": "application/json"},
            body=b"" if read else msgspec.json.encode(values),
        )
        answer = self.handle(request)
        return data_of(answer.status, answer.body)

    def _check_open(self) -> None:
        # A database in memory would quietly begin anew, without anything in it.
        if self._closed:
            raise RuntimeError("This sandbox is closed.")

    def __enter__(self) -> Self:
        """Use it in a with block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close at the end of the block."""
        self.close()
