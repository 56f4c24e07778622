import copy
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pinwheel_overlays.money import Money, exponent, money

from .shop import Color


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (46000, "USD", "460.00 USD"),
        (-175, "USD", "-1.75 USD"),
        (0, "USD", "0.00 USD"),
        (46000, "JPY", "46000 JPY"),
        (46000, "KWD", "46.000 KWD"),
        (46000, "CLF", "4.6000 CLF"),
        (46000, "QQQ", "460.00 QQQ"),
        (10**30 + 1, "USD", "10000000000000000000000000000.01 USD"),
    ],
)
def test_minor_units_follow_the_currency(minor: int, currency: str, text: str) -> None:
    value = Money.from_minor(minor, currency)
    assert str(value) == text
    assert value.minor == minor


@given(st.integers(), st.sampled_from(["USD", "JPY", "KWD", "CLF", "ZZZ"]))
def test_minor_units_survive_a_round_trip_exactly(minor: int, currency: str) -> None:
    value = Money.from_minor(minor, currency)
    assert value.minor == minor
    assert Fraction(value.amount) * 10 ** exponent(currency) == minor


@given(st.integers(), st.integers(), st.integers(-1000, 1000))
def test_arithmetic_is_exact(left: int, right: int, factor: int) -> None:
    a, b = Money.from_minor(left, "USD"), Money.from_minor(right, "USD")
    assert (a + b).minor == left + right
    assert (a - b).minor == left - right
    assert (a * factor).minor == (factor * a).minor == left * factor
    assert (a < b) == (left < right)
    assert (a >= b) == (left >= right)
    assert (-a).minor == -left
    assert abs(a).minor == abs(left)


def test_sum_works() -> None:
    assert sum([Money.from_minor(1, "USD"), Money.from_minor(2, "USD")]) == Money(Decimal("0.03"), "USD")


def test_currencies_do_not_mix() -> None:
    dollars, euros = Money(1, "USD"), Money(1, "EUR")
    for operation in (lambda: dollars + euros, lambda: dollars - euros, lambda: dollars < euros):
        with pytest.raises(ValueError, match="USD and EUR"):
            operation()
    assert dollars != euros


@pytest.mark.parametrize("value", [1.0, True, "1", None])
def test_only_exact_numbers_are_accepted(value: Any) -> None:
    with pytest.raises(TypeError):
        Money(value, "USD")
    with pytest.raises(TypeError):
        Money.from_minor(value, "USD")
    with pytest.raises(TypeError):
        Money(1, "USD") * value
    with pytest.raises(TypeError):
        Money(1, "USD") + value
    with pytest.raises(TypeError):
        value + Money(1, "USD")
    assert Money(1, "USD") != value


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_amounts_are_finite(value: Decimal) -> None:
    with pytest.raises(ValueError, match="finite"):
        Money(value, "USD")


def test_the_currency_is_a_plain_string() -> None:
    assert type(Money(1, Color("USD")).currency) is str
    with pytest.raises(ValueError, match="empty"):
        Money(1, "")
    with pytest.raises(TypeError):
        Money(1, 3)  # type: ignore[arg-type]


def test_equal_amounts_are_equal_and_hash_alike() -> None:
    assert Money(Decimal(460), "USD") == Money(Decimal("460.00"), "USD")
    assert len({Money(Decimal(460), "USD"), Money(Decimal("460.00"), "USD")}) == 1


def test_finer_fractions_are_kept_and_have_no_minor_count() -> None:
    value = Money(Decimal("0.005"), "USD")
    assert str(value) == "0.005 USD"
    with pytest.raises(ValueError, match="whole number"):
        _ = value.minor


def test_formats() -> None:
    value = Money.from_minor(123456789, "USD")
    assert f"{value}" == "1234567.89 USD"
    assert f"{value:,}" == "1,234,567.89 USD"
    assert f"{value:,.1f}" == "1,234,567.9 USD"
    assert repr(value) == "Money('1234567.89 USD')"
    assert not Money(0, "USD")


def test_it_does_not_change() -> None:
    value = Money(1, "USD")
    with pytest.raises(AttributeError):
        value.amount = Decimal(2)  # type: ignore[misc]
    with pytest.raises(AttributeError):
        value._amount = Decimal(2)
    with pytest.raises(AttributeError):
        del value._amount


def test_pickle_and_copy() -> None:
    value = Money.from_minor(5, "USD")
    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == copy.copy(value) == value


def test_money_of_unknown_parts_is_none() -> None:
    assert money(None, "USD") is None
    assert money(5, None) is None
    assert money(5, "USD") == Money(Decimal("0.05"), "USD")


@pytest.mark.parametrize(
    ("amount", "currency"), [("46000", "USD"), (460.5, "USD"), (True, "USD"), (5, 840), (5, ""), ({}, "USD")]
)
def test_money_of_what_drifted_is_none_not_an_error_nor_a_guess(amount: Any, currency: Any) -> None:
    assert money(amount, currency) is None
