"""Where one side of a comparison ends and the other begins."""

from __future__ import annotations

from itertools import islice, product

from bot.ladder.asking.hearing import Ear, Heard
from bot.ladder.asking.names import Names, Places
from bot.ladder.asking.query import Compare
from bot.ladder.asking.spelling import Words

_Pair = tuple[Heard, Heard]
_MOST_PAIRS = 2500


def best_pair(ear: Ear, query: Compare) -> _Pair | None:
    """The surest way to hear two different rungs in the words."""
    pairs = (_pair(ear, first, second) for first, second in query.sides())
    return max(
        (pair for pair in pairs if pair),
        key=lambda pair: pair[0].score + pair[1].score,
        default=None,
    )


def pair_named(ear: Ear, words: Words) -> _Pair | None:
    """Two levels, where nobody said that they are to be compared."""
    pair = best_pair(ear, Compare(words))
    return pair if pair and all(side.level for side in pair) else None


def unknown_side(ear: Ear, query: Compare) -> tuple[str, str] | None:
    """The words that were not understood beside a side that was, and that side's words."""
    found: list[tuple[int, int, str, str]] = []
    for sides in query.sides():
        for known, unknown in (sides, sides[::-1]):
            heard = ear.hear(known)
            if heard and heard.rungs and not ear.hear(unknown):
                strange = [word for word in unknown if not ear.names.knows(word)] or unknown
                found.append((-len(unknown), heard.score, " ".join(strange), " ".join(known)))
    return max(found)[2:] if found else None


def _pair(ear: Ear, first: Words, second: Words) -> _Pair | None:
    one, other = ear.hear(first), ear.hear(second)
    if one is None or other is None or not one.rungs or not other.rungs:
        return None
    return (one, other) if len({*one.rungs, *other.rungs}) > 1 else None


def nearest_pairs(names: Names, own: int | None, pair: _Pair) -> list[tuple[int, int]]:
    """The pairs that are likeliest meant, of which there may be many.

    A track named for one side counts for the other too, where it has that level. Then the asker's
    own track comes first, for as many sides as it can, and otherwise any one track for both.
    """
    sides = [_there(names, pair[0], pair[1]), _there(names, pair[1], pair[0])]
    mine = [tuple(r for r in rungs if names.together(r, own)) or rungs for rungs in sides]
    for ones, others in (mine, sides):
        pairs = [(a, b) for a, b in islice(product(ones, others), _MOST_PAIRS) if a != b]
        if pairs:
            return [each for each in pairs if names.together(*each)] or pairs
    return []


def _there(names: Names, side: Heard, other: Heard) -> Places:
    """The side's rungs on the track that the other side named, if this one named none."""
    rungs = side.rungs or ()
    if side.tracks or not other.level:
        return rungs
    there = set(names.on_tracks(other.tracks))
    return tuple(rung for rung in rungs if rung in there) or rungs
