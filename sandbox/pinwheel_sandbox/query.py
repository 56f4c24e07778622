"""Query parameters, read strictly: a value that cannot be what the document says is refused, never guessed at."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from urllib.parse import parse_qsl

from pinwheel_sandbox.errors import FieldProblem, invalid, invalid_field, unreadable

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FLAGS = {"true": True, "false": False}


class Query:
    """The parameters of one request; each reader returns None for what was not sent."""

    def __init__(self, values: Mapping[str, Sequence[str]], *, paged: bool = True) -> None:
        """Keep the values by name, each in the order sent."""
        self._values = values
        self.paged = paged
        """False for the whole of a list, as versions before paging gave it."""

    @classmethod
    def parse(cls, text: str) -> "Query":
        """Read the part of a URL after its question mark."""
        values: dict[str, list[str]] = {}
        try:
            pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
        except ValueError as error:
            raise unreadable("UNREADABLE_QUERY", "The query string cannot be read.") from error
        if any("\0" in text for pair in pairs for text in pair):
            raise unreadable("UNREADABLE_QUERY", "The query string holds a null character.")
        for name, value in pairs:
            values.setdefault(name, []).append(value)
        return cls(values)

    def renamed(self, old: str, new: str) -> "Query":
        """The same parameters, one of them under another name."""
        values = {new if name == old else name: values for name, values in self._values.items()}
        return Query(values, paged=self.paged)

    def without(self, *names: str) -> "Query":
        """The same parameters but these."""
        values = {name: values for name, values in self._values.items() if name not in names}
        return Query(values, paged=self.paged)

    def unpaged(self) -> "Query":
        """The same parameters, for the whole of a list."""
        return Query(self._values, paged=False)

    def text(self, name: str) -> str | None:
        """One value; when it is sent more than once, the last counts."""
        values = self._values.get(name)
        return values[-1] if values else None

    def required_text(self, name: str) -> str:
        """One value that must be there and not be empty."""
        value = self.text(name)
        if value is None:
            raise invalid_field(name, "This parameter is required.")
        if not value:
            raise invalid_field(name, "This parameter must not be empty.")
        return value

    def number(self, name: str, *, least: int, most: int) -> int | None:
        """A whole number within bounds."""
        value = self.text(name)
        if value is None:
            return None
        # int() also reads "1_000", " 5" and digits of other scripts.
        if not re.fullmatch(r"-?[0-9]{1,12}", value) or not least <= int(value) <= most:
            raise invalid_field(name, f"This must be a whole number from {least} to {most}.")
        return int(value)

    def year(self, name: str) -> int | None:
        """A year. Any whole number is one, and what lies before or after all calendars is taken for their ends."""
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"-?[0-9]{1,1000}", value):
            raise invalid_field(name, "This must be a year such as 2026.")
        return max(0, min(int(value), 9999))

    def flag(self, name: str) -> bool | None:
        """True or false."""
        value = self.text(name)
        if value is None:
            return None
        if value.lower() not in _FLAGS:
            raise invalid_field(name, "This must be true or false.")
        return _FLAGS[value.lower()]

    def day(self, name: str) -> date | None:
        """A date."""
        value = self.text(name)
        if value is None:
            return None
        try:
            # fromisoformat() also reads week dates and dates without hyphens.
            return date.fromisoformat(value) if _DATE.fullmatch(value) else _refuse_day(name)
        except ValueError:
            return _refuse_day(name)

    def moment(self, name: str) -> datetime | None:
        """A date and time; without an offset it is UTC."""
        value = self.text(name)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value)
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            raise invalid_field(name, "This must be an ISO 8601 date and time such as 2026-01-31T12:00:00Z.") from None

    def choice(self, name: str, allowed: type[StrEnum]) -> str | None:
        """One of the values that the document lists."""
        value = self.text(name)
        if value is not None:
            _check_choices(name, [value], set(allowed))
        return value

    def choices(self, name: str, allowed: type[StrEnum]) -> list[str]:
        """Any number of the values that the document lists, one parameter each."""
        values = list(self._values.get(name, ()))
        _check_choices(name, values, set(allowed))
        return values


def _refuse_day(name: str) -> date:
    raise invalid_field(name, "This must be a date such as 2026-01-31.")


def _check_choices(name: str, values: Sequence[str], allowed: Collection[str]) -> None:
    unknown = [value for value in values if value not in allowed]
    if unknown:
        message = f"This must be one of {', '.join(sorted(allowed))}."
        raise invalid([FieldProblem(name, message) for _ in unknown])
