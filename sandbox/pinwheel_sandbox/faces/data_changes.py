"""Breaking changes of lists, paystubs and jobs, oldest first."""

from pinwheel_sandbox.faces.change import Change, Json, each
from pinwheel_sandbox.query import Query


class ListsComeInPages(Change):
    """Lists come in pages of 25, or of the `limit` you send (1 to 100).

    `meta.next_cursor` leads to the next page and is null on the last one; until now a list came whole, and `meta` held
    its `count` alone.
    """

    version = "2022-03-02"
    operations = frozenset(
        {
            "accounts.list",
            "accounts.paystubs.list",
            "accounts.shifts.list",
            "employers.list",
            "platforms.list",
            "webhooks.list",
        }
    )

    def newer_query(self, query: Query) -> Query:
        """Ask for one page that holds everything."""
        return query.without("limit", "cursor").unpaged()

    def older_answer(self, answer: Json) -> Json:
        """Keep the count."""
        return {**answer, "meta": {"count": answer["meta"]["count"]}}


class JobsAreFoundByTypes(ListsComeInPages):
    """Jobs come in pages too, and several kinds can be asked for at once: `job_types` takes the place of `job_type`."""

    operations = frozenset({"jobs.list"})

    def newer_query(self, query: Query) -> Query:
        """Rename the parameter; a limit was there before pages were."""
        query = query.without("cursor", "job_types", "outcome").renamed("job_type", "job_types")
        return query if query.text("limit") is not None else query.unpaged()


class PaystubsAreAsPrinted(Change):
    """A paystub shows `time_off`, `employer_name` and `external_paystub_id`.

    Its amounts are the ones that the platform prints: that net pay is gross pay less taxes and deductions is no longer
    promised.
    """

    version = "2022-03-02"
    operations = frozenset({"accounts.paystubs.list", "accounts.paystubs.get"})

    def older_answer(self, answer: Json) -> Json:
        """Leave out what was added; the sandbox's sums hold in every version."""
        added = {"time_off", "employer_name", "external_paystub_id"}
        return each(answer, lambda stub: {name: value for name, value in stub.items() if name not in added})


class JobsTellTheAllocation(Change):
    """The params of a direct deposit switch say what was done, in place of a bare `amount`.

    They are `action` (full_switch or partial_switch) and `allocation` with its type, value and target account.
    """

    version = "2023-11-22"
    operations = frozenset({"jobs.list"})

    def older_answer(self, answer: Json) -> Json:
        """Keep the amount, where a fixed amount was switched."""
        return each(answer, self._older_job)

    @staticmethod
    def _older_job(job: Json) -> Json:
        params: Json | None = job["params"]
        if params is None:
            return job
        allocation: Json = params.get("allocation") or {}
        kept = {name: value for name, value in params.items() if name not in {"action", "allocation", "card_name"}}
        fixed = allocation.get("type") == "amount"
        return {**job, "params": {**kept, "amount": allocation.get("value") if fixed else None}}


CHANGES = (ListsComeInPages(), JobsAreFoundByTypes(), PaystubsAreAsPrinted(), JobsTellTheAllocation())
