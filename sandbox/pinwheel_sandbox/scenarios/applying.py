"""Put a scenario into a sandbox: its people can log in, its accounts are connected, its documents are there."""

from datetime import timedelta
from typing import Any

import msgspec
from pinwheel_api import DocumentType
from sqlalchemy import select
from sqlalchemy.orm import Session

from pinwheel_sandbox.link.login import log_in
from pinwheel_sandbox.link.papers import file_document
from pinwheel_sandbox.link.terms import Credentials, Login
from pinwheel_sandbox.scenarios.form import AccountForm, Scenario
from pinwheel_sandbox.storage.end_users import know_end_user
from pinwheel_sandbox.storage.scenario_tables import ScenarioPerson
from pinwheel_sandbox.storage.tables import ApiKey, LinkToken
from pinwheel_sandbox.world import World


def apply_scenario(world: World, session: Session, scenario: Scenario) -> list[Login]:
    """Add everything in a scenario, and tell the accounts in its order. Who was there by the same name is replaced."""
    for form in scenario.people:
        session.merge(ScenarioPerson(username=form.username, form=msgspec.to_builtins(form)))
    session.flush()
    logins = [_connect(world, session, account) for account in scenario.accounts]
    for document in scenario.documents:
        file_document(
            world,
            session,
            document.end_user_id.strip(),
            DocumentType(document.type),
            suspected=document.fraud_suspected,
        )
    return logins


def _connect(world: World, session: Session, account: AccountForm) -> Login:
    """Log in as anybody would, with a Link token of the account's own."""
    now, end_user_id = world.clock.now(), account.end_user_id.strip()
    options: dict[str, Any] = {
        "org_name": "Scenario",
        "solution": "Verify",
        "features": list(account.features),
        "end_user_id": end_user_id,
    }
    if account.tags:
        options["tags"] = account.tags
    employers = world.catalogue.employers.values()
    employer = next((entry.id for entry in employers if entry.name == account.employer), None)
    know_end_user(session, end_user_id, now)
    row = LinkToken(
        id=world.chance.uuid(),
        created_at=now,
        expires_at=now + timedelta(hours=1),
        end_user_id=end_user_id,
        account_id=None,
        options=options,
    )
    session.add(row)
    session.flush()
    key = session.scalars(select(ApiKey.key).order_by(ApiKey.created_at)).first() or ""
    token = world.signer.sign(row.id, options, api_key=key, issued=now, expires=row.expires_at)
    return log_in(world, session, token, Credentials(username=account.username, employer_id=employer))
