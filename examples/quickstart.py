"""The client and the sandbox in one program: no server, no key, no network.

For Pinwheel itself, use `Pinwheel(api_secret=..., mode="sandbox")`, and Link in your app in place of the login here.
"""

from pinwheel_sandbox import Sandbox

with Sandbox() as sandbox, sandbox.client() as pinwheel:
    token = pinwheel.link_tokens.create(
        org_name="Acme Bank", solution="Verify", features=["paystubs"], end_user_id="user_1"
    )
    sandbox.login(token.token, username="user_good")

    for account in pinwheel.end_users.accounts.list("user_1"):
        employment = pinwheel.accounts.employment.get(account.id)
        print(f"{employment.employer_name}, {employment.status} since {employment.start_date}")
        for stub in pinwheel.accounts.paystubs.list(account.id):
            print(f"  {stub.pay_date}  {stub.net_pay}")
