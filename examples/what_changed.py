"""A check for your own pipeline: does a newer Pinwheel-Version break a call that you use, and what is to be done?

Nothing is called; the documents of all versions are part of the package.
"""

from pinwheel_cli.changes import compare
from pinwheel_cli.changes.guide import guide

MINE = "2022-06-22"
WANTED = "2025-07-08"
CALLS = {"link_tokens.create", "accounts.paystubs.list", "webhooks.create"}

comparison = compare(MINE, WANTED)
broken = [change for change in comparison.breaking if change.operation in CALLS]
print(f"{MINE} to {WANTED}: {comparison.count('breaking')} breaking changes, {len(broken)} in the calls used here")
for change in broken:
    print(f"  {change.operation:20} {change.text}")

print("What to do:")
for step, advice in guide(MINE, WANTED).advice():
    if CALLS & {change.operation for change in step.changes_of(advice)}:
        print(f"  {step.new}  {advice.title}{' (the reason is inferred)' if advice.is_inferred else ''}")
