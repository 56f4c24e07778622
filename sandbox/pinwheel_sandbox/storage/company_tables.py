"""Company Connect: connections to the payroll of whole companies, and what was read through them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pinwheel_sandbox.storage.base import Json, Row


class CompanyConnection(Row):
    """A company whose payroll is connected, or is to be."""

    __tablename__ = "company_connections"
    __table_args__ = (Index("company_connections_in_order", "created_at", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    company_name: Mapped[str]
    platform_id: Mapped[str | None] = mapped_column(default=None)
    connected_at: Mapped[datetime | None] = mapped_column(default=None)
    available_at: Mapped[datetime | None] = mapped_column(default=None)
    """When everything has been read."""
    failed_at: Mapped[datetime | None] = mapped_column(default=None)
    """When somebody logged in for it and the platform failed."""


class CompanyStatus(Row):
    """A status that a connection takes, or will take once its data is there: what webhooks are told."""

    __tablename__ = "company_statuses"

    id: Mapped[str] = mapped_column(primary_key=True)
    company_connection_id: Mapped[str] = mapped_column(ForeignKey("company_connections.id"), index=True)
    status: Mapped[str]
    at: Mapped[datetime]


class CompanyLinkToken(Row):
    """A Link token for a company."""

    __tablename__ = "company_link_tokens"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    company_connection_id: Mapped[str | None] = mapped_column(ForeignKey("company_connections.id"))
    options: Mapped[Json]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class CompanyRecord(Row):
    """One employee, employment, income or paystub of a company, as an object of the newest version."""

    __tablename__ = "company_records"
    __table_args__ = (
        Index("company_records_in_order", "company_connection_id", "kind", "employee_external_id", "position", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    company_connection_id: Mapped[str] = mapped_column(ForeignKey("company_connections.id"))
    kind: Mapped[str]
    """census, employments, incomes or paystubs."""
    employee_external_id: Mapped[str]
    position: Mapped[str]
    """What lists of the kind are ordered by: the number of the employee, or the pay date."""
    arrives_at: Mapped[datetime]
    body: Mapped[Json]
