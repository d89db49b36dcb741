"""What to offer when nothing fits: words that lead somewhere, the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from bot.ladder.asking.answers import NotFound
from bot.ladder.asking.button_words import COMPARE
from bot.ladder.asking.comparing import unknown_side
from bot.ladder.asking.hearing import Ear
from bot.ladder.asking.index import Index
from bot.ladder.asking.query import Compare, Shared, as_typed, parse, tokens
from bot.ladder.asking.spelling import Words

_SUGGESTED = 3
_MOST_TRIED = 12

Leads = Callable[[str], bool]


def not_found(index: Index, ear: Ear, text: str, leads: Leads) -> NotFound:
    """What was not understood, of a comparison the side; and words for which `leads` is true."""
    words = index.names.terms(tokens(text))
    query = parse(words)
    if isinstance(query, Compare) and query.words:
        return _not_compared(index, ear, text, query, leads)
    if isinstance(query, Shared) and not query.words:
        groups = (each.name for each in index.names.ladder.shared)
        return NotFound(text.strip(), _leading(groups, leads))
    nearest = chain(_half_known(index, ear, words, text), index.nearest(text, ear.own))
    return NotFound(text.strip(), _leading(nearest, leads))


def _not_compared(index: Index, ear: Ear, text: str, query: Compare, leads: Leads) -> NotFound:
    """The side that was not understood, or both, with levels to put in its place."""
    strange = [word for word in query.words if not index.names.knows(word)] or query.words
    side = unknown_side(ear, query) or (" ".join(strange), "")
    unknown, known = (as_typed(text, each) for each in side)
    levels = index.nearest(unknown or known, ear.own, rungs=True)
    others = (each for each in levels if each.lower() != known.lower())
    offered = (f"{COMPARE} {each} {known}".strip() for each in others)
    return NotFound(unknown, _leading(offered, leads) or _leading(levels, leads))


def _half_known(index: Index, ear: Ear, words: Words, text: str) -> Iterator[str]:
    """The words that are known, with the nearest level in place of one that is not."""
    known = as_typed(text, " ".join(word for word in words if index.names.knows(word)))
    unknown = [word for word in words if not index.names.knows(word)]
    if known and len(unknown) == 1:
        near = index.near_levels(unknown[0], ear.own)
        yield from (f"{each} {known}" for each in islice(near, _SUGGESTED))
    if known and unknown:
        yield known


def _leading(offered: Iterable[str], leads: Leads) -> tuple[str, ...]:
    """The first of the words that lead somewhere when they are typed, each once."""
    leading = (words for words in islice(offered, _MOST_TRIED) if leads(words))
    found: dict[str, None] = {}
    for words in leading:
        found[words] = None
        if len(found) == _SUGGESTED:
            break
    return tuple(found)
