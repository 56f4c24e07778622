"""The same with asyncio: what an account holds is fetched side by side."""

import asyncio

from pinwheel_sandbox import Sandbox


async def main() -> None:
    """Connect an account, then read three things of it at once."""
    with Sandbox() as sandbox:
        async with sandbox.async_client() as pinwheel:
            token = await pinwheel.link_tokens.create(
                org_name="Acme Bank", solution="Verify", features=["income", "shifts"], end_user_id="user_1"
            )
            login = sandbox.login(token.token, username="user_good")

            employment, income, identity = await asyncio.gather(
                pinwheel.accounts.employment.get(login.account_id),
                pinwheel.accounts.income.get(login.account_id),
                pinwheel.accounts.identity.get(login.account_id),
            )
            print(f"{identity.full_name} works at {employment.employer_name}")
            print(f"for {income.compensation} {income.compensation_unit}, paid {income.pay_frequency}")

            async for shift in pinwheel.accounts.shifts.list(login.account_id, limit=100):
                begin, end = shift.timestamps[0].from_, shift.timestamps[0].to
                print(f"  {shift.start_date}  {begin:%H:%M} to {end:%H:%M}  {shift.timezone}")


asyncio.run(main())
