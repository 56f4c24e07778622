"""Playing a case: the calls are made with a real client, and everything that can be seen is kept."""

import asyncio
import logging
import os
import warnings
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from typing import Any

import httpx
from msgspec import UNSET
from pinwheel_api import Drift, RetryPolicy, Timeout, async_client_class, client_class
from pinwheel_overlays import AsyncTiming, Timing
from pinwheel_overlays import version as version_checks

from .format import CallSpec, Case, OptionsSpec, RetrySpec
from .load import Run, arguments_of
from .script import AsyncHttpScript, AsyncScript, Clock, HttpScript, Script, Seen, SyncScript
from .values import to_argument

__all__ = ["SECRET", "Played", "Result", "play"]

SECRET = "conformance-secret-4f9a2c"
"""The API secret of a case that names none. It must turn up in one request header and nowhere else."""

_VARIABLES = ("PINWHEEL_API_SECRET", "PINWHEEL_MODE")
# The client leaves the timeouts of a client that it is handed alone, so these are what it uses by itself.
_HTTP_TIMEOUT = httpx.Timeout(30.0, connect=5.0)


class Result:
    """What one call gave."""

    def __init__(self) -> None:
        self.value: Any = UNSET
        self.items: list[Any] = []
        """Items of a list, those before an error included."""
        self.checkpoint: str | None = None
        self.error: Exception | None = None


class Played:
    """All that could be seen of one run."""

    def __init__(self, case: Case, version: str) -> None:
        self.clock = Clock(case)
        self.script = Script(case, version, self.clock)
        self.results: list[Result] = []
        self.drifts: list[Drift] = []
        self.warnings: list[tuple[str, str]] = []
        self.logs: list[str] = []
        self.client_repr = ""

    @property
    def requests(self) -> list[Seen]:
        return self.script.seen

    @property
    def delays(self) -> list[float]:
        return self.clock.delays


class _Keeper(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))


@contextmanager
def _first_of_its_process() -> Generator[None]:
    """Forget what was warned of before, and remember it again: "once a process" has no other way to begin anew."""
    warned: set[Any] = vars(version_checks)["_warned"]
    before = set(warned)
    warned.clear()
    try:
        yield
    finally:
        warned.clear()
        warned.update(before)


@contextmanager
def _watched(case: Case, played: Played) -> Generator[None]:
    """Keep warnings and log lines, and give the client the environment of the case."""
    logger, keeper = logging.getLogger("pinwheel_api"), _Keeper(played.logs)
    level, logger.propagate = logger.level, False
    logger.addHandler(keeper)
    logger.setLevel(logging.DEBUG)
    before = {name: os.environ.pop(name) for name in _VARIABLES if name in os.environ}
    os.environ.update(case.client.environment)
    try:
        with warnings.catch_warnings(record=True) as caught, _first_of_its_process():
            warnings.simplefilter("always")
            yield
    finally:
        logger.removeHandler(keeper)
        logger.setLevel(level)
        logger.propagate = True
        for name in case.client.environment:
            del os.environ[name]
        os.environ.update(before)
    played.warnings += [(each.category.__name__, str(each.message)) for each in caught]


def play(run: Run) -> Played:
    """Make the calls of a case in one version, in one way."""
    case, version, way = run
    played = Played(case, version)
    with _watched(case, played), asyncio.Runner() if way.asynchronous else nullcontext() as loop:
        client: Any = None
        for index, call in enumerate(case.calls):
            result = Result()
            played.results.append(result)
            try:
                if client is None or call.new_client:
                    client = _client(run, played)
                    played.client_repr = repr(client)
                arguments = {
                    name: to_argument(value, version) for name, value in arguments_of(case, index, version).items()
                }
                _make(_Doer(loop), client, call, arguments, played.results)
            except Exception as error:  # noqa: BLE001 - whatever comes is what the case is about
                result.error = error
        if client is not None:
            _Doer(loop).close(client)
    return played


