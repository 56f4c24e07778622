"""What holds in every case: a credential is in the header that carries it, and in nothing that a program shows."""

import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path

from msgspec import UNSET

from .load import Run
from .play import SECRET, Played

__all__ = ["leaks"]

_HERE = str(Path(__file__).parents[1])


def leaks(run: Run, played: Played) -> list[str]:
    """Return where a credential of the case was found."""
    client = run.case.client
    given = (client.api_secret, client.admin_token, client.environment.get("PINWHEEL_API_SECRET"))
    credentials = [each for each in (SECRET, *given) if isinstance(each, str) and len(each) > 5]
    return [
        f"a credential is in {place}"
        for place, text in _shown(run, played)
        if any(credential in text for credential in credentials)
    ]


def _shown(run: Run, played: Played) -> Iterator[tuple[str, str]]:
    yield "the repr of the client", played.client_repr
    yield "the log", "\n".join(played.logs)
    yield "a warning", repr(played.warnings)
    yield "a drift", repr(played.drifts)
    for request in played.requests:
        yield "a URL", request.url
    for result in played.results:
        yield "the repr of a value", "" if result.value is UNSET else repr(result.value)
        yield "a checkpoint", result.checkpoint or ""
        if result.error is not None:
            yield from _of_error(result.error)


def _of_error(error: BaseException | None) -> Iterator[tuple[str, str]]:
    while error is not None:
        yield "the text of an error", f"{error} {error!r} {error.args!r}"
        yield "a pickled error", pickle.dumps(error).decode("latin-1")
        for frame, _ in traceback.walk_tb(error.__traceback__):
            # Frames of this suite hold the case, and so its secret.
            if not frame.f_code.co_filename.startswith(_HERE):
                yield f"a local of {frame.f_code.co_qualname}", repr(list(frame.f_locals.values()))
        error = error.__cause__ or error.__context__
