"""A nightly job that copies the paystubs of all accounts into a database, and goes on where it was stopped.

Each paystub and the place behind it are written in one transaction. However the process ends (here it is stopped on
purpose, twice), the next run continues with the paystub that follows: none is lost and none comes twice.
"""

import sqlite3
from contextlib import closing

from pinwheel_api import Pinwheel
from pinwheel_sandbox import Sandbox

SCHEMA = """
CREATE TABLE paystubs (id TEXT PRIMARY KEY, account_id TEXT, pay_date TEXT, net_pay INTEGER, currency TEXT);
CREATE TABLE progress (list TEXT PRIMARY KEY, checkpoint TEXT);
"""


class StoppedError(Exception):
    """Stands for whatever stops a job: a deployment, a lost network, a bug."""


class Job:
    """One run."""

    def __init__(self, pinwheel: Pinwheel, database: sqlite3.Connection, *, at_most: int) -> None:
        """Take what to read from and write to, and after how many paystubs to be stopped."""
        self.pinwheel = pinwheel
        self.database = database
        self.left = at_most

    def run(self) -> None:
        """Copy account by account. An account is done when the place behind it is stored."""
        accounts = self.pinwheel.accounts.list(connected=True)
        if stored := self.checkpoint("accounts"):
            accounts = accounts.resume(stored)
        for account in accounts:
            self.copy_paystubs(account.id)
            with self.database:
                self.store("accounts", accounts.checkpoint)
                self.database.execute("DELETE FROM progress WHERE list = ?", (account.id,))

    def copy_paystubs(self, account_id: str) -> None:
        """Copy the paystubs of one account that were not copied yet."""
        stubs = self.pinwheel.accounts.paystubs.list(account_id)
        if stored := self.checkpoint(account_id):
            stubs = stubs.resume(stored)
        for stub in stubs:
            if self.left == 0:
                raise StoppedError
            self.left -= 1
            row = (stub.id, account_id, stub.pay_date.isoformat(), stub.net_pay_amount, stub.currency)
            with self.database:
                self.database.execute("INSERT INTO paystubs VALUES (?, ?, ?, ?, ?)", row)
                self.store(account_id, stubs.checkpoint)

    def checkpoint(self, name: str) -> str | None:
        """Where the list of this name was."""
        row = self.database.execute("SELECT checkpoint FROM progress WHERE list = ?", (name,)).fetchone()
        return row[0] if row else None

    def store(self, name: str, checkpoint: str) -> None:
        """Note where it is; in the transaction of what was written."""
        self.database.execute("REPLACE INTO progress VALUES (?, ?)", (name, checkpoint))


def connect_users(sandbox: Sandbox, pinwheel: Pinwheel, users: int) -> None:
    """Give the job something to copy."""
    for number in range(users):
        token = pinwheel.link_tokens.create(
            org_name="Acme Bank", solution="Verify", features=["paystubs"], end_user_id=f"customer_{number}"
        )
        sandbox.login(token.token)


def main() -> None:
    """Run the job until it is done."""
    with Sandbox() as sandbox, sandbox.client() as pinwheel, closing(sqlite3.connect(":memory:")) as database:
        connect_users(sandbox, pinwheel, users=3)
        database.executescript(SCHEMA)
        done = False
        while not done:
            try:
                Job(pinwheel, database, at_most=40).run()
                done = True
            except StoppedError:
                pass
            (copied,) = database.execute("SELECT count(*) FROM paystubs").fetchone()
            print(f"{copied} paystubs copied, {'done' if done else 'stopped'}")


if __name__ == "__main__":
    main()
