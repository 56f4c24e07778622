"""Your own HTTP client: a proxy, a certificate authority of your company, a client certificate, connection limits.

`python examples/http_client.py --proxy http://proxy.internal:3128 --ca company.pem --cert client.pem --key client.key`
sends to the sandbox that PINWHEEL_BASE_URL names; without that variable it starts one.
"""

import argparse
import os
import ssl
from contextlib import ExitStack

import httpx
from pinwheel_api import Pinwheel
from pinwheel_sandbox import SandboxProcess


def tls(ca: str | None, cert: str | None, key: str | None) -> ssl.SSLContext:
    """Whom to trust, and what to show; without arguments what the system trusts."""
    context = ssl.create_default_context(cafile=ca)
    if cert is not None:
        context.load_cert_chain(cert, key)
    return context


def main() -> None:
    """Make one call through the client."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proxy")
    parser.add_argument("--ca")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    chosen = parser.parse_args()

    with ExitStack() as stack:
        if "PINWHEEL_BASE_URL" in os.environ:
            base_url, secret = os.environ["PINWHEEL_BASE_URL"], None
        else:
            sandbox = stack.enter_context(SandboxProcess())
            base_url, secret = sandbox.url, sandbox.secret

        http_client = stack.enter_context(
            httpx.Client(
                proxy=chosen.proxy,
                verify=tls(chosen.ca, chosen.cert, chosen.key),
                limits=httpx.Limits(max_connections=20),
                # This one counts: with a client of yours, the timeout is yours too, unless you pass `timeout=` below.
                timeout=httpx.Timeout(20, connect=5),
                # What the environment says is left out, so that nothing but the arguments decides.
                trust_env=False,
            )
        )
        # Closing the Pinwheel client leaves the HTTP client open: who opened it closes it.
        pinwheel = stack.enter_context(Pinwheel(secret, base_url=base_url, http_client=http_client))
        found = pinwheel.search.list(q="acme").first()
        print(found.name if found else "nothing found", "through", chosen.proxy or "no proxy")


if __name__ == "__main__":
    main()
