"""The ways through pinwheel-api that are measured."""

from collections.abc import Callable

from pinwheel_api import Pinwheel
from pinwheel_api.v2025_07_08 import Paystub
from pinwheel_overlays.decode import decode_answer
from pinwheel_overlays.wire import WireRequest, WireResponse

ACCOUNT = "13eb6391-824f-4d1b-a110-440643168504"


def decode_page(body: bytes) -> list[Paystub]:
    """What a call does with the body of its answer."""
    paystubs: list[Paystub] = decode_answer(body, list[Paystub]).data
    return paystubs


def decode_page_watching(body: bytes) -> list[Paystub]:
    """The same where somebody asked to be told of drift: nothing has drifted, which is the usual case."""
    paystubs: list[Paystub] = decode_answer(body, list[Paystub], observe=True).data
    return paystubs


def call_with(body: bytes) -> Callable[[], object]:
    """The whole call, through every overlay, with a transport that has the answer at hand."""
    client = Pinwheel(api_secret="secret", transport=_Canned(body))
    return lambda: client.with_response.accounts.paystubs.list(ACCOUNT).data


class _Canned:
    """Answers each request with the same body."""

    def __init__(self, body: bytes) -> None:
        headers = {"content-type": "application/json", "pinwheel-version": Pinwheel.version}
        self.answer = WireResponse(200, headers, body)

    def send(self, request: WireRequest, /) -> WireResponse:
        return self.answer

    def close(self) -> None:
        """There is nothing open."""
