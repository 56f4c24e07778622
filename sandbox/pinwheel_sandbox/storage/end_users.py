"""End users become known when somebody names them."""

from datetime import datetime
from importlib import import_module
from typing import Any

from sqlalchemy.orm import Session

from pinwheel_sandbox.storage.tables import EndUser


def know_end_user(session: Session, end_user_id: str, now: datetime) -> None:
    """Make sure that there is a row for an end user, also when another process makes it at this moment."""
    if session.get(EndUser, end_user_id) is not None:
        return
    # Only the dialect that is in use: PostgreSQL's takes long to load, and most sandboxes never need it.
    dialect: Any = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    row = {"id": end_user_id, "created_at": now}
    session.execute(dialect.insert(EndUser).values(row).on_conflict_do_nothing())
