"""The API secret is in no repr, string, pickle, log line, exception or traceback's local variable."""

import copy
import json
import logging
import pickle
import sys
import traceback
from types import TracebackType
from typing import Any

import pytest
from pinwheel_overlays.auth import Secret
from pinwheel_overlays.errors import CallError, PinwheelError
from pinwheel_overlays.wire import Headers, TransportError, WireRequest

from .harness import SECRET, Bench, answer, refusal, widget
from .servers import serving
from .shop import Shop


def shown(secret: Secret) -> list[str]:
    return [
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret:>40}",
        repr([secret]),
        repr({"a": secret}),
    ]


def test_a_secret_does_not_show() -> None:
    secret = Secret(SECRET)
    assert all(SECRET not in text for text in shown(secret))
    assert secret.reveal() == SECRET
    assert not hasattr(secret, "__dict__")
    assert copy.copy(secret) is copy.deepcopy(secret) is secret
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(secret, protocol)
    with pytest.raises(TypeError):
        json.dumps(secret)


def test_requests_and_their_headers_do_not_show_it() -> None:
    request = WireRequest(
        "GET", "https://h/v1/people/123-45-6789", {"x-api-secret": SECRET, "authorization": SECRET, "a": "b"}, b"123"
    )
    assert request.headers["x-api-secret"] == SECRET
    assert SECRET not in repr(request) + repr(request.headers) + str(request.headers)
    assert "6789" not in repr(request)
    assert "'a': 'b'" in repr(request.headers)
    for other in (pickle.loads(pickle.dumps(request.headers)), copy.deepcopy(request.headers)):
        assert type(other) is Headers
        assert other["x-api-secret"] == "***"
        assert other["a"] == "b"


def locals_of(trace: TracebackType | None) -> list[str]:
    """What a crash reporter would show of the frames of this package and of the libraries below it."""
    found: list[str] = []
    while trace is not None:
        # A test itself holds the secret, as the caller's own frames do.
        if not trace.tb_frame.f_code.co_name.startswith("test_"):
            found += [f"{name}={value!r}" for name, value in trace.tb_frame.f_locals.items()]
        trace = trace.tb_next
    return found


def everything(error: BaseException | None) -> str:
    text: list[str] = []
    while error is not None:
        text += [repr(error), str(error), repr(error.args), repr(vars(error)), *locals_of(error.__traceback__)]
        text += traceback.format_exception_only(error)
        error = error.__cause__ or error.__context__
    return "\n".join(text)


@pytest.mark.parametrize(
    "step",
    [
        refusal(400),
        refusal(500),
        TransportError("x"),
        answer(b"<html>"),
        answer([]),
        ValueError("a bug"),
        KeyboardInterrupt(),
    ],
    ids=str,
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_error_of_a_call_leads_to_it(bench: Bench, step: Any) -> None:
    if isinstance(step, KeyboardInterrupt) and bench.asynchronous:
        step = ValueError("an interrupt ends the event loop before anybody can look")

    def raising(request: WireRequest) -> Any:
        raise step

    client = bench.client(
        raising if isinstance(step, BaseException) else step, max_retries=0, admin_token="adm-token-77"
    )
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - any of them
        bench.do(client.widgets.create(name="box", nick="n"))
    text = everything(caught.value)
    assert SECRET not in text
    if isinstance(caught.value, CallError):
        assert SECRET.encode() not in pickle.dumps(caught.value)
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - any of them
        bench.do(
            bench.client(
                raising if isinstance(step, BaseException) else step, max_retries=0, admin_token="adm-token-77"
            ).widgets.keys()
        )
    assert "adm-token-77" not in everything(caught.value)


@pytest.mark.parametrize(
    "arguments",
    [
        {"mode": "wrong"},
        {"base_url": "http://example.com"},
        {"timeout": -1},
        {"max_retries": -1},
        {"hooks": object()},
        {"admin_token": "with space"},
        {"http_client": object(), "transport": object()},
    ],
)
def test_no_error_of_making_a_client_leads_to_it(arguments: Any) -> None:
    with pytest.raises(PinwheelError) as caught:
        Shop(SECRET, **arguments)
    assert SECRET not in everything(caught.value)
    with pytest.raises(PinwheelError) as caught:
        Shop(f"{SECRET} with space")
    assert SECRET not in everything(caught.value)
    with pytest.raises(PinwheelError) as caught:
        Shop(SECRET, admin_token="adm-token 77")
    assert "adm-token" not in everything(caught.value)


def test_it_is_not_taken_from_the_environment_into_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINWHEEL_API_SECRET", SECRET)
    with pytest.raises(PinwheelError) as caught:
        Shop(mode="wrong")  # type: ignore[arg-type]
    assert SECRET not in everything(caught.value)


def test_no_error_of_a_real_connection_leads_to_it() -> None:
    def reply(handler: Any, received: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{")
        handler.close_connection = True

    with (
        serving(reply) as server,
        Shop(SECRET, base_url=server.url, max_retries=0) as client,
        pytest.raises(CallError) as caught,
    ):
        client.widgets.get("w1")
    assert SECRET not in everything(caught.value)
    with Shop(SECRET, base_url="http://127.0.0.1:9", max_retries=0) as client, pytest.raises(CallError) as caught:
        client.widgets.get("w1")
    assert SECRET not in everything(caught.value)


def test_an_interrupt_in_the_http_library_leads_not_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    def interrupted(self: Any, request: httpx.Request) -> httpx.Response:
        headers = request.headers.raw  # as the library's own frames have it
        assert headers
        raise KeyboardInterrupt

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", interrupted)
    with Shop(SECRET) as client:
        try:
            client.widgets.get("w1")
        except KeyboardInterrupt:
            error = sys.exception() if sys.version_info >= (3, 12) else sys.exc_info()[1]
            assert SECRET not in everything(error)
        else:
            pytest.fail("the interrupt was lost")


def test_no_log_line_of_this_package_or_the_http_library_holds_it(caplog: pytest.LogCaptureFixture) -> None:
    def reply(handler: Any, received: Any) -> None:
        handler.answer(200, json.dumps({"data": widget()}).encode())

    with caplog.at_level(logging.DEBUG), serving(reply) as server, Shop(SECRET, base_url=server.url) as client:
        client.widgets.get("w1")
    assert "httpcore" in {record.name.partition(".")[0] for record in caplog.records}
    assert SECRET not in caplog.text
    assert SECRET not in "".join(repr(record.__dict__) for record in caplog.records)


def test_no_object_of_a_client_shows_it(bench: Bench) -> None:
    client = bench.client(answer(widget()))
    response = bench.do(client.with_response.widgets.get("w1"))
    core = client._core
    objects = [
        client,
        core,
        core.settings,
        core.responding,
        client.widgets,
        client.widgets.list(),
        response,
        core.lifetime,
    ]
    assert SECRET not in "".join(map(repr, objects))
    with pytest.raises(TypeError):
        pickle.dumps(core.settings)
