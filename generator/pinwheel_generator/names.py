"""How things of the spec are called in Python: one rule each, and no table of exceptions."""

from __future__ import annotations

import keyword
import re

_SOURCE = re.compile(r"^(?P<folder>\w+)/(?P<stem>[^#]+?)\.yaml(?:#.*)?$")


def snake(name: str) -> str:
    """`DirectDepositAllocation` → `direct_deposit_allocation`, `TaxFormW2` → `tax_form_w2`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"[^0-9a-zA-Z]+", "_", spaced).lower()


def pascal(parts: tuple[str, ...]) -> str:
    """`("end_users", "documents")` → `EndUsersDocuments`."""
    return "".join(word.capitalize() for part in parts for word in part.split("_"))


def dated(version: str) -> str:
    """`2025-07-08` → `2025_07_08`."""
    return version.replace("-", "_")


def package(version: str) -> str:
    """`2025-07-08` → `v2025_07_08`."""
    return f"v{dated(version)}"


def model_module(source: str) -> str:
    """`schemas/Paystub.2022-03-02.yaml` → `paystub_2022_03_02`."""
    found = _SOURCE.match(source)
    if not found:
        raise ValueError(source)
    name, _, date = found["stem"].rpartition("/")[2].partition(".")
    return snake(name) + (f"_{dated(date)}" if date else "")


def member(value: str) -> str:
    """An enum value as a member's name: `bi-weekly` → `BI_WEEKLY`, `maxAccounts` → `MAX_ACCOUNTS`.

    `1099-NEC` → `VALUE_1099_NEC`, `*` → `ANY`.
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", value)
    name = re.sub(r"[^0-9a-zA-Z]+", "_", words).strip("_").upper()
    if not name:
        return "ANY"
    return f"VALUE_{name}" if name[0].isdigit() else name


def attribute(name: str) -> str:
    """A property as a Python attribute: itself, unless it is a keyword (`from` → `from_`)."""
    return f"{name}_" if keyword.iskeyword(name) else name


def money_attribute(name: str) -> str:
    """The exact twin of an integer: `net_pay_amount` → `net_pay`, `total_taxes` → `total_taxes_money`."""
    if name == "amount":
        return "money"
    for ending in ("_amount_cents", "_amount"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return f"{name}_money"