def _client(run: Run, played: Played) -> Any:
    case, version, way = run
    options = _options(case.client)
    # The delays of these cases are those of retries; how requests are paced has tests of its own.
    options["rate_limit"] = None
    secret = case.client.api_secret
    if secret is UNSET:
        secret = None if "PINWHEEL_API_SECRET" in case.client.environment else SECRET
    if case.client.on_drift:
        options["on_drift"] = played.drifts.append
    clock, script = played.clock, played.script
    parts = (clock.monotonic, clock.now, clock.chance)
    if way.asynchronous:
        if way.http:
            below = AsyncHttpScript(script)
            options["http_client"] = httpx.AsyncClient(transport=below, trust_env=False, timeout=_HTTP_TIMEOUT)
        else:
            options["transport"] = AsyncScript(script)
        timing = AsyncTiming(clock.sleep_async, *parts)
        return async_client_class(version)(secret, timing=timing, **options)
    if way.http:
        options["http_client"] = httpx.Client(transport=HttpScript(script), trust_env=False, timeout=_HTTP_TIMEOUT)
    else:
        options["transport"] = SyncScript(script)
    return client_class(version)(secret, timing=Timing(clock.sleep, *parts), **options)


def _options(spec: OptionsSpec) -> dict[str, Any]:
    """Return the arguments of a client, or of with_options."""
    options: dict[str, Any] = {
        name: value
        for name in ("admin_token", "mode", "base_url", "max_retries", "strict")
        if (value := getattr(spec, name, UNSET)) is not UNSET
    }
    if spec.timeout is not UNSET:
        options["timeout"] = Timeout(*spec.timeout) if isinstance(spec.timeout, list) else spec.timeout
    if spec.retry is not UNSET:
        names = RetrySpec.__struct_fields__
        given = {name: value for name in names if (value := getattr(spec.retry, name)) is not UNSET}
        options["retry"] = RetryPolicy(**given)
    return options


class _Doer:
    """Does the same with a client for threads and with one for tasks."""

    def __init__(self, loop: asyncio.Runner | None) -> None:
        self._loop = loop

    def value(self, returned: Any) -> Any:
        """Return what a call returns, having run it if it is a coroutine."""
        if self._loop is None:
            return returned

        async def wait() -> Any:
            return await returned

        return self._loop.run(wait())

    def collect(self, iterable: Any, found: list[Any], upto: int | None) -> None:
        """Put items into a list until they end, or there are enough of them."""
        if self._loop is None:
            for item in iterable:
                found.append(item)
                if len(found) == upto:
                    return
            return

        async def read() -> None:
            iterator = aiter(iterable)
            async for item in iterator:
                found.append(item)
                if len(found) == upto:
                    break
            await iterator.aclose()

        self._loop.run(read())

    def close(self, client: Any) -> None:
        if self._loop is None:
            client.close()
        else:
            self.value(client.aclose())


def _make(do: _Doer, client: Any, call: CallSpec, arguments: dict[str, Any], results: list[Result]) -> None:
    result = results[-1]
    if call.options is not UNSET:
        client = client.with_options(**_options(call.options))
    if call.after_close:
        do.close(client)
    target = client.with_response if call.as_ == "response" else client
    for name in call.operation.split("."):
        target = getattr(target, name)
    returned = target(**arguments)
    if call.as_ in {"data", "response"}:
        result.value = do.value(returned)
        return
    if call.max_items is not UNSET:
        returned = returned.max_items(call.max_items)
    if call.resume is not UNSET:
        text = call.resume.text if call.resume.from_call is UNSET else results[call.resume.from_call].checkpoint
        returned = returned.resume(str(text)[:-8] if call.resume.damaged else text)
    try:
        if call.as_ == "first":
            result.value = do.value(returned.first())
        else:
            result.value = result.items
            upto = None if call.take is UNSET else call.take
            do.collect(returned if call.as_ == "items" else returned.pages(), result.items, upto)
    finally:
        result.checkpoint = returned.checkpoint
