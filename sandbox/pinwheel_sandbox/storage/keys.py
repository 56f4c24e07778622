"""API keys: who may call."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pinwheel_sandbox.chance import Chance
from pinwheel_sandbox.clock import Clock
from pinwheel_sandbox.settings import Settings
from pinwheel_sandbox.storage.engine import Storage
from pinwheel_sandbox.storage.tables import ApiKey


def ensure_first_key(storage: Storage, settings: Settings, clock: Clock, chance: Chance) -> None:
    """Give a database the key for the configured secret, unless it has it already."""
    with storage.reading() as session:
        if session.scalar(select(ApiKey).where(ApiKey.secret == settings.secret)) is not None:
            return
    try:
        with storage.writing() as session:
            session.add(ApiKey(key=chance.bytes(32).hex(), secret=settings.secret, created_at=clock.now()))
    except IntegrityError:  # another process that opened the database at the same moment made it
        return


def find_key(session: Session, secret: str, now: datetime) -> ApiKey | None:
    """The key whose secret this is, if it is good at this moment."""
    if "\0" in secret:  # PostgreSQL has no such texts, and says so with an error
        return None
    key = session.scalar(select(ApiKey).where(ApiKey.secret == secret))
    if key is None or (key.revoked_at and key.revoked_at <= now) or (key.expires_at and key.expires_at <= now):
        return None
    return key
