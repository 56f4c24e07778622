"""The whole way in one go: a local Pinwheel starts, a user logs in, and the payroll data comes back as tables.

Nothing leaves this machine, and no key is needed: `python examples/demo.py`.
"""

import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

from pinwheel_api import Account, Employment, Identity, Income, Money, Paystub, Pinwheel
from pinwheel_sandbox import SandboxProcess
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

END_USER = "user_1"
SHOWN_PAYSTUBS = 8
WIDTH = 92


def main() -> None:
    """Tell the story, step by step."""
    page = Page()
    page.title("Pinwheel, on this machine", f"Pinwheel-Version {Pinwheel.version}")

    with page.step("A local Pinwheel starts"):
        sandbox = SandboxProcess()
    page.note(f"{sandbox.url}, API secret {sandbox.secret!r}, state in SQLite")

    with sandbox, Pinwheel(sandbox.secret, base_url=sandbox.url) as pinwheel:
        with page.step("A Link token is created"):
            token = pinwheel.link_tokens.create(
                org_name="Acme Bank",
                solution="Verify",
                features=["employment", "identity", "income", "paystubs"],
                end_user_id=END_USER,
            )
        minutes = round((token.expires - datetime.now(UTC)).total_seconds() / 60)
        page.note(f"{token.id}, for one login in the next {minutes} minutes")

        with page.step("The user logs in through Link"):
            login = sandbox.login(token.token, username="user_good")
        page.note(f"user_good at {login.platform_name}")

        with page.step("The account is there"):
            [account] = pinwheel.end_users.accounts.list(END_USER)
        page.show(account_table(account))

        with page.step("Identity, employment and income"):
            identity = pinwheel.accounts.identity.get(account.id)
            employment = pinwheel.accounts.employment.get(account.id)
            income = pinwheel.accounts.income.get(account.id)
        page.show(person_table(identity, employment, income))

        with page.step("Paystubs, page by page"):
            stubs = list(pinwheel.accounts.paystubs.list(account.id))
        page.show(paystub_table(stubs[:SHOWN_PAYSTUBS]))
        page.note(
            f"and {len(stubs) - SHOWN_PAYSTUBS} more, back to {stubs[-1].pay_date}; amounts in {stubs[0].currency}"
        )

    page.end()


def account_table(account: Account) -> Table:
    """One account: its state, and how fresh its data is."""
    table = plain_table("Account", "End user", "State", "Data as of")
    state = "connected" if account.connected else "disconnected"
    fresh = account.data_refreshed_at.paystubs
    table.add_row(
        account.id,
        account.end_user_id,
        f"{state}, {account.monitoring_status}",
        f"{fresh:%H:%M:%S} UTC" if fresh else "not yet",
    )
    return table


def person_table(identity: Identity, employment: Employment, income: Income) -> Table:
    """Who it is, where they work and what they earn."""
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(style="dim")
    table.add_column()
    table.add_row("Name", Text(identity.full_name, style="bold"))
    table.add_row("Born", f"{identity.date_of_birth}, last digits of the SSN {identity.last_four_ssn}")
    table.add_row("Address", identity.address.raw if identity.address else "unknown")
    table.add_row("Employer", Text(employment.employer_name or "unknown", style="bold"))
    table.add_row("Status", f"{employment.status} since {employment.start_date}")
    table.add_row("Income", Text(f"{income.compensation} {income.compensation_unit}", style="bold"))
    table.add_row("Paid", str(income.pay_frequency))
    return table


def paystub_table(stubs: list[Paystub]) -> Table:
    """One row a paystub; every amount is exact."""
    table = plain_table("Pay date", "Pay period")
    for column in ("Gross", "Taxes", "Deductions", "Net", "Net YTD"):
        table.add_column(column, justify="right", no_wrap=True)
    for stub in stubs:
        table.add_row(
            f"{stub.pay_date}",
            f"{stub.pay_period_start:%d %b} to {stub.pay_period_end:%d %b}",
            amount(stub.gross_pay),
            amount(stub.total_taxes_money),
            amount(stub.total_deductions_money),
            Text(amount(stub.net_pay), style="bold"),
            amount(stub.net_pay_ytd_money),
        )
    return table


def amount(money: Money | None) -> str:
    """An amount for a column that says its currency elsewhere."""
    return f"{money.amount:,.2f}" if money else ""


def plain_table(*columns: str) -> Table:
    """A table without lines."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


class Page:
    """Prints the story: numbered steps with what they took, and below each what came of it."""

    def __init__(self) -> None:
        """Print to the terminal, or in plain text to wherever the output goes."""
        self.console = Console(highlight=False)
        # Without a terminal there is no width to ask for.
        self.console.width = min(self.console.width, WIDTH) if self.console.is_terminal else WIDTH
        self.began = time.perf_counter()
        self.steps = 0

    def title(self, text: str, detail: str) -> None:
        """The head of the page."""
        self.console.print()
        self.console.print(Text.assemble("  ", (text, "bold"), "  ", (detail, "dim")))

    @contextmanager
    def step(self, text: str) -> Generator[None, None, None]:
        """Do what is in the block, then print its headline with the time it took."""
        began = time.perf_counter()
        yield
        took = Text(duration(time.perf_counter() - began), style="dim")
        self.steps += 1
        head = Table.grid(expand=True)
        head.add_column(ratio=1)
        head.add_column(justify="right")
        head.add_row(Text.assemble((f"{self.steps}", "bold cyan"), "  ", (text, "bold")), took)
        self.console.print()
        self.console.print(Padding(head, (0, 2)))

    def note(self, text: str) -> None:
        """A line about the step before."""
        self.console.print(Padding(Text(text, style="dim"), (0, 2, 0, 5), expand=False))

    def show(self, table: Table) -> None:
        """What the step before brought."""
        self.console.print(Padding(table, (0, 2, 0, 5), expand=False))

    def end(self) -> None:
        """The foot of the page."""
        took = duration(time.perf_counter() - self.began)
        self.console.print(f"\n  [bold green]Done[/] in {took}. Nothing left this machine.\n")


def duration(seconds: float) -> str:
    """A time as people say it."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    main()
