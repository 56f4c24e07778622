"""The bank of examples/link_page.py: its own page and server around Link."""

import runpy
from pathlib import Path

import pytest

from .user import User

PROGRAM = Path(__file__).parents[2] / "examples" / "link_page.py"


def test_a_bank_with_one_changed_address(user: User, capfd: pytest.CaptureFixture[str]) -> None:
    example = runpy.run_path(str(PROGRAM))
    bank = example["serve"](user.sandbox.client(), user.home)
    page = user.window()
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto(f"http://127.0.0.1:{bank.server_port}")
    page.get_by_role("button", name="Connect my payroll account").click()
    user.link = page.frame_locator("iframe.pinwheel-modal-show")
    user.sees("intro")
    user.goes_on()
    user.sees("search")
    user.picks("Acme Corporation")
    user.logs_in()
    user.sees("success")
    user.goes_on()
    page.get_by_text("Thank you").wait_for()
    bank.shutdown()
    bank.server_close()
    (account,) = user.sandbox.client().end_users.accounts.list("user_1")
    # The page reports each event by a request of its own, and these may overtake each other.
    said = capfd.readouterr().out.splitlines()
    assert sorted(said) == [f"connected: account {account.id}", "done: login"]
