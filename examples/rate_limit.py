"""120 calls from 16 threads to a Pinwheel that allows 50 a second: paced by the client, and not paced at all."""

import time
from concurrent.futures import ThreadPoolExecutor

from pinwheel_api import Pinwheel, RateLimitError
from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.settings import Settings

CALLS = 120


def call_all(client: Pinwheel) -> int:
    """Make the calls; returns how many were refused."""

    def call(_: int) -> bool:
        try:
            client.webhooks.list().first()
        except RateLimitError:
            return True
        return False

    with ThreadPoolExecutor(16) as threads:
        return sum(threads.map(call, range(CALLS)))


def tell(what: str, client: Pinwheel) -> None:
    """Make the calls, and say what came of them."""
    begun = time.monotonic()
    refused = call_all(client)
    print(f"{what}: {refused} of {CALLS} refused, in {time.monotonic() - begun:.1f} s")


with (
    Sandbox(settings=Settings(rate=50)) as sandbox,
    sandbox.serve() as server,
    Pinwheel(sandbox.secret, base_url=server.url, max_retries=0) as client,  # no retries, to see each refusal
):
    tell("paced", client)
    time.sleep(1)
    tell("unpaced", client.with_options(rate_limit=None))
