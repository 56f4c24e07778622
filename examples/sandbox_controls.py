"""What a test can do to the sandbox that nobody can do to Pinwheel: move time, break calls, raise events, go back.

python examples/sandbox_controls.py
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

from pinwheel_api import Pinwheel, ServerError
from pinwheel_sandbox import Clock, Inbox, Login, Sandbox, Settings

SCENARIO = """
people:
  - username: robin
    full_name: Robin Alderfen
    pay_frequency: weekly
    incomes: [{amount: 2000}]
"""


def connect(sandbox: Sandbox, pinwheel: Pinwheel, username: str) -> Login:
    """Go through Link as somebody."""
    token = pinwheel.link_tokens.create(
        org_name="Acme Bank", solution="Verify", features=["paystubs"], end_user_id=f"customer {username}"
    )
    return sandbox.login(token.token, username=username)


def main() -> None:
    """Play with it."""
    clock = Clock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    with Sandbox(clock=clock, seed=7, settings=Settings(pace=1)) as sandbox, sandbox.client(max_retries=0) as pinwheel:
        sandbox.load(SCENARIO)
        inbox = Inbox(sandbox.secret)
        sandbox.listen(inbox)

        robin = connect(sandbox, pinwheel, "robin")
        print("At the login:     ", dict(Counter(inbox.names)))
        clock.advance(timedelta(seconds=10))
        print("Ten seconds later:", dict(Counter(name for name in inbox.names if name.endswith("added"))))

        sandbox.snapshot()
        before = len(list(pinwheel.accounts.paystubs.list(robin.account_id)))
        clock.advance(timedelta(days=28))
        print(
            "In four weeks:    ", len(list(pinwheel.accounts.paystubs.list(robin.account_id))) - before, "more paystubs"
        )

        sandbox.fault("status", status=503, calls=1, path="/v1/accounts")
        try:
            pinwheel.accounts.get(robin.account_id)
        except ServerError as error:
            print("A broken call:    ", error.status, "then", pinwheel.accounts.get(robin.account_id).platform_id != "")

        inbox.clear()
        inbox.answer(503, 503)
        sandbox.trigger("account.monitoring_status.updated", robin.account_id)
        clock.advance(timedelta(minutes=15))
        (delivery,) = sandbox.deliveries(event="account.monitoring_status.updated")
        print("A broken receiver:", [attempt.status for attempt in delivery.attempts], delivery.status)

        sandbox.restore()
        print(
            "And back:         ",
            sandbox.clock.now(),
            len(list(pinwheel.accounts.paystubs.list(robin.account_id))) - before,
        )


if __name__ == "__main__":
    main()
