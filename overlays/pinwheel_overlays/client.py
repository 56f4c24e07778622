"""The bases of generated clients: how a client is made, varied and closed."""

from collections.abc import Callable
from types import EllipsisType, TracebackType
from typing import ClassVar, Generic, Literal, NoReturn, Self, TypeVar

from .async_core import AsyncCore
from .client_settings import make_settings, vary_settings, wrap_secret
from .config import Mode, Timeout
from .core import Core
from .core_base import CoreBase, Lifetime
from .drift import Drift
from .errors import ConfigurationError
from .hooks import Hooks
from .rate_limit import AsyncRateLimit, RateLimit, task_limiter, thread_limiter
from .retry import RetryPolicy
from .timing import AsyncTiming, Timing
from .transport import AsyncHttpClient, AsyncHttpxTransport, HttpClient, HttpxTransport
from .version import warn_of_retirement
from .waiting import TaskWaiting, ThreadWaiting, Waiting
from .wire import AsyncTransport, Transport

__all__ = ["AsyncClientBase", "ClientBase"]

_SECRET_VARIABLE = "PINWHEEL_API_SECRET"  # noqa: S105 - the name of a variable


C = TypeVar("C", bound=CoreBase)


class _Client(Waiting, Generic[C]):
    __slots__ = ("__weakref__", "_core", "_lifetime")

    version: ClassVar[str] = ""
    """The Pinwheel-Version of this client and its models."""

    version_status: ClassVar[str] = "current"
    """``current``, ``accepted``, ``deprecated`` or ``sunset``, as the specs have it."""

    _core: C
    _lifetime: Lifetime

    def __repr__(self) -> str:
        if not hasattr(self, "_core"):
            # Refused by the constructor: a crash reporter shows it all the same.
            return f"<{type(self).__name__}, not made>"
        settings = self._core.settings
        state = ", closed" if self._lifetime.is_closed else ""
        return f"<{type(self).__name__} {settings.version}, mode {settings.mode}, {settings.base_url}{state}>"

    def __reduce_ex__(self, protocol: object, /) -> NoReturn:
        raise TypeError(
            "a client holds a secret and open connections, so it is neither pickled nor copied: "
            "make one where it is needed, or vary it with with_options()"
        )


