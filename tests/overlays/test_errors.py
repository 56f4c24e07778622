import copy
import pickle
from typing import Any

import pytest
from pinwheel_overlays import errors
from pinwheel_overlays.error_types import Attempt, ErrorCode, ErrorField, ErrorType
from pinwheel_overlays.errors import APIError, CallError, CheckpointError, InvalidInputError, PinwheelError

from .harness import REQUEST_ID, SECRET, Bench, answer, refusal

BY_STATUS = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    405: errors.APIStatusError,
    409: errors.APIStatusError,
    418: errors.APIStatusError,
    422: errors.APIStatusError,
    429: errors.RateLimitError,
    500: errors.ServerError,
    501: errors.ServerError,
    502: errors.BadGatewayError,
    503: errors.ServiceUnavailableError,
    504: errors.GatewayTimeoutError,
    599: errors.ServerError,
    301: errors.RedirectError,
    304: errors.RedirectError,
    600: errors.APIStatusError,
    100: errors.APIStatusError,
}


def failed(bench: Bench, step: Any, **options: Any) -> APIError:
    client = bench.client(step, max_retries=0, **options)
    with pytest.raises(APIError) as caught:
        bench.do(client.widgets.get("w1"))
    return caught.value


@pytest.mark.parametrize("status", BY_STATUS)
def test_each_status_has_its_class(bench: Bench, status: int) -> None:
    error = failed(bench, refusal(status))
    assert type(error) is BY_STATUS[status]
    assert isinstance(error, PinwheelError)
    assert error.status == status


def test_an_error_tells_all_that_is_known(bench: Bench) -> None:
    error = failed(
        bench,
        refusal(
            400,
            type="INVALID_REQUEST_PARAMETERS",
            code="INVALID_ROUTING_NUMBER",
            message="Routing number is wrong",
            fields=[{"name": "routing_number", "message": "not nine digits"}],
        ),
    )
    assert error.operation == "widgets.get"
    assert error.method == "GET"
    assert error.path == "/v1/widgets/{widget_id}"
    assert error.version == "2025-07-08"
    assert error.type is ErrorType.INVALID_REQUEST_PARAMETERS
    assert error.code is ErrorCode.INVALID_ROUTING_NUMBER
    assert error.message == "Routing number is wrong"
    assert error.fields == (ErrorField("routing_number", "not nine digits"),)
    assert error.request_id == REQUEST_ID
    assert b"Routing number" in error.raw
    assert str(error) == (
        "400 INVALID_REQUEST_PARAMETERS INVALID_ROUTING_NUMBER: Routing number is wrong "
        "[routing_number: not nine digits]; call widgets.get (GET /v1/widgets/{widget_id}); "
        f"Pinwheel-Version 2025-07-08; request id {REQUEST_ID}. "
        "Correct the request; .fields says which fields were wrong."
    )


def test_new_types_and_codes_are_kept(bench: Bench) -> None:
    error = failed(bench, refusal(400, type="BRAND_NEW", code="NEWER"))
    assert error.type == "BRAND_NEW"
    assert error.code == "NEWER"
    assert error.type is not None
    assert not error.type.is_known


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><h1>502 Bad Gateway</h1></html>",
        b'{"error":',
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"error": null}',
        b'{"error": "text"}',
        b'{"error": {"type": 3, "code": [], "message": {}, "fields": {}}}',
        b'{"error": {"fields": [null, 3, {"name": null}]}}',
        b'{"detail": "Not Found"}',
        b"[" * 100_000,
    ],
)
@pytest.mark.parametrize("status", [400, 404, 502])
def test_a_body_of_any_kind_gives_the_same_class(bench: Bench, body: bytes, status: int) -> None:
    error = failed(bench, answer(body, status=status))
    assert type(error) is BY_STATUS[status]
    assert error.type is None
    assert error.code is None
    assert error.raw == body
    assert str(error)


def test_personal_data_in_the_vendors_text_is_hidden_from_str_and_repr(bench: Bench) -> None:
    message = "No user 123-45-6789 (jo@example.com, +1 (234) 555-6789), 9b2f6a10-0000-4000-8000-120056009012"
    fields = [{"name": "ssn", "message": "123456789 is wrong"}, {"name": "people['123-45-6789']", "message": "no"}]
    error = failed(bench, refusal(400, message=message, fields=fields))
    for text in (str(error), repr(error), repr(error.fields)):
        assert "6789" not in text
        assert "jo@" not in text
    assert "9b2f6a10-0000-4000-8000-120056009012" in str(error)
    assert error.message == message


def test_half_a_character_can_be_printed(bench: Bench) -> None:
    error = failed(bench, refusal(400, message="\ud83d!", fields=[{"name": "\udc00", "message": "\ud800"}]))
    assert r"\ud83d! [\udc00: \ud800]" in str(error).encode().decode()
    assert repr(error).encode()
    assert error.message == "\ud83d!"


def test_a_secret_that_the_server_quotes_is_nowhere_in_the_error(bench: Bench) -> None:
    error = failed(
        bench,
        refusal(401, message=f"bad key {SECRET}", code=SECRET, fields=[{"name": "k", "message": SECRET}]),
        admin_token="adm-token-1",
    )
    assert SECRET not in repr(error) + str(error) + error.message + repr(vars(error)) + str(error.code)
    assert SECRET.encode() not in error.raw + pickle.dumps(error)
    assert "adm-token-1" not in failed(bench, refusal(401, message="adm-token-1"), admin_token="adm-token-1").message


def test_an_overlong_message_is_cut_in_str_only(bench: Bench) -> None:
    error = failed(bench, refusal(400, message="x" * 100_000))
    assert len(str(error)) < 2_000
    assert len(error.message) == 100_000


def every_error() -> list[PinwheelError]:
    made: list[PinwheelError] = [
        InvalidInputError("a.b", "must be x", "do y"),
        CheckpointError("no"),
        errors.ClientClosedError("c"),
    ]
    context = {"operation": "o", "method": "GET", "path": "/p", "version": "v", "request_id": "r", "raw": b"raw"}
    attempts = (Attempt(1, 500, 0.5, "r", "HTTP 500"), Attempt(2, None, 0.0, None, "timeout"))
    for name in errors.__all__:
        kind = getattr(errors, name)
        if isinstance(kind, type) and issubclass(kind, CallError):
            made.append(kind("message", **context, status=500, attempts=attempts))
    made.append(APIError("m", type=ErrorType("NEW"), code=ErrorCode("X"), fields=(ErrorField("n", "m"),)))
    made.append(errors.APIConnectionError("m", reached=False))
    made.append(errors.ResponseDecodeError("m", location="$.a", model="M"))
    return made


@pytest.mark.parametrize("error", every_error(), ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
def test_errors_copy_and_pickle(error: PinwheelError, again: Any) -> None:
    other = again(error)
    assert type(other) is type(error)
    assert str(other) == str(error)
    assert repr(other) == repr(error)
    assert vars(other) == vars(error)
    assert other.args == error.args


def test_input_errors_are_value_errors() -> None:
    for kind in (errors.InvalidInputError, errors.CheckpointError, errors.ConfigurationError, errors.ClientClosedError):
        assert issubclass(kind, ValueError)
        assert issubclass(kind, errors.InputError)


def test_one_root() -> None:
    for name in errors.__all__:
        kind = getattr(errors, name)
        if isinstance(kind, type) and issubclass(kind, Exception):
            assert issubclass(kind, PinwheelError)
