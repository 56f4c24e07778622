"""A user logs in with a Link token: the way through Link without a browser."""

from datetime import datetime

from pinwheel_api import DirectDepositAllocations, LinkTokenCreate, MonitoringStatus
from pinwheel_overlays.decoders import convert
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pinwheel_sandbox.link.errors import LinkError, invalid_input, invalid_token, sandbox_error, system_error
from pinwheel_sandbox.link.jobs import JobLog
from pinwheel_sandbox.link.monitoring import INTERVAL
from pinwheel_sandbox.link.providers import choose
from pinwheel_sandbox.link.refreshing import Refresh
from pinwheel_sandbox.link.switching import wanted_switch
from pinwheel_sandbox.link.terms import MFA_CODE, PASSWORD, Credentials, Login
from pinwheel_sandbox.link.timeline import Run
from pinwheel_sandbox.people.finding import find_person
from pinwheel_sandbox.people.person import ERROR, MFA, PENDING, Person
from pinwheel_sandbox.storage import documents, tables
from pinwheel_sandbox.world import World


def log_in(world: World, session: Session, token: str, given: Credentials, *, switching: bool = True) -> Login:
    """Use up a Link token, and connect a new account or refresh the one that the token is for.

    With `switching` false the direct deposit stays as it is: in a browser the user says later what to switch.
    """
    now = world.clock.now()
    row = open_token(world, session, token, now)
    options = convert(row.options, LinkTokenCreate)
    if row.account_id:
        account = _refreshed(session, row, given)
    else:
        account = _connected(world, session, row, options, given, now)
    platform = world.catalogue.platforms[account.platform_id]
    supported = frozenset(platform.jobs)
    log = JobLog(world=world, session=session, account_id=account.id, link_token_id=row.id)
    owner = _person(session, account.username)
    switch = wanted_switch(options) if switching else None
    run = Run(world=world, session=session, account=account, supported=supported, started=now, log=log)
    with_tax_forms = "tax_forms" in (options.features or ())
    if switching and switch is None and owner.effect in {ERROR, PENDING}:
        run.fail(owner)
    else:
        if row.account_id:
            Refresh(
                world=world,
                session=session,
                account=account,
                person=owner,
                supported=supported,
                log=log,
                at=now,
                with_tax_forms=with_tax_forms,
            ).everything()
        else:
            run.read(owner, with_tax_forms=with_tax_forms)
        known = documents.find(session, account.id, "direct_deposit_allocations", DirectDepositAllocations, now)
        run.allocations(known, owner, switch)
        account.refresh_at = now + INTERVAL
    row.used_at = now
    return Login(
        account_id=account.id,
        platform_id=platform.id,
        platform_name=platform.name,
        link_token_id=row.id,
        end_user_id=account.end_user_id,
        employer_id=account.employer_id,
    )


def open_token(world: World, session: Session, token: str, now: datetime) -> tables.LinkToken:
    """The row of a token that can still be used, kept from other logins until this one is done."""
    row = session.get(tables.LinkToken, world.signer.token_id(token), with_for_update=True)
    # The codes that begin with "sandbox" are ours: what Pinwheel calls these cases is not known.
    if row is None:
        raise invalid_token("sandboxForgottenLinkToken", "The Link token was made before this sandbox was reset.")
    if row.used_at is not None:
        raise invalid_token("usedLinkToken", "The Link token was used already: make a new one.")
    if row.expires_at <= now:
        raise invalid_token("sandboxExpiredLinkToken", "The Link token has expired: make a new one.")
    return row


def _connected(
    world: World, session: Session, row: tables.LinkToken, options: LinkTokenCreate, given: Credentials, now: datetime
) -> tables.Account:
    """A new account."""
    provider = choose(world.catalogue, options, given.employer_id, given.platform_id)
    _check_credentials(session, given)
    if row.end_user_id is not None:
        # The end user's row is held while accounts are counted, so that two logins cannot both be the last.
        session.get(tables.EndUser, row.end_user_id, with_for_update=True)
        mine = select(func.count()).where(tables.Account.end_user_id == row.end_user_id)
        if (session.scalar(mine) or 0) >= world.settings.account_limit:
            raise system_error(f"This end user has {world.settings.account_limit} accounts already.")
    account = tables.Account(
        id=world.chance.uuid(),
        created_at=now,
        link_token_id=row.id,
        end_user_id=row.end_user_id,
        platform_id=provider.platform.id,
        employer_id=provider.employer.id if provider.employer else None,
        username=given.username,
        pay_anchor=now.date().isoformat(),
        tags=dict(options.tags) if options.tags else None,
    )
    session.add(account)
    session.flush()
    return account


def _refreshed(session: Session, row: tables.LinkToken, given: Credentials) -> tables.Account:
    """The account of an On Demand Update; the user is asked to log in again only where that is needed."""
    account = session.get(tables.Account, row.account_id, with_for_update=True)
    if account is None or not account.connected:
        raise sandbox_error("accountDisconnected", "The account of this Link token was disconnected.")
    if account.monitoring_status == MonitoringStatus.USER_ACTION_REQUIRED:
        _check_credentials(session, given)
        account.monitoring_status = MonitoringStatus.ACTIVE
    return account


def _check_credentials(session: Session, given: Credentials) -> None:
    owner = find_person(session, given.username)
    if owner is None or given.password != PASSWORD:
        raise invalid_input("invalidCredentials", "The user name or the password is wrong.")
    if owner.effect == MFA and given.mfa_code != MFA_CODE:
        raise invalid_input("challengeAnswerIncorrect", "The code of the second factor is wrong.")


def _person(session: Session, username: str) -> Person:
    owner = find_person(session, username)
    if owner is None:
        raise LinkError("systemError", "systemError", f"Nobody is called {username}.")
    return owner
