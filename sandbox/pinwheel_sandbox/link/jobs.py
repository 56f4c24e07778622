"""Jobs as they are written down: what ran for an account, when it ended, and how."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs
import msgspec
from pinwheel_api import JobOutcome, JobParams
from pinwheel_overlays.decoders import convert
from sqlalchemy.orm import Session

from pinwheel_sandbox.storage import tables
from pinwheel_sandbox.world import World


@attrs.frozen
class Failure:
    """Why a job ended in error, in the words of Pinwheel's list of job errors."""

    type: str
    code: str


SYSTEM_ERROR = Failure("systemError", "systemError")
NO_DATA = Failure("platformError", "dataNotAvailable")


@attrs.frozen(kw_only=True)
class JobLog:
    """The jobs of one account that one Link token, or monitoring in its name, sets off."""

    world: World
    session: Session
    account_id: str
    link_token_id: str

    def succeeded(
        self, name: str, at: datetime, params: Mapping[str, Any] | None = None, *, changed: bool = True
    ) -> None:
        """A job that found data; `changed` is false where it was the same as before."""
        self._add(self.world.chance.uuid(), name, at, JobOutcome.SUCCESS, changed=changed, params=params)

    def failed(
        self, name: str, at: datetime, why: Failure = SYSTEM_ERROR, params: Mapping[str, Any] | None = None
    ) -> None:
        """A job that ended in error."""
        self._add(self.world.chance.uuid(), name, at, JobOutcome.ERROR, why=why, params=params)

    def hung(self, name: str, at: datetime, then: datetime, params: Mapping[str, Any] | None = None) -> None:
        """A job that is pending at one moment and ends in error at another."""
        job_id = self.world.chance.uuid()
        self._add(job_id, name, at, JobOutcome.PENDING, superseded_at=then, params=params)
        self._add(job_id, name, then, JobOutcome.ERROR, why=SYSTEM_ERROR, params=params)

    def _add(
        self,
        job_id: str,
        name: str,
        at: datetime,
        outcome: JobOutcome,
        *,
        changed: bool = False,
        why: Failure | None = None,
        superseded_at: datetime | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        # Through the model, so that what is stored has the model's names and JSON forms.
        given = {} if params is None else _sent(convert(dict(params), JobParams))
        self.session.add(
            tables.Job(
                id=job_id,
                name=name,
                finished_at=at,
                superseded_at=superseded_at,
                outcome=outcome,
                link_token_id=self.link_token_id,
                account_id=self.account_id,
                changed_data=changed,
                error_code=why.code if why else None,
                error_type=why.type if why else None,
                params=given,
            )
        )


def _sent(params: JobParams) -> dict[str, Any]:
    return {name: value for name, value in msgspec.to_builtins(params).items() if value is not None}
