"""``client.wait_for``: until the data of an account is there. How it waits is in ``webhooks/wait.py``."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

if TYPE_CHECKING:
    from .webhooks.receiver import Receiver
    from .webhooks.wait import Ready

__all__ = ["ReadyWhen", "TaskWaiting", "ThreadWaiting", "Waiting"]

PATIENCE = 300.0


class ReadyWhen(NamedTuple):
    """Where a version tells that data is there. From the spec: ``x-data-times`` and ``x-job-kinds``."""

    account: str
    """The call that answers the account: ``accounts.get``."""
    times: str
    """Its property that holds one moment for each kind of data."""
    jobs: str
    """The call that lists finished jobs: ``jobs.list``."""
    kinds: str
    """Its parameter that chooses the kinds of jobs."""
    several: bool
    """Whether that parameter takes a list."""


class Waiting:
    """What both kinds of clients share."""

    __slots__ = ("_receiver",)

    ready_when: ClassVar[ReadyWhen | None] = None

    _core: Any
    _receiver: "Receiver | None"

    def attach(self, receiver: "Receiver | None") -> Self:
        """Let ``wait_for`` end as soon as this receiver, in this process, gets the webhook; None: only ask Pinwheel."""
        self._receiver = receiver
        return self


class ThreadWaiting(Waiting):
    """Waiting in a thread."""

    __slots__ = ()

    def wait_for(
        self, account_id: str, data: str, *, timeout: float = PATIENCE, since: datetime | None = None
    ) -> "Ready":
        """Return when data of an account is there.

        Pinwheel is asked at once and then now and again, more often at first. With a receiver attached its webhook ends
        the wait, and Pinwheel is asked less often, in case another process got it.

        Args:
            account_id: The account.
            data: The name of a job: ``employment``, ``identity``, ``income``, ``paystubs``, ``shifts``, ``tax_forms``,
                ``direct_deposit_allocations``, or one that changes something, such as ``direct_deposit_switch``.
                Paystubs and shifts come in batches: the first ends the wait.
            timeout: How many seconds to wait at most.
            since: Only what is newer than this moment counts, for an account that has had the data before.

        Raises:
            WaitTimeoutError: it was not there in time.
            JobFailedError: the job that should have brought it ended with an error.
            InvalidInputError: there is no such job.
            APIError: Pinwheel refused the question, such as `NotFoundError` for an unknown account.
        """
        from .webhooks.steps import run_in_thread  # noqa: PLC0415 - a client that never waits does not need it
        from .webhooks.wait import waiting  # noqa: PLC0415 - as above

        return run_in_thread(waiting(self, account_id, data, timeout, since))


class TaskWaiting(Waiting):
    """Waiting in a task."""

    __slots__ = ()

    async def wait_for(
        self,
        account_id: str,
        data: str,
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - works without asyncio, too
        since: datetime | None = None,
    ) -> "Ready":
        """As ``wait_for`` of the client for threads."""
        from .webhooks.steps import run_in_task  # noqa: PLC0415 - a client that never waits does not need it
        from .webhooks.wait import waiting  # noqa: PLC0415 - as above

        return await run_in_task(waiting(self, account_id, data, timeout, since))
