"""What must not be seen: masks for personal data in reprs and a scrubber for text that somebody else wrote."""

import re

__all__ = ["MASK", "SECRET_HEADERS", "scrub", "scrub_secret", "unmistakable"]

MASK = "***"
"""What stands in place of a hidden value."""

SECRET_HEADERS = frozenset({"x-api-secret", "authorization", "proxy-authorization", "cookie", "set-cookie"})
"""Header names (lower case) whose values are never shown."""

# A few days that are nobody's: the Pinwheel-Versions, which an error about one must name, and the day that messages
# give as an example.
_HARMLESS_DATES = (
    "2021-04-29",
    "2021-07-28",
    "2022-03-02",
    "2022-06-22",
    "2022-09-09",
    "2023-04-18",
    "2023-07-18",
    "2023-11-22",
    "2025-07-08",
    "2026-01-31",
)

# An id is kept whole (it is what support asks for); what looks like an e-mail address or a run of five or more digits,
# however grouped (SSN, account, routing, card and phone numbers, birth dates), is replaced.
_SENSITIVE = (
    r"(?P<id>(?<![0-9A-Za-z])[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![0-9A-Za-z]))"
    # Bounded, so that a long text without an @ costs linear time.
    rf"|(?P<date>(?<!\d)(?:{'|'.join(_HARMLESS_DATES)})(?![\d@]))"
    r"|(?P<email>[^\s@<>\"(),;:]{1,64}@[^\s@<>\"'(),;:]{1,255})"
    r"|(?P<digits>\d(?:[ \u00a0().\-\u2010-\u2015/+_]{0,3}\d){4,})"
)


def _replace(match: "re.Match[str]") -> str:
    kind = match.lastgroup
    return match.group() if kind in {"id", "date"} else f"[{kind}]"


def scrub(text: str) -> str:
    """Replace e-mail addresses and digit runs of five or more digits in a text; UUIDs and Pinwheel-Versions stay.

    For text of the vendor that is shown in an error or a log line. It may hide too much (a date is a digit run), which
    is the safe side: the untouched text stays reachable as an attribute of the error.
    """
    # Compiled by the first error, not by the import; re keeps what it compiled.
    return re.sub(_SENSITIVE, _replace, text)


def unmistakable(secret: str) -> bool:
    """Return whether a text that holds this string can only mean the secret.

    A local sandbox may have ``sandbox`` for a secret, and a test ``test``: replacing those would damage words, and a
    string of digits may be a number of the answer. Pinwheel's own secrets are 64 characters.
    """
    varied = any(character.isdigit() for character in secret) and any(character.isalpha() for character in secret)
    return (len(secret) >= 16 and not secret.isdigit()) or (len(secret) >= 8 and varied)


def scrub_secret(text: str, secrets: tuple[str, ...]) -> str:
    """Replace each of the given secrets in a text, should a server have echoed one that is ``unmistakable``."""
    for secret in secrets:
        if unmistakable(secret):
            text = text.replace(secret, MASK)
    return text
