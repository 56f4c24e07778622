"""Secrets show nowhere: not in an error, not in a repr, not in the local variables that error trackers collect."""

from __future__ import annotations

import copy
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from pinwheel_api import ConfigurationError, PinwheelError
from pinwheel_api.webhooks import WebhookReceiver, WebhookSignatureError, parse, sign, verify
from pinwheel_overlays.webhooks.keys import Keys

from .deliveries import OTHER_SECRET, SECRET, deliver, tree

BAD = f"{OTHER_SECRET}\n"


def failing_calls() -> dict[str, Callable[[], Any]]:
    body, headers = deliver(secret="another")
    return {
        "verify": lambda: verify(body, headers, [SECRET, OTHER_SECRET]),
        "verify, text": lambda: verify(body.decode(), headers, [SECRET]),  # type: ignore[arg-type]
        "verify, no header": lambda: verify(body, {}, [SECRET]),
        "verify, bad secret": lambda: verify(body, headers, [SECRET, BAD]),
        "verify, generator": lambda: verify(body, headers, (each for each in (SECRET, BAD))),
        "parse": lambda: parse(body, headers, [SECRET]),
        "parse, bad secret": lambda: parse(body, headers, [SECRET, BAD]),
        "sign, bad secret": lambda: sign(body, [BAD]),
        "receiver, bad secret": lambda: WebhookReceiver([SECRET, BAD]),
        "receiver, empty secret": lambda: WebhookReceiver([SECRET, ""]),
    }


@pytest.mark.parametrize("name", sorted(failing_calls()))
def test_an_error_and_its_frames_hold_no_secret(name: str) -> None:
    with pytest.raises(PinwheelError) as caught:
        failing_calls()[name]()
    error = caught.value
    shown = [str(error), repr(error), repr(error.args), repr(vars(error))]
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if "pinwheel_overlays" in frame.f_code.co_filename or "pinwheel_api" in frame.f_code.co_filename:
            shown += [repr(value) for value in frame.f_locals.values()]
    assert error.__cause__ is None
    assert not [text for text in shown if SECRET in text or OTHER_SECRET in text]


def test_keys_and_receivers_show_none() -> None:
    keys, receiver = Keys([SECRET, OTHER_SECRET]), WebhookReceiver([SECRET])
    for text in (repr(keys), str(keys), f"{keys}", repr(receiver), repr(vars(receiver))):
        assert SECRET not in text
    assert repr(keys) == "<2 secrets>"
    for store in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            store(keys)  # type: ignore[operator]


def test_errors_pickle() -> None:
    with pytest.raises(WebhookSignatureError) as caught:
        verify(b"", {}, [SECRET])
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.problem) == (str(caught.value), "missing")


def test_log_lines_hold_neither_secrets_nor_bodies(caplog: pytest.LogCaptureFixture) -> None:
    receiver = WebhookReceiver([SECRET])

    @receiver.on("paystubs.added")
    def fail(event: Any) -> None:
        raise ValueError(event.payload.end_user_id)

    with caplog.at_level(logging.DEBUG):
        assert receiver.receive(*deliver(secret=OTHER_SECRET)).outcome == "refused"
        assert receiver.receive(*deliver(tree(end_user_id="ann@example.com"))).outcome == "failed"
    assert len(caplog.records) == 2
    assert "ValueError" in caplog.text
    assert "test_secrecy.py" in caplog.text
    for hidden in (SECRET, OTHER_SECRET, "ann@example.com"):
        assert hidden not in caplog.text


def test_an_empty_environment_variable_is_the_first_guess() -> None:
    with pytest.raises(ConfigurationError, match="environment variable"):
        WebhookReceiver([""])
