"""A page of 100 paystubs, from the bytes of the answer to objects."""

from collections.abc import Callable
from functools import partial
from typing import Any

import orjson

from benchmarks.measure import best_calls
from benchmarks.others import pydantic_models, stock_client
from benchmarks.ours import call_with, decode_page, decode_page_watching
from benchmarks.paystubs import dense_page, recorded_page
from benchmarks.table import Goal, Table, rows_of

ROUNDS = 40

OURS = "pinwheel-api"
CALL = "pinwheel-api, the whole call without a network"
WATCHING = "pinwheel-api, on_drift watching, no drift"
ORJSON = "orjson.loads into dicts"
STOCK = "openapi-python-client, its own templates"
PYDANTIC = "pydantic 2, by datamodel-code-generator"


def decode_tables() -> list[Table]:
    """One table for each kind of page."""
    stock, models = stock_client(), pydantic_models()
    pages = {
        "dense: 6 earnings, 5 deductions, 4 taxes a stub": dense_page(),
        "recorded proportions, a signed document address in each": recorded_page(),
    }
    return [_table(name, page, stock, models) for name, page in pages.items()]


def _table(name: str, page: bytes, stock: Callable[[bytes], Any], models: Callable[[bytes], Any]) -> Table:
    calls: dict[str, Callable[[], object]] = {
        OURS: partial(decode_page, page),
        CALL: call_with(page),
        ORJSON: partial(orjson.loads, page),
        STOCK: partial(stock, page),
        PYDANTIC: partial(models, page),
        WATCHING: partial(decode_page_watching, page),
    }
    seconds = best_calls(calls, rounds=ROUNDS)
    return Table(
        title=f"100 paystubs, {len(page) / 1000:.0f} kB ({name})",
        method=(
            f"CPU time of this process, best of {ROUNDS} rounds in turns, the collector on. The other generators had "
            "the same document with its enums closed, which is their faster case and fails on a new value."
        ),
        columns=("to orjson.loads", "to ours"),
        rows=rows_of(seconds, bases=(ORJSON, OURS), ours={OURS, WATCHING, CALL}),
        goals=[
            Goal("times faster than stock", 4.5, seconds[STOCK] / seconds[OURS], at_least=True),
            Goal("to orjson.loads", 1.25, seconds[OURS] / seconds[ORJSON]),
        ],
    )
