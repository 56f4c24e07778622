"""What Link in a browser keeps: where each session is, and the files that users made or handed in."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from pinwheel_sandbox.storage.base import Json, Row


class LinkSession(Row):
    """One opening of the Link page. Whoever knows its id can act in it, so the id is random and told to one page."""

    __tablename__ = "link_sessions"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    link_token_id: Mapped[str] = mapped_column(ForeignKey("link_tokens.id"), index=True)
    token: Mapped[str]
    state: Mapped[Json]


class LinkFile(Row):
    """A document that a user uploaded, or a form that Link filled in."""

    __tablename__ = "link_files"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    session_id: Mapped[str] = mapped_column(ForeignKey("link_sessions.id"), index=True)
    end_user_id: Mapped[str | None]
    purpose: Mapped[str]
    """upload or direct_deposit_form."""
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes]
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