class ClientBase(_Client[Core], ThreadWaiting):
    """A client for threads; one may be shared by all of them, and used after a fork.

    Nothing is imported, opened or sent before the first call.
    """

    __slots__ = ("_own",)

    def __init__(
        self,
        api_secret: str | Literal[False] | None = None,
        *,
        mode: Mode | None = None,
        base_url: str | None = None,
        timeout: float | Timeout | None = None,
        max_retries: int | None = None,
        retry: RetryPolicy | None = None,
        http_client: HttpClient | None = None,
        transport: Transport | None = None,
        admin_token: str | None = None,
        strict: bool = False,
        on_drift: Callable[[Drift], object] | None = None,
        hooks: Hooks | list[Hooks] | tuple[Hooks, ...] | None = None,
        rate_limit: RateLimit | EllipsisType = ...,
        timing: Timing | None = None,
    ) -> None:
        """Make a client.

        Arguments:
            api_secret: the secret of the mode; else the environment variable PINWHEEL_API_SECRET. A missing one is
                refused, unless there is an admin_token. False: none on purpose, for ``admin.tokens.create``.
            mode: ``sandbox``, ``development`` or ``production``; else PINWHEEL_MODE, else sandbox.
            base_url: scheme, host and port in place of the mode's own; https, except to this machine. Else the
                environment variable PINWHEEL_BASE_URL, which points a whole program at a local sandbox.
            timeout: seconds, or a Timeout with one number for connecting and one for reading. 5 and 30 by default.
            max_retries: repetitions of a call that failed in a way that may pass; 2 by default.
            retry: a whole RetryPolicy, where the number alone is not enough.
            http_client: an ``httpx.Client`` or ``httpx2.Client`` of yours, for proxies, mTLS and so on; you close it.
            transport: something else that carries requests, such as a sandbox in this process; you close it.
            admin_token: the bearer token of the Admin API.
            strict: raise ResponseDecodeError where an answer differs from the spec in any way; for contract tests.
            on_drift: called once for each kind of such a difference, with a Drift.
            hooks: an object, or several, with on_request, on_response, on_retry or on_page.
            rate_limit: requests a second, shared by all clients of this process with the same secret, mode and number;
                50 if left out. Or a RedisRateLimit, shared beyond this process; or None, for no limit.
            timing: clocks and sleep, for tests.

        Raises ConfigurationError; warns once (RetiredVersionWarning) of a version that Pinwheel gave up.
        """
        # Out of this frame before anything can be raised: a traceback may show its local variables.
        needs_credential = api_secret is not False
        secret, api_secret = wrap_secret(api_secret, _SECRET_VARIABLE), None
        token, admin_token = wrap_secret(admin_token), None
        settings = make_settings(
            self.version,
            secret,
            token,
            needs_credential=needs_credential,
            mode=mode,
            base_url=base_url,
            timeout=timeout,
            keeps_timeout=http_client is not None,
            max_retries=max_retries,
            retry=retry,
            strict=strict,
            on_drift=on_drift,
            hooks=hooks,
        )
        if transport is not None and http_client is not None:
            raise ConfigurationError("pass http_client= or transport=, not both")
        warn_of_retirement(self.version, self.version_status)
        self._lifetime = Lifetime()
        self._receiver = None
        carrier = transport or HttpxTransport(http_client, secure=settings.base_url.startswith("https:"))
        self._own = carrier if isinstance(carrier, HttpxTransport) and carrier is not transport else None
        timing = timing or Timing()
        self._core = Core(settings, self._lifetime, carrier, timing, thread_limiter(rate_limit, settings, timing))

    def with_options(
        self,
        *,
        timeout: float | Timeout | EllipsisType | None = ...,
        max_retries: int | None = None,
        retry: RetryPolicy | None = None,
        admin_token: str | None = None,
        strict: bool | None = None,
        on_drift: Callable[[Drift], object] | EllipsisType | None = ...,
        hooks: Hooks | list[Hooks] | tuple[Hooks, ...] | None = None,
        rate_limit: RateLimit | EllipsisType = ...,
    ) -> Self:
        """Return a client that differs in what is given, and shares connections with this one.

        None leaves a thing as it is, but ``timeout=None`` is the usual timeout again, ``on_drift=None`` ends
        watching and ``rate_limit=None`` is no limit. The client ends when this one is closed; closing it does not close
        this one. Raises ConfigurationError.
        """
        token, admin_token = wrap_secret(admin_token), None
        core = self._core
        settings = vary_settings(
            core.settings,
            admin_token=token,
            timeout=timeout,
            max_retries=max_retries,
            retry=retry,
            strict=strict,
            on_drift=on_drift,
            hooks=hooks,
        )
        other = type(self).__new__(type(self))
        other._own = None
        other._receiver = self._receiver
        other._lifetime = Lifetime(self._lifetime)
        limiter = core.limiter if rate_limit is ... else thread_limiter(rate_limit, settings, core.timing)
        other._core = Core(settings, other._lifetime, core.transport, core.timing, limiter)
        return other

    def close(self) -> None:
        """Give back the connections; calls raise ClientClosedError from now on. Closing again does nothing."""
        self._lifetime.close()
        if self._own is not None:
            self._own.close()

    def __enter__(self) -> Self:
        self._lifetime.check()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncClientBase(_Client[AsyncCore], TaskWaiting):
    """A client for tasks, otherwise as ``ClientBase``.

    It may be used from one event loop after another; each has its own connections.
    """

    __slots__ = ("_own",)

    def __init__(
        self,
        api_secret: str | Literal[False] | None = None,
        *,
        mode: Mode | None = None,
        base_url: str | None = None,
        timeout: float | Timeout | None = None,
        max_retries: int | None = None,
        retry: RetryPolicy | None = None,
        http_client: AsyncHttpClient | None = None,
        transport: AsyncTransport | None = None,
        admin_token: str | None = None,
        strict: bool = False,
        on_drift: Callable[[Drift], object] | None = None,
        hooks: Hooks | list[Hooks] | tuple[Hooks, ...] | None = None,
        rate_limit: AsyncRateLimit | EllipsisType = ...,
        timing: AsyncTiming | None = None,
    ) -> None:
        """Make a client. Arguments as for ``Pinwheel``, with the asynchronous kinds of the objects passed in."""
        # Out of this frame before anything can be raised: a traceback may show its local variables.
        needs_credential = api_secret is not False
        secret, api_secret = wrap_secret(api_secret, _SECRET_VARIABLE), None
        token, admin_token = wrap_secret(admin_token), None
        settings = make_settings(
            self.version,
            secret,
            token,
            needs_credential=needs_credential,
            mode=mode,
            base_url=base_url,
            timeout=timeout,
            keeps_timeout=http_client is not None,
            max_retries=max_retries,
            retry=retry,
            strict=strict,
            on_drift=on_drift,
            hooks=hooks,
        )
        if transport is not None and http_client is not None:
            raise ConfigurationError("pass http_client= or transport=, not both")
        warn_of_retirement(self.version, self.version_status)
        self._lifetime = Lifetime()
        self._receiver = None
        carrier = transport or AsyncHttpxTransport(http_client, secure=settings.base_url.startswith("https:"))
        self._own = carrier if isinstance(carrier, AsyncHttpxTransport) and carrier is not transport else None
        timing = timing or AsyncTiming()
        self._core = AsyncCore(settings, self._lifetime, carrier, timing, task_limiter(rate_limit, settings, timing))

    def with_options(
        self,
        *,
        timeout: float | Timeout | EllipsisType | None = ...,
        max_retries: int | None = None,
        retry: RetryPolicy | None = None,
        admin_token: str | None = None,
        strict: bool | None = None,
        on_drift: Callable[[Drift], object] | EllipsisType | None = ...,
        hooks: Hooks | list[Hooks] | tuple[Hooks, ...] | None = None,
        rate_limit: AsyncRateLimit | EllipsisType = ...,
    ) -> Self:
        """Return a client that differs in what is given, as ``ClientBase.with_options``."""
        token, admin_token = wrap_secret(admin_token), None
        core = self._core
        settings = vary_settings(
            core.settings,
            admin_token=token,
            timeout=timeout,
            max_retries=max_retries,
            retry=retry,
            strict=strict,
            on_drift=on_drift,
            hooks=hooks,
        )
        other = type(self).__new__(type(self))
        other._own = None
        other._receiver = self._receiver
        other._lifetime = Lifetime(self._lifetime)
        limiter = core.limiter if rate_limit is ... else task_limiter(rate_limit, settings, core.timing)
        other._core = AsyncCore(settings, other._lifetime, core.transport, core.timing, limiter)
        return other

    async def aclose(self) -> None:
        """Give back the connections; calls raise ClientClosedError from now on. Closing again does nothing."""
        self._lifetime.close()
        if self._own is not None:
            await self._own.aclose()

    async def __aenter__(self) -> Self:
        self._lifetime.check()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
