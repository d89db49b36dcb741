"""How well what a person typed fits a name: the same, some of its words, or their beginnings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

from bot.ladder.wording import fold

SAME = 3
WORDS = 2
BEGINNINGS = 1

_SHORTEST_BEGINNING = 3
_LONGEST_COMPARED = 60
_TOKEN = re.compile(r"[^\W_]+(?:\.\d+)*", re.UNICODE)
_NOISE = frozenset(["a", "and", "at", "for", "in", "level", "my", "of", "on", "the"])


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The text's words, folded and without the little ones that carry no meaning here."""
    return tuple(word for word in _TOKEN.findall(fold(text)) if word not in _NOISE)


def fit(words: tuple[str, ...], names: Iterable[str]) -> int:
    """How well the words fit the best of the names: SAME, WORDS, BEGINNINGS or 0."""
    return max((_fit(words, words_of(name)) for name in names), default=0)


def _fit(words: tuple[str, ...], name: tuple[str, ...]) -> int:
    if not words:
        return 0
    if words == name:
        return SAME
    if set(words) <= set(name):
        return WORDS
    begun = all(
        len(word) >= _SHORTEST_BEGINNING and any(own.startswith(word) for own in name)
        for word in words
    )
    return BEGINNINGS if begun else 0


def nearest(text: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """The names closest to the text, or to one of its words, best first."""
    wanted = fold(text[:_LONGEST_COMPARED])
    scores = {name: _closeness(wanted, fold(name)) for name in names}
    close = [name for name, score in scores.items() if score >= 0.5]
    return tuple(sorted(close, key=lambda name: -scores[name])[:most])


def _closeness(wanted: str, name: str) -> float:
    """1 for the same; one word of several typed, or of the name, may make the match."""
    pairs = [(wanted, name)]
    pairs += [(typed, part) for typed in wanted.split() for part in (name, *name.split())]
    ratios = (difflib.SequenceMatcher(None, one, other).ratio() for one, other in pairs)
    return max(ratios, default=0.0)
