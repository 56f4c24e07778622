"""Find names the way people type them: any case, the beginning of a word, a letter missing or swapped."""

import functools
import re

_CLOSE_ENOUGH = 0.4


def score(query: str, name: str) -> float:
    """How well a name answers a query, from 1 (it begins with it) down to 0 (not at all)."""
    wanted, found = query.strip().casefold(), name.casefold()
    if not wanted:
        return 0.0
    if found.startswith(wanted):
        return 1.0
    words = _words(found)
    if any(word.startswith(wanted) for word in words):
        return 0.9
    if wanted in found:
        return 0.8
    # With typing errors: the closest whole word, or the closest run of letters over all words.
    likeness = max((_likeness(wanted, word) for word in (*words, found)), default=0.0)
    return 0.7 * likeness if likeness >= _CLOSE_ENOUGH else 0.0


@functools.lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text))


@functools.lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    padded = f" {text} "
    return frozenset(padded[start : start + 2] for start in range(len(padded) - 1))


def _likeness(one: str, other: str) -> float:
    """The share of neighbouring letter pairs that two texts have in common (Dice's coefficient)."""
    left, right = _pairs(one), _pairs(other)
    return 2 * len(left & right) / (len(left) + len(right))
