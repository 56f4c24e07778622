"""Make Link tokens."""

import re
from datetime import timedelta
from typing import Any

import msgspec
from msgspec import UNSET
from pinwheel_api import Allocation, LinkToken, LinkTokenCreate, Mode

from pinwheel_sandbox.call import Call, Reply
from pinwheel_sandbox.errors import invalid_field, not_found
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.storage import tables
from pinwheel_sandbox.storage.end_users import know_end_user

# Decimals as JSON numbers, as they were sent.
NUMBERS = msgspec.json.Encoder(decimal_format="number")

# Something, an @, and a host with a dot in it; whether there is such a mailbox is nobody's business here.
_EMAIL = re.compile(r"[^\s@\x00-\x1f]+@[^\s@.\x00-\x1f]+(\.[^\s@.\x00-\x1f]+)+")


def create_link_token(call: Call) -> Reply:
    """A token that opens Link once, for an hour."""
    row, token = make_link_token(call, call.body(LinkTokenCreate), call.world.settings.link_token_lifetime)
    return Reply(LinkToken(mode=Mode.SANDBOX, id=row.id, token=token, expires=row.expires_at))


def make_link_token(call: Call, wanted: LinkTokenCreate, lifetime: timedelta) -> tuple[tables.LinkToken, str]:
    """A new Link token and its row, or what is wrong with the options."""
    end_user_id = _end_user(call, wanted)
    _check_references(call, wanted)
    _check_allocation(wanted.allocation or Allocation())
    _check_matching(wanted)
    if wanted.reseller_customer_id is not UNSET:
        raise invalid_field("reseller_customer_id", "This workspace is no reseller's.")
    # Only what was sent, so that an option which gets a default later has it for old tokens too.
    options: dict[str, Any] = msgspec.json.decode(NUMBERS.encode(wanted))
    if end_user_id is not None:
        options["end_user_id"] = end_user_id
    row = tables.LinkToken(
        id=call.world.chance.uuid(),
        created_at=call.now,
        expires_at=call.now + lifetime,
        end_user_id=end_user_id,
        account_id=wanted.account_id.lower() if wanted.account_id is not UNSET else None,
        options=options,
    )
    call.session.add(row)
    token = call.world.signer.sign(row.id, options, api_key=call.api_key.key, issued=call.now, expires=row.expires_at)
    return row, token


def _end_user(call: Call, wanted: LinkTokenCreate) -> str | None:
    """The id of the end user, known from here on."""
    if wanted.end_user_id is UNSET:
        return None
    end_user_id = wanted.end_user_id.strip()
    if not end_user_id:
        raise invalid_field("end_user_id", "This must hold something besides white space.")
    know_end_user(call.session, end_user_id, call.now)
    return end_user_id


def _check_references(call: Call, wanted: LinkTokenCreate) -> None:
    catalogue = call.world.catalogue
    if wanted.employer_id is not UNSET and wanted.employer_id.lower() not in catalogue.employers:
        raise not_found("The employer")
    if wanted.platform_id is not UNSET and wanted.platform_id.lower() not in catalogue.platforms:
        raise not_found("The platform")
    if wanted.account_id is not UNSET:
        account = call.session.get(tables.Account, wanted.account_id.lower())
        if account is None:
            raise not_found("The account")
        if not account.connected:
            raise invalid_field("account_id", "This account was disconnected for good.")


def _check_matching(wanted: LinkTokenCreate) -> None:
    matching = wanted.end_user.platform_matching if wanted.end_user else UNSET
    if matching is UNSET:
        return
    if wanted.skip_intro_screen:
        raise invalid_field("skip_intro_screen", "Platform matching happens on the intro screen: leave it in.")
    if matching.email is not UNSET and not _EMAIL.fullmatch(matching.email):
        raise invalid_field("end_user.platform_matching.email", "This is no e-mail address.")


def _check_allocation(allocation: Allocation) -> None:
    if allocation.type and allocation.value is UNSET:
        raise invalid_field("allocation.value", "An allocation of type amount needs a value.")
    if allocation.value and allocation.min_amount and allocation.value < allocation.min_amount:
        raise invalid_field("allocation.value", "This must not be less than min_amount.")


ROUTES = (Route(method="POST", template="/v1/link_tokens", operation="link_tokens.create", handler=create_link_token),)
