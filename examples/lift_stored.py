"""Jobs that were stored years ago, beside today's: one class for both, and what the old ones could not tell."""

import msgspec
from pinwheel_api import LiftError, lift, lift_report, v2022_09_09, v2025_07_08

# As they were written to a table when the program spoke 2022-09-09.
STORED = [
    (
        b'{"id":"j1","name":"direct_deposit_switch","timestamp":"2023-01-09T10:00:00Z","outcome":"success",'
        b'"link_token_id":"t1","params":{"amount":50}}'
    ),
    (
        b'{"id":"j2","name":"paystubs","timestamp":"2023-01-09T10:00:09Z","outcome":"success","link_token_id":"t1",'
        b'"params":{"count":12}}'
    ),
    (
        b'{"id":"j3","name":"paystubs","timestamp":"2023-01-09T10:00:30Z","outcome":"success","link_token_id":"t2",'
        b'"params":{"count":3,"total_employees":40}}'
    ),
]


def today(stored: bytes) -> v2025_07_08.Job:
    """A stored job as a job of today; what Company Connect counted is let go."""
    old = msgspec.json.decode(stored, type=v2022_09_09.Job)
    try:
        return lift(old, v2025_07_08.Job)
    except LiftError as error:
        print(f"{old.id}: {error}")
        return lift(old, v2025_07_08.Job, without=error.lost)


for text in STORED:
    job = today(text)
    params = job.params
    allocation = params and params.allocation
    print(f"{job.id}: {job.name}, {params and params.count} new, {allocation and allocation.value} of each paycheck")

first = msgspec.json.decode(STORED[0], type=v2022_09_09.Job)
print("not known of the first:", ", ".join(lift_report(first).unknown))
