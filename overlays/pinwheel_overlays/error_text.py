"""How an error of a call reads: what happened, to which call, with which request id, what to do next."""

from typing import TYPE_CHECKING

from .redaction import scrub

if TYPE_CHECKING:
    from .errors import CallError

__all__ = ["describe"]

_LONGEST_MESSAGE = 1_000


def describe(error: "CallError") -> str:
    """Return the text of an error, with everything scrubbed that may be personal data."""
    what = scrub(error.message[:_LONGEST_MESSAGE])
    if error.status is not None:
        labels = [str(error.status)]
        labels += [scrub(str(label)) for name in ("type", "code") if (label := getattr(error, name, None))]
        what = f"{' '.join(labels)}: {what}"
    details = [f"{scrub(name)}: {scrub(message)}" for name, message in getattr(error, "fields", ())]
    if details:
        what = f"{what} [{'; '.join(details)[:_LONGEST_MESSAGE]}]"
    facts: list[str] = []
    if error.operation:
        facts.append(f"call {error.operation} ({error.method} {error.path})")
    if error.version:
        facts.append(f"Pinwheel-Version {error.version}")
    if error.request_id:
        facts.append(f"request id {error.request_id}")
    if len(error.attempts) > 1:
        facts.append(f"{len(error.attempts)} attempts: " + ", ".join(attempt.cause for attempt in error.attempts))
    text = f"{what}; {'; '.join(facts)}" if facts else what
    # Half a character, which JSON can spell, would make printing the error an error.
    text = text.encode("utf-8", "backslashreplace").decode()
    return f"{text}. {error.hint[:1].upper()}{error.hint[1:]}." if error.hint else text
