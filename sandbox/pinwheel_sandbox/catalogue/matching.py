"""Find names the way people type them: any case, the beginning of a word, a letter missing or swapped."""

import functools
import re

_CLOSE_ENOUGH = 0.6


def score(query: str, name: str) -> float:
    """How well a name answers a query, from 1 (it begins with it) down to 0 (not at all)."""
    wanted, found = query.strip().casefold(), name.casefold()
    if not wanted:
        return 0.0
    if found.startswith(wanted):
        return 1.0
    if any(word.startswith(wanted) for word in _words(found)):
        return 0.9
    if wanted in found:
        return 0.8
    # With typing errors: each word of the query against the word of the name that is closest to it.
    closest = [max((_likeness(word, other) for other in _words(found)), default=0.0) for word in _words(wanted)]
    likeness = sum(closest) / len(closest) if closest else 0.0
    return 0.7 * likeness if likeness >= _CLOSE_ENOUGH else 0.0


@functools.lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text))


@functools.lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    padded = f" {text} "
    return frozenset(padded[start : start + 2] for start in range(len(padded) - 1))


def _likeness(one: str, other: str) -> float:
    """The share of neighbouring letter pairs that two words have in common (Dice's coefficient)."""
    if other.startswith(one):
        return 1.0
    left, right = _pairs(one), _pairs(other)
    return 2 * len(left & right) / (len(left) + len(right))
