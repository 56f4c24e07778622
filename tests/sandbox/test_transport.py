"""The sandbox as a transport, to be wrapped by tests that need faults."""

import asyncio

from pinwheel_api import AsyncPinwheel, Pinwheel, WireRequest, WireResponse
from pinwheel_sandbox import Sandbox


class Counting:
    def __init__(self, sandbox: Sandbox) -> None:
        self.inner = sandbox.transport()
        self.sent = 0

    def send(self, request: WireRequest, /) -> WireResponse:
        self.sent += 1
        return self.inner.send(request)

    def close(self) -> None:
        self.inner.close()


def test_a_transport_can_be_wrapped() -> None:
    with Sandbox() as sandbox:
        counting = Counting(sandbox)
        assert Pinwheel(sandbox.secret, transport=counting).platforms.list().first() is not None
        assert counting.sent == 1


def test_the_asynchronous_one_too() -> None:
    async def first() -> object:
        return await AsyncPinwheel(sandbox.secret, transport=sandbox.async_transport()).platforms.list().first()

    with Sandbox() as sandbox:
        assert asyncio.run(first()) is not None
