"""A fresh sandbox for each test, its clock stopped at the hour at which Pinwheel's own was recorded."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pinwheel_sandbox import Clock, Sandbox

from tests.servers.postgres import PostgresProcess

from .asking import Asker

RECORDED = datetime(2025, 6, 24, 22, 4, 33, 547000, tzinfo=UTC)

# What these test is what the state does, so each of their tests runs on both databases.
STATEFUL = {
    "test_accounts",
    "test_admin",
    "test_company_connect",
    "test_controls",
    "test_deliveries",
    "test_end_users",
    "test_jobs",
    "test_link_bills",
    "test_link_page",
    "test_link_tokens",
    "test_login",
    "test_monitoring",
    "test_payroll",
    "test_scenarios",
    "test_sites",
    "test_storage",
    "test_tax_forms",
    "test_test_users",
    "test_updates",
    "test_webhook_registration",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames and metafunc.module.__name__.rpartition(".")[2] in STATEFUL:
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def postgres_database(postgres_server: PostgresProcess) -> str:
    return postgres_server.database()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The address of the database that the test's sandbox keeps its state in."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return "sqlite://"
    url: str = request.getfixturevalue("postgres_database")
    return url


@pytest.fixture
def sandbox(database: str) -> Iterator[Sandbox]:
    with Sandbox(database=database, clock=Clock(RECORDED)) as sandbox:
        # Its tables are the same for all tests: to make them anew takes a third of a second.
        if database.startswith("postgresql"):
            sandbox.reset()
        yield sandbox


@pytest.fixture
def ask(sandbox: Sandbox) -> Asker:
    return Asker(sandbox)
