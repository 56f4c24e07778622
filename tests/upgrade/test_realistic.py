"""A service as people write them: clients under other names, star imports, wrappers, asynchronous, events.

What has to be listed is marked in the code. Everything else has to be left alone: lists of jobs, too, as only a field
of theirs changed.
"""

from importlib.util import find_spec
from pathlib import Path

import pytest
from pinwheel_cli.changes.guide import guide
from pinwheel_cli.upgrade.checker import find_checker
from pinwheel_cli.upgrade.impact import assess

OLD, NEW = "2023-07-18", "2025-07-08"
FILES = {
    "bank/__init__.py": "",
    "bank/settings.py": """\
from pinwheel_api.v2023_07_18 import *
from pinwheel_api.v2023_07_18 import Pinwheel as Payroll

amount = 12
payroll = Payroll(api_secret="secret")


def make(secret: str) -> Payroll:
    return Payroll(api_secret=secret)
""",
    "bank/tokens.py": """\
import pinwheel_api.v2023_07_18 as pw

from .settings import make, payroll as client

tokens = client.link_tokens


class Tokens:
    def __init__(self) -> None:
        self.client = make("secret")

    def start(self, user: str) -> pw.LinkToken:
        return self.client.link_tokens.create(  # refused
            org_name="Acme Bank",
            required_jobs=["paystubs"],
            end_user_id=user,
        )

    def again(self, account: str) -> str:
        token = tokens.create(org_name="Acme Bank", required_jobs=["income"], account_id=account)  # refused
        return token.token

    def switch(self, user: str) -> pw.LinkToken:
        job = pw.RequiredJob.DIRECT_DEPOSIT_SWITCH  # refused
        whole = self.client.with_response.link_tokens.create(  # refused
            org_name="Acme Bank", required_jobs=[job], end_user_id=user
        )
        return whole.data


def required_jobs() -> list[str]:
    return ["paystubs"]
""",
    "bank/jobs.py": """\
from collections.abc import AsyncIterator

from pinwheel_api.v2023_07_18 import AsyncPinwheel as Client, Job, JobParams


class Amounts:
    amount = 3


def part(params: JobParams) -> int:
    return params.amount or 0  # refused


async def switched(client: Client) -> AsyncIterator[Job]:
    async for job in client.jobs.list(job_types=["direct_deposit_switch"]):
        if job.params and job.params.total_employees is None:  # refused
            yield job


async def accounts(client: Client) -> int:
    total = Amounts().amount
    async for account in client.accounts.list():
        employment = await client.accounts.employment.get(account.id)
        total += len(employment.id)
    return total


async def page(client: Client) -> str:
    site = await client.sites.create(  # refused
        org_name="Acme Bank", required_jobs=["paystubs"], redirect_url="https://acme.example"
    )
    return site.url
""",
    "bank/events.py": """\
from pinwheel_api.v2023_07_18 import events
from pinwheel_api.webhooks import parse


def amount(body: bytes, headers: dict[str, str]) -> int | None:
    event = parse(body, headers, ["secret"], version="2023-07-18")
    match event:
        case events.DirectDepositSwitchAdded(payload=payload):
            return payload.params.amount if payload.params else None  # refused
        case events.PaystubsAdded(payload=other):
            return len(other.account_id)
        case _:
            return None
""",
}


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("code")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def marked() -> set[tuple[str, int]]:
    return {
        (name.rpartition("/")[2], number)
        for name, text in FILES.items()
        for number, line in enumerate(text.splitlines(), 1)
        if line.endswith("# refused")
    }


@pytest.mark.parametrize("name", ["basedpyright", "mypy"])
def test_exactly_the_marked_lines_are_listed(code: Path, name: str) -> None:
    if find_spec(name) is None:
        pytest.skip(f"{name} is not installed; `nox -s types` runs this")
    impact = assess(guide(OLD, NEW), code, find_checker(name))
    assert not impact.unreadable
    listed = {(hit.path.name, hit.line): bool(hit.messages) for hit in impact.hits}
    assert listed == dict.fromkeys(marked(), True)
    # A class that is gone has the checker's message; what is to be done stands beside the call that took it.
    assert [hit.code for hit in impact.hits if not hit.advice] == [
        "job = pw.RequiredJob.DIRECT_DEPOSIT_SWITCH  # refused"
    ]
