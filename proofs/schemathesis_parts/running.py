"""A served sandbox with data in it, and schemathesis on the document of one version."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from pinwheel_sandbox import Sandbox, Settings
from pinwheel_sandbox.faces.face import DATES
from pinwheel_sandbox.link.terms import PASSWORD

from proofs.page import Row

DOCUMENTS = Path(__file__).parents[2] / "generated" / "openapi"
PROGRAM = Path(os.environ.get("SCHEMATHESIS", Path(sys.executable).with_name("schemathesis")))
SUNSET = ("2021-04-29", "2021-07-28")


class Outcome(NamedTuple):
    version: str
    operations: int
    cases: int
    failures: int
    output: str


EXAMPLES = 12
"""Of each operation in each phase: a minute for a version, about, on two quiet cores."""
PHASES = "examples,coverage,fuzzing,stateful"


def run(version: str, *, examples: int, database: str = "sqlite://", phases: str = PHASES, seed: int = 1) -> Outcome:
    """All checks on one version, with valid and invalid data; `examples` for each operation and phase."""
    # The versions that are sunset answer 400 where the service as it is today is played.
    settings = Settings(live_versions=version not in SUNSET, version_required=True)
    with Sandbox(database=database, settings=settings) as sandbox, sandbox.serve() as server:
        known, bearer = _furnish(sandbox)
        options = [f"--phases={phases}", f"--max-examples={examples}", f"--seed={seed}"]
        report = _schemathesis(version, server.url, known, bearer, options)
    text = report.stdout + report.stderr
    operations = len(re.findall(r'"operationId":', (DOCUMENTS / f"{version}.json").read_text()))
    cases = _figure(r"(\d[\d,]*) generated", text)
    return Outcome(version, operations, cases, _failures(report.returncode, text), text)


def every_version(database: Callable[[], str], tell: Callable[[str], None]) -> list[Row]:
    """A run for each version; the first that fails is told at once, and the others still get their turn."""
    if not PROGRAM.exists():
        raise SystemExit(f"{PROGRAM} is not there: install schemathesis, or name its program in SCHEMATHESIS")
    rows: list[Row] = [("version", "operations", "test cases", "failures", "seconds")]
    failed: list[str] = []
    for version in reversed(DATES):
        started = time.monotonic()
        outcome = run(version, examples=EXAMPLES, database=database())
        seconds = round(time.monotonic() - started)
        tell(f"{version}: {outcome.cases} test cases, {outcome.failures} failures, {seconds} s")
        rows.append((version, outcome.operations, f"{outcome.cases:,}", outcome.failures, seconds))
        if outcome.failures or not outcome.cases:
            tell(outcome.output)
            failed.append(version)
    if failed:
        raise SystemExit(f"failures in {', '.join(failed)}")
    return rows


def _furnish(sandbox: Sandbox) -> tuple[dict[str, str], str]:
    """Accounts, documents, webhooks and a company; ids by the names of the path parameters, and a bearer token."""
    client = sandbox.client()
    token = client.link_tokens.create(
        org_name="Proof", solution="Verify", features=["tax_forms"], end_user_id="proof user"
    )
    account = sandbox.login(token.token).account_id
    document = sandbox.add_document("proof user", "paystub")
    sandbox.add_document("proof user", "direct_deposit_form")
    hook = client.webhooks.create(
        url="https://example.com/hook", status="active", enabled_events=["account.added"], version="2025-07-08"
    )
    connection = client.company_connections.create(company_name="Proof Works").id
    company: Any = client.company_connect.link_tokens.create(
        org_name="Proof", company_connect={"company_connection_id": connection}
    )
    sandbox.login_to_company(company.token)
    bearer = client.admin.tokens.create(username="owner", password=PASSWORD).token
    known = {
        "account_id": account,
        "paystub_id": client.accounts.paystubs.list(account).first().id,
        "tax_form_id": client.accounts.tax_forms.list(account).first().id,
        "end_user_id": "proof user",
        "document_id": document,
        "webhook_id": hook.id,
        "company_connection_id": connection,
        "employee_external_id": "E1001",
        "employer_id": client.employers.list().first().id,
        "platform_id": client.platforms.list().first().id,
        "api_key": sandbox.client(admin_token=bearer).admin.api_keys.create().key,
    }
    return known, bearer


def _schemathesis(
    version: str, url: str, known: dict[str, str], bearer: str, options: list[str]
) -> subprocess.CompletedProcess[str]:
    command = [
        str(PROGRAM),
        "run",
        str(DOCUMENTS / f"{version}.json"),
        f"--url={url}",
        f"--header=Pinwheel-Version: {version}",
        "--header=x-api-secret: sandbox",
        f"--header=Authorization: Bearer {bearer}",
        "--checks=all",
        "--mode=all",
        *options,
        "--continue-on-failure",
        # No text of Pinwheel's has a null character in it; the sandbox refuses them.
        "--generation-allow-x00=false",
        "--generation-database=none",
        "--suppress-health-check=all",
        "--warnings=off",
        "--no-color",
    ]
    told = {
        "SCHEMATHESIS_HOOKS": "proofs.schemathesis_parts.hooks",
        "PROOF_URL": url,
        "PROOF_VERSION": version,
        "PROOF_KNOWN": json.dumps(known),
        "PROOF_BEARER": bearer,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(DOCUMENTS.parents[1]), os.environ.get("PYTHONPATH", "")])),
    }
    return subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=False)


def _figure(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1].replace(",", "")) if found else 0


def _failures(code: int, text: str) -> int:
    if code == 0:
        return 0
    return _figure(r"(\d+) unique failures?", text) or _figure(r"found (\d+)", text) or 1
