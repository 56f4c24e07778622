"""The Test Console: make a Link token by hand and open Link with it."""

from collections.abc import Mapping

import attrs

from pinwheel_sandbox.dashboard.ask import Json, Refused, Sandbox
from pinwheel_sandbox.dashboard.layout import field, moment, page, select
from pinwheel_sandbox.dashboard.markup import Html, tag

_SOLUTIONS = ("Verify", "Deposit Switch", "Bill Switch", "Bill Manager")
_VERSIONS = ("4.0.0", "3.5.0", "3.0.0", "2.3.12")
# Whom platform matching finds: the published user.
_KNOWN = {"platform_matching": {"mobile_phone_number": "2345556789", "first_name": "Ash", "last_name": "Userton"}}
_FEATURES: Mapping[str, list[str]] = {
    "Verify": ["income", "employment", "identity", "paystubs"],
    "Deposit Switch": ["direct_deposit_switch"],
    "Bill Switch": ["bill_switch"],
    "Bill Manager": ["bill_switch", "bill_cancellation"],
}
_ACCOUNTS = [
    {"name": "Checking", "type": "checking", "routing_number": "110000000", "account_number": "000123456789"},
    {"name": "Savings", "type": "savings", "routing_number": "110000000", "account_number": "000987654321"},
]
_CARD = {
    "card_name": "Test card",
    "card_number": "4111111111111111",
    "cvc": "123",
    "expiration_date": "12/30",
    "name_on_card": "Ash Userton",
    "card_zip_code": "99999",
}
_USERS = (
    ("user_good", "everything works"),
    ("user_mfa", "asks for a code: mfa_code"),
    ("user_error", "jobs end in error"),
    ("user_pending", "jobs are pending, and end in error after a minute"),
)


@attrs.frozen(kw_only=True)
class Wanted:
    """What the form was filled in with."""

    org_name: str = "Acme Bank"
    end_user_id: str = "user_1"
    solution: str = "Verify"
    language: str = "en"
    ways_out: str = "disabled"
    employer_id: str = ""
    known: str = ""
    version: str = _VERSIONS[0]

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "Wanted":
        """Take what a browser sent; what it left out is as at first."""
        names = {item.name for item in attrs.fields(cls)}
        return cls(**{name: value for name, value in sent.items() if name in names})

    def body(self) -> Json:
        """The body of POST /v1/link_tokens."""
        body: Json = {
            "org_name": self.org_name,
            "end_user_id": self.end_user_id,
            "solution": self.solution,
            "features": _FEATURES.get(self.solution, []),
            "language": self.language,
        }
        if self.solution == "Deposit Switch":
            body |= {"allocation": {"targets": _ACCOUNTS}, "deposit_forms": self.ways_out}
        if self.solution in {"Bill Switch", "Bill Manager"}:
            body["cards"] = [_CARD]
        if self.ways_out != "disabled":
            body["document_uploads"] = self.ways_out
        if self.known:
            body["end_user"] = _KNOWN
        if self.employer_id:
            body["employer_id"] = self.employer_id
        return body


def show(sandbox: Sandbox, wanted: Wanted | None = None) -> str:
    """The page: the form, and with a form that was sent the token or what is wrong with it."""
    problems: dict[str, str] = {}
    made: Html | None = None
    if wanted is not None:
        try:
            made = _made(sandbox.post("/v1/link_tokens", wanted.body()), wanted.version)
        except Refused as refused:
            problems = refused.fields or {"org_name": str(refused)}
    return page(
        "/",
        tag("p", "Make a Link token and go through Link as your users will.", class_="lead"),
        tag("div", _form(sandbox, wanted or Wanted(), problems), made or _help(), class_="columns"),
        script=True,
    )


def _form(sandbox: Sandbox, wanted: Wanted, problems: Mapping[str, str]) -> Html:
    employers = [(entry.id, entry.name) for entry in sandbox.world.catalogue.employers.values()]
    ways = (("disabled", "No"), ("fallback", "When the login fails"), ("direct", "Instead of the login"))
    return tag(
        "form",
        field(
            "Your name, as users see it",
            tag("input", name="org_name", value=wanted.org_name, required=True, maxlength=30),
            problem=problems.get("org_name"),
        ),
        field(
            "End user id",
            tag("input", name="end_user_id", value=wanted.end_user_id, required=True, maxlength=255),
            problem=problems.get("end_user_id"),
        ),
        field("Solution", select("solution", [(name, name) for name in _SOLUTIONS], wanted.solution)),
        field("Employer", select("employer_id", [("", "The user searches"), *employers], wanted.employer_id)),
        field("Language", select("language", [("en", "English"), ("es", "Spanish")], wanted.language)),
        field("Documents and forms", select("ways_out", ways, wanted.ways_out)),
        field("Platform matching", select("known", [("", "No"), ("yes", "Finds Ash Userton")], wanted.known)),
        field("Version of the SDK", select("version", [(name, name) for name in _VERSIONS], wanted.version)),
        tag("button", "Make a Link token"),
        method="post",
        action="/",
        class_="card",
    )


def _made(token: Json, version: str) -> Html:
    return tag(
        "section",
        tag("h2", "Your Link token"),
        tag("textarea", token["token"], id="token", readonly=True, rows=4, aria_label="Link token"),
        tag("p", "Good for one login, until ", moment(token["expires"]), " UTC.", class_="small"),
        tag("button", "Open Link", id="open", type="button", data_version=version),
        tag("h2", "Events"),
        tag("ol", id="events", aria_live="polite", aria_label="Events"),
        class_="card",
    )


def _help() -> Html:
    rows = [tag("div", tag("dt", tag("code", name)), tag("dd", what)) for name, what in _USERS]
    return tag(
        "section",
        tag("h2", "Who can log in"),
        tag("dl", *rows),
        tag("p", "The password is ", tag("code", "pass_good"), ".", class_="small"),
        class_="card",
    )
