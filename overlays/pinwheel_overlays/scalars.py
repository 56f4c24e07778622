"""Single JSON values that are not of the declared type: converted where nothing is lost, else left as they came."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from .decoders import convert
from .narrow import is_array, is_tree

__all__ = ["Scalar", "plain_numbers", "read_number", "read_scalar"]


class Scalar(NamedTuple):
    """A value that was read, and whether it was as the spec says."""

    value: object
    fits: bool


_INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)
_LOOSE_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
# Beyond this many digits an "integer" such as 1e99999 is no count of anything, and would cost memory to write out.
_LARGEST_EXPONENT = 30


def read_number(text: str) -> Decimal | float:
    """The hook for JSON numbers with a fraction or an exponent: exact, as long as a Decimal can hold them."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return float(text)


def plain_numbers(value: Any) -> Any:
    """Return a JSON tree with floats in place of the Decimals of ``read_number``, as an ordinary decoder gives it."""
    if isinstance(value, Decimal):
        return float(value)
    if is_tree(value):
        return {key: plain_numbers(item) for key, item in value.items()}
    if is_array(value):
        return [plain_numbers(item) for item in value]
    return value


def read_scalar(value: Any, node: inspect.Type) -> Scalar:
    """Read one value (no object, no array, no null) as the type that ``node`` describes."""
    reader = _READERS.get(type(node))
    return Scalar(plain_numbers(value), fits=False) if reader is None else reader(value, node)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _exact(value: object) -> Decimal | None:
    """Return a number with a fraction as it was written; the fast way leaves floats in what it does not look into."""
    if isinstance(value, float):
        value = Decimal(repr(value))
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _string(value: Any, _: Any) -> Scalar:
    if isinstance(value, str):
        return Scalar(value, fits=True)
    return Scalar(str(value) if _is_integer(value) else plain_numbers(value), fits=False)


def _integer(value: Any, _: Any) -> Scalar:
    if _is_integer(value):
        return Scalar(value, fits=True)
    number = _exact(value)
    if number is not None and number.adjusted() <= _LARGEST_EXPONENT and number == number.to_integral_value():
        return Scalar(int(number), fits=False)
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        return Scalar(int(value), fits=False)
    return Scalar(plain_numbers(value), fits=False)


def _float(value: Any, _: Any) -> Scalar:
    if isinstance(value, Decimal | float):
        return Scalar(float(value), fits=True)
    if _is_integer(value):
        try:
            return Scalar(float(value), fits=True)
        except OverflowError:
            return Scalar(value, fits=False)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Scalar(float(value), fits=False)
    return Scalar(value, fits=False)


def _decimal(value: Any, _: Any) -> Scalar:
    number = _exact(value)
    if number is not None:
        return Scalar(number, fits=True)
    if _is_integer(value) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
        return Scalar(Decimal(value), fits=True)
    return Scalar(value, fits=False)


def _bool(value: Any, _: Any) -> Scalar:
    return Scalar(plain_numbers(value), fits=isinstance(value, bool))


def _datetime(value: Any, node: inspect.DateTimeType) -> Scalar:
    if isinstance(value, str):
        try:
            read = convert(value, datetime)
        except msgspec.ValidationError:
            return Scalar(value, fits=False)
        # The API says UTC everywhere, so that is what a missing offset means.
        naive = read.tzinfo is None and node.tz is True
        return Scalar(read.replace(tzinfo=UTC) if naive else read, fits=not naive)
    return Scalar(plain_numbers(value), fits=False)


def _date(value: Any, _: Any) -> Scalar:
    if isinstance(value, str):
        try:
            return Scalar(convert(value, date), fits=True)
        except msgspec.ValidationError:
            loose = _LOOSE_DATE.fullmatch(value)
        if loose:
            try:
                return Scalar(date(*map(int, loose.groups())), fits=False)
            except ValueError:
                pass
    return Scalar(plain_numbers(value), fits=False)


def _enum(value: Any, node: inspect.EnumType) -> Scalar:
    text = str(value) if _is_integer(value) else value
    if isinstance(text, str):
        try:
            member: Enum = node.cls(text)
        except ValueError:
            return Scalar(value, fits=False)
        known = getattr(member, "is_known", True)
        if text is value or known:
            return Scalar(member, fits=bool(text is value and known))
    return Scalar(plain_numbers(value), fits=False)


def _literal(value: Any, node: inspect.LiteralType) -> Scalar:
    return Scalar(plain_numbers(value), fits=value in node.values)


_READERS: dict[type[inspect.Type], Callable[[Any, Any], Scalar]] = {
    inspect.StrType: _string,
    inspect.IntType: _integer,
    inspect.FloatType: _float,
    inspect.DecimalType: _decimal,
    inspect.BoolType: _bool,
    inspect.DateTimeType: _datetime,
    inspect.DateType: _date,
    inspect.EnumType: _enum,
    inspect.LiteralType: _literal,
}
