"""Money: an exact amount with its currency. No float comes near it.

Pinwheel sends most amounts as integers of the currency's smallest unit (46000 with USD is 460.00 dollars); the models
offer them as ``Money`` beside the raw integer.
"""

from decimal import Context, Decimal, Inexact, InvalidOperation
from functools import total_ordering
from typing import Self, cast, overload

__all__ = ["Money", "exponent", "money"]

# ISO 4217, the currencies that do not have 2 decimals; BYR is there because Pinwheel's own list still has it.
_EXPONENTS = {
    **dict.fromkeys(
        (
            "BIF",
            "BYR",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
_DEFAULT_EXPONENT = 2

# Sums are exact or refused: never rounded to the 28 digits of the default context.
_EXACT = Context(prec=1_000, traps=[Inexact, InvalidOperation])


def exponent(currency: str) -> int:
    """Return the number of decimals of a currency (ISO 4217); 2 for one that is not known here."""
    return _EXPONENTS.get(currency, _DEFAULT_EXPONENT)


def _whole(value: object, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{what} must be an int, not {type(value).__name__}: money is exact, without floats")
    return value


def _code(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"currency must be a str, not {type(value).__name__}")
    if not value:
        raise ValueError("currency is empty")
    # A plain string, also when an enum member was passed.
    return str.__str__(value)


@total_ordering
class Money:
    """An amount in major units (dollars) and its ISO 4217 code.

    Immutable, hashable, exact. ``+``, ``-`` and comparison work within one currency; ``*`` takes an int. ``str()``
    gives ``460.00 USD``; a format spec is applied to the amount: ``f"{stub.net_pay:,}"`` is ``1,460.00 USD``.

    Raises TypeError for a float, ValueError for an amount that is not finite or a currency that is empty.
    """

    __slots__ = ("_amount", "_currency")
    _amount: Decimal
    _currency: str

    def __init__(self, amount: Decimal | int, currency: str) -> None:
        given = amount if isinstance(amount, Decimal) else Decimal(_whole(amount, "amount"))
        if not given.is_finite():
            raise ValueError("amount must be finite")
        object.__setattr__(self, "_amount", given)
        object.__setattr__(self, "_currency", _code(currency))

    @classmethod
    def from_minor(cls, minor: int, currency: str) -> Self:
        """Make money from a count of the currency's smallest unit: ``Money.from_minor(46000, "USD")`` is 460.00 USD."""
        digits = tuple(map(int, str(abs(_whole(minor, "minor")))))
        return cls(Decimal((int(minor < 0), digits, -exponent(currency))), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units."""
        return self._amount

    @property
    def currency(self) -> str:
        """The ISO 4217 code."""
        return self._currency

    @property
    def minor(self) -> int:
        """The count of the currency's smallest unit. Raises ValueError when the amount has a finer fraction."""
        scaled = self._amount.scaleb(exponent(self._currency), _EXACT)
        whole = int(scaled)
        if whole != scaled:
            raise ValueError(f"{self} is not a whole number of minor units")
        return whole

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Money does not change")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("Money does not change")

    def __reduce__(self) -> tuple[type[Self], tuple[Decimal, str]]:
        return type(self), (self._amount, self._currency)

    def _same_currency(self, other: "Money", verb: str) -> Decimal:
        if self._currency != other._currency:
            raise ValueError(f"cannot {verb} {self._currency} and {other._currency}: convert one of them first")
        return other._amount

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self._currency == other._currency and self._amount == other._amount

    def __hash__(self) -> int:
        return hash((self._amount, self._currency))

    def __lt__(self, other: "Money") -> bool:
        if not isinstance(other, Money):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return self._amount < self._same_currency(other, "compare")

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return Money(_EXACT.add(self._amount, self._same_currency(other, "add")), self._currency)

    def __radd__(self, other: int) -> "Money":
        # sum() starts from the integer 0.
        return self if type(other) is int and other == 0 else NotImplemented

    def __sub__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return Money(_EXACT.subtract(self._amount, self._same_currency(other, "subtract")), self._currency)

    def __mul__(self, factor: int) -> "Money":
        if isinstance(factor, bool) or not isinstance(factor, int):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return Money(_EXACT.multiply(self._amount, Decimal(factor)), self._currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(self._amount.copy_negate(), self._currency)

    def __abs__(self) -> "Money":
        return Money(self._amount.copy_abs(), self._currency)

    def __bool__(self) -> bool:
        return bool(self._amount)

    def _padded(self) -> Decimal:
        """The amount with at least the decimals of its currency: 460 USD reads 460.00."""
        quantum = -exponent(self._currency)
        found = self._amount.as_tuple().exponent
        if isinstance(found, int) and found <= quantum:
            return self._amount
        return self._amount.quantize(Decimal((0, (1,), quantum)), context=_EXACT)

    def __str__(self) -> str:
        return f"{self._padded():f} {self._currency}"

    def __format__(self, spec: str, /) -> str:
        if not spec:
            return str(self)
        # "," alone gives thousands; Decimal would switch to an exponent for some values without the "f".
        return (
            f"{format(self._padded(), spec if spec[-1].isalpha() or spec[-1] == '%' else spec + 'f')} {self._currency}"
        )

    def __repr__(self) -> str:
        return f"Money('{self}')"


@overload
def money(minor: int, currency: str) -> Money: ...
@overload
def money(minor: int | None, currency: str | None) -> Money | None: ...
def money(minor: int | None, currency: str | None) -> Money | None:
    """Return ``Money.from_minor(minor, currency)``, or None when one of the two is None.

    None, too, where an answer drifted from the spec and one of them is something else: that is kept raw on the model,
    and reading a property must not raise because of it.
    """
    # At run time an answer decides what these are; the annotations only say what the spec promises.
    number, code = cast("object", minor), cast("object", currency)
    if isinstance(number, bool) or not isinstance(number, int) or not isinstance(code, str) or not code:
        return None
    return Money.from_minor(number, code)
