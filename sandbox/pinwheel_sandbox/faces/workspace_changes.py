"""Breaking changes of webhooks and of the earnings stream, oldest first."""

from pinwheel_sandbox.faces.change import Change, Json, each

_CREATE = frozenset({"webhooks.create"})


class WebhookNamesItsEvents(Change):
    """A webhook names its events one by one: `*` for all of them is gone.

    So are `direct_deposit_payment.added`, `account.disconnected` and `account.reconnected`. A webhook that was made
    with them before keeps them.
    """

    version = "2022-03-02"
    operations = _CREATE | {"webhooks.update"}
    keeps_extinct_values = True


class WebhookHasVersion(Change):
    """A webhook needs a `version`: the format of its payloads, which stays the same whatever version you call with.

    A webhook that was made without one has the first format, 2022-09-09.
    """

    version = "2023-04-18"
    operations = _CREATE

    def newer_body(self, body: Json) -> Json:
        """Choose the first format where none was chosen."""
        return {"version": "2022-09-09", **body}


class PayoutHasNetPay(Change):
    """A payout of the earnings stream that was made says its `net_pay`; until now only its days did."""

    version = "2023-04-18"
    operations = frozenset({"end_users.earnings_stream.payouts.list"})

    def older_answer(self, answer: Json) -> Json:
        """Leave the sum to the caller."""
        return each(answer, lambda payout: {name: value for name, value in payout.items() if name != "net_pay"})


CHANGES = (WebhookNamesItsEvents(), WebhookHasVersion(), PayoutHasNetPay())
