"""How far a ladder's own evidence can be trusted, tried out on the ladder itself.

Each level is left out in turn, and its texts are asked for as if somebody had just written them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log

from bot.journal.suggesting.evidence import Counts, Evidence, Weights, loss
from bot.journal.suggesting.pieces import words
from bot.journal.suggesting.sayings import Saying

_USUAL = 1.8
_STEP = 1.25
_STEPS = 12
_SURE_OF_USUAL = 4.0
_MOST_TRIED = 240


def trust_in(
    counts: Counts, said: Sequence[Saying], numbers: Mapping[str, int], spelled: Sequence[list[str]]
) -> float:
    """The trust under which the ladder's own texts surprise least; the usual one where few tell.

    `spelled` holds the pieces of each text in `said`.
    """
    seen = list(_left_out(counts, said, numbers, spelled))
    tried = [_USUAL * _STEP**step for step in range(-_STEPS, _STEPS + 1)]
    return min(tried, key=lambda t: loss(seen, t) + _SURE_OF_USUAL * log(t / _USUAL) ** 2)


def _left_out(
    counts: Counts, said: Sequence[Saying], numbers: Mapping[str, int], spelled: Sequence[list[str]]
) -> Iterator[tuple[int, Weights]]:
    """The right competency and the evidence for all, for texts whose level was not learnt from."""
    every = max(1, sum(1 for each in said if each.rungs) // _MOST_TRIED)
    rungs = dict.fromkeys(rung for each in said for rung in sorted(each.rungs))
    asked = 0
    for rung in rungs:
        here = [n for n, each in enumerate(said) if rung in each.rungs]
        evidence = _without(counts, here, said, numbers, spelled)
        for number in here:
            asked += 1
            if asked % every == 0:
                right = numbers[said[number].competency_id]
                yield right, evidence.of_text(words(said[number].text))


def _without(
    counts: Counts,
    left_out: Sequence[int],
    said: Sequence[Saying],
    numbers: Mapping[str, int],
    spelled: Sequence[list[str]],
) -> Evidence:
    held = Counts(len(numbers))
    for number in left_out:
        each = said[number]
        held.add(spelled[number], numbers[each.competency_id], each.weight)
    return Evidence(counts, held, -1)
