"""What the page has to show: plain data, the words are the page's."""

from collections.abc import Callable, Mapping

import msgspec

from pinwheel_sandbox.link_page import bill_news, providers
from pinwheel_sandbox.link_page.state import Bill, Json
from pinwheel_sandbox.link_page.steps import bills, deposit, forms, manager, opening, uploads
from pinwheel_sandbox.link_page.visit import Visit

# These are about many merchants, whichever was logged in to last.
_OF_NOBODY = frozenset({"terms", "bank", "bills", "bill", "bill_form", "services", "calendar"})
_CONFIRMED = frozenset({"switch", "card", "cancel"})


def screen(visit: Visit) -> Json:
    """The screen that the session is at."""
    state = visit.state
    shown: Json = {"kind": state.screen, "problems": state.problems}
    if state.platform_id and state.screen not in _OF_NOBODY:
        shown["provider"] = {
            "name": visit.employer.name if visit.employer else visit.platform.name,
            "platform": visit.platform.name,
        }
    more = _MORE.get(state.screen)
    return {**shown, **(more(visit) if more else {})}


def frame(visit: Visit) -> Json:
    """What stays the same on all screens."""
    return {
        "orgName": visit.options.org_name,
        "language": str(visit.options.language or "en"),
        "purpose": "manager"
        if bills.managed(visit)
        else "bill"
        if bills.wanted(visit)
        else "deposit"
        if deposit.wanted(visit)
        else "income",
    }


def _search(visit: Visit) -> Json:
    only = visit.state.screen == "search_platforms"
    return {
        "query": visit.state.query,
        "results": providers.found(visit, visit.state.query, platforms_only=only),
        **_ways_out(visit),
    }


def _confirmation(visit: Visit) -> Json:
    return {"results": [providers.entry_view(p) for p in providers.family(visit, visit.platform)]}


def _login(visit: Visit) -> Json:
    shown = providers.forms(visit.platform)
    return {
        "fields": shown[visit.state.form],
        "back": visit.state.form > 0 or visit.state.bill is not None,
        "another": not visit.token.account_id and not visit.state.bill,
        "hint": ["company_good"] if len(shown) > 1 and visit.state.form == 0 else ["user_good", "pass_good"],
    }


def _targets(visit: Visit) -> list[Json]:
    return [
        {"name": target.name, "type": target.type, "lastFour": target.account_number[-4:]}
        for target in visit.state.targets
    ]


def _amount(visit: Visit) -> Json:
    least, most = deposit.bounds(visit)
    fixed = visit.options.allocation.value if visit.options.allocation and visit.options.allocation.type else None
    return {
        "targets": _targets(visit),
        "kinds": deposit.kinds(visit),
        "least": least,
        "most": most,
        "fractional": visit.platform.fractional,
        "fixed": float(fixed) if fixed else None,
    }


def _confirm(visit: Visit) -> Json:
    choice = visit.state.choice
    return {
        "choice": {"kind": choice.kind, "value": choice.value} if choice else None,
        "target": _targets(visit)[choice.target] if choice else None,
        "change": len(visit.state.targets) > 1 or len(deposit.kinds(visit)) > 1,
    }


def _success(visit: Visit) -> Json:
    if visit.state.form_file:
        return {"job": "form"}
    if visit.state.uploads_sent:
        return {"job": "uploads"}
    if visit.state.choice:
        return {**_confirm(visit), "job": "deposit"}
    if bills.managed(visit):
        return {"job": "manager"}
    return {"job": "bill" if bills.wanted(visit) else "login"}


def _error(visit: Visit) -> Json:
    failure = visit.state.failure
    return {"error": failure.payload() if failure else None, **_ways_out(visit)}


def _ways_out(visit: Visit) -> Json:
    return {"upload": uploads.offered(visit), "form": forms.offered(visit)}


def _leaving(visit: Visit) -> Json:
    """What the user confirmed is done in any case, so it is not lost, and no form is needed in its place."""
    under_way = visit.state.before_exit == "processing" and visit.state.doing in _CONFIRMED
    return {"form": forms.offered(visit) and not under_way, "underWay": under_way}


def _uploads(visit: Visit) -> Json:
    return {
        "files": [{"id": file.id, "name": file.name, "size": len(file.content)} for file in uploads.files(visit)],
        "back": visit.options.document_uploads != "direct",
    }


def _form(visit: Visit) -> Json:
    return {"targets": _targets(visit), "back": visit.options.deposit_forms != "direct"}


def _form_ready(visit: Visit) -> Json:
    return {"url": f"/link-files/{visit.state.form_file}/direct-deposit-form.pdf"}


def _intro(visit: Visit) -> Json:
    if not visit.state.matched_user or not visit.employer:
        return {"match": None}
    return {"match": providers.entry_view(visit.employer), "partner": opening.partnered(visit)}


def _cards(visit: Visit) -> Json:
    return {"cards": bills.cards(visit), "back": visit.state.bill is not None}


def _bill_view(visit: Visit, bill: Bill) -> Json:
    name = visit.world.catalogue.platforms[bill.platform_id].name
    return {"name": name, **msgspec.to_builtins(bill)}


def _bills(visit: Visit) -> Json:
    return {"bills": [_bill_view(visit, bill) for bill in visit.state.bills]}


def _bill(visit: Visit) -> Json:
    bill = manager.opened(visit)
    return {"bill": _bill_view(visit, bill) if bill else None}


def _bill_form(visit: Visit) -> Json:
    return {**_bill(visit), **_services(visit), "frequencies": list(bill_news.FREQUENCIES)}


def _services(visit: Visit) -> Json:
    listed = [{"id": platform.id, "name": platform.name} for platform in manager.merchants(visit)]
    return {"merchants": listed, "chosen": visit.state.services}


_MORE: Mapping[str, Callable[[Visit], Json]] = {
    "intro": _intro,
    "search": _search,
    "search_results": _search,
    "search_platforms": _search,
    "provider_confirmation": _confirmation,
    "login": _login,
    "mfa": lambda _: {"hint": ["mfa_code"]},
    "amount": _amount,
    "confirm": _confirm,
    "success": _success,
    "job_error": _error,
    "fatal": _error,
    "uploads": _uploads,
    "deposit_form": _form,
    "form_ready": _form_ready,
    "exit_confirmation": _leaving,
    "card": _cards,
    "bank": lambda _: {"banks": [{"name": name, "account": account} for name, account in manager.BANKS]},
    "bills": _bills,
    "bill": _bill,
    "bill_form": _bill_form,
    "services": _services,
    "calendar": lambda _: {"calendars": list(manager.CALENDARS)},
}
