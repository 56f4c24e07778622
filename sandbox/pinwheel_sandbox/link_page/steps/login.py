"""Log in to the platform: its forms, the second factor, and what comes of it."""

from collections.abc import Mapping

from pinwheel_sandbox.link.errors import LinkError, invalid_input
from pinwheel_sandbox.link.login import log_in
from pinwheel_sandbox.link.terms import MFA_CODE, PASSWORD, Credentials
from pinwheel_sandbox.link_page import providers, users
from pinwheel_sandbox.link_page.state import Failure
from pinwheel_sandbox.link_page.steps import bills, deposit
from pinwheel_sandbox.link_page.visit import Given, Handler, Visit
from pinwheel_sandbox.people.finding import find_person
from pinwheel_sandbox.people.person import MFA


def submit(visit: Visit, given: Given) -> None:
    """The user sent one of the login's forms."""
    state = visit.state
    shown = providers.forms(visit.platform)
    fields = [str(field["key"]) for field in shown[state.form]]
    state.problems = {key: "required" for key in fields if not given.secret(key).strip()}
    if state.problems:
        return
    if "organization" in fields:
        if given.text("organization").lower() != providers.ORGANIZATION:
            state.problems = {"organization": "unknownOrganization"}
            visit.fail(invalid_input("invalidCredentials", "There is no such organization."))
            return
        state.form += 1
        return
    username = users.canonical(given.text("username"))
    if not state.attempted:
        state.attempted = True
        visit.tell("login_attempt", {"platformId": visit.platform.id})
    visit.tell_more("input_submit", input_type="username/password")
    owner = find_person(visit.session, username)
    right = owner is not None and given.secret("password") == PASSWORD
    state.username, state.effect = username, owner.effect if owner else "good"
    # The password goes no further than this line: what outlives the request is only whether it was right.
    state.verdict = "mfa" if right and state.effect == MFA else "right" if right else "wrong"
    visit.process("login")


def code(visit: Visit, given: Given) -> None:
    """The user sent the code of the second factor."""
    typed = given.text("code")
    if not typed:
        visit.state.problems = {"code": "required"}
        return
    visit.tell_more("input_submit", input_type="mfa_code")
    if typed != MFA_CODE:
        visit.state.problems = {"code": "challengeAnswerIncorrect"}
        visit.fail(invalid_input("challengeAnswerIncorrect", "The code is wrong."))
        return
    visit.state.verdict = "right"
    visit.process("login")


def back(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """To the form before, or from the first one to the bill that the login is for."""
    if visit.state.bill and not visit.state.form:
        visit.go("bill")
        return
    visit.state.form = max(0, visit.state.form - 1)
    visit.state.problems = {}
    visit.go("login")


def settle(visit: Visit) -> None:
    """The processing screen asked how the login went."""
    state = visit.state
    state.doing = None
    if state.verdict == "wrong":
        visit.fail(invalid_input("invalidCredentials", "The user name or the password is wrong."), "login")
        state.problems = {"password": "invalidCredentials"}
    elif state.verdict == "mfa":
        # An app has to come to the front when its user is asked for something while it waits.
        visit.tell("input_required")
        visit.go("mfa")
    else:
        _connect(visit)


def refresh(visit: Visit) -> None:
    """An On Demand Update, or a login that a partner vouches for: nothing is needed from the user."""
    visit.state.doing = None
    _connect(visit)


def _connect(visit: Visit) -> None:
    state, used_at = visit.state, visit.token.used_at
    if state.accounts:
        # The list of bills goes to one merchant after another. The token is used up, but by nobody else.
        visit.token.used_at = None
    try:
        login = log_in(
            visit.world,
            visit.session,
            visit.row.token,
            Credentials(
                username=state.username or "",
                employer_id=state.employer_id,
                platform_id=None if state.employer_id else state.platform_id,
            ),
            # What is read fails, too, for those whose jobs do; but a switch waits for what the user wants.
            switching=not deposit.wanted(visit),
        )
    except LinkError as error:
        visit.token.used_at = used_at
        visit.fail(error, "fatal" if error.type == "invalidLinkToken" else "job_error")
        return
    state.account_id, state.failure = login.account_id, None
    visit.tell("login", {"accountId": login.account_id, "platformId": login.platform_id})
    if deposit.wanted(visit):
        deposit.begin(visit)
    elif bills.wanted(visit):
        bills.begin(visit)
    else:
        visit.succeed("login")


def retry(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user tries once more after an error."""
    failure: Failure | None = visit.state.failure
    if failure is None or failure.pending:
        return
    state = visit.state
    state.failure = None
    if state.account_id and deposit.wanted(visit):
        deposit.begin(visit)
    elif state.bill:
        visit.go("bill")
    elif state.account_id and bills.wanted(visit):
        bills.go_on(visit)
    else:
        state.form = 0
        visit.go("login" if state.platform_id else "search")


HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("login", "submit"): submit,
    ("login", "back"): back,
    ("mfa", "submit"): code,
    ("mfa", "back"): back,
    ("job_error", "retry"): retry,
}
