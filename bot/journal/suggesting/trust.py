"""How far a ladder's own evidence can be trusted, tried out on the ladder itself.

Levels are left out in turn, and their texts are asked for as if somebody had just written them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log

from bot.journal.suggesting.evidence import Counts, Evidence, Said, Weights, chances
from bot.journal.suggesting.sayings import Rung, Saying

_USUAL = 1.8
_STEP = 1.25
_STEPS = 12
_SURE_OF_USUAL = 0.5
_MOST_TRIED = 300
_LEAST_CHANCE = 1e-12


def trust_in(counts: Counts, texts: Sequence[Saying], said: Sequence[Said]) -> float:
    """The trust under which the ladder's own texts surprise least; the usual one where few tell.

    `said` holds the words of each of the texts.
    """
    seen = [each for rung in _tried(texts) for each in _left_out(rung, counts, texts, said)]
    steps = [_USUAL * _STEP**step for step in range(-_STEPS, _STEPS + 1)]
    return min(steps, key=lambda t: _loss(seen, t) + _SURE_OF_USUAL * log(t / _USUAL) ** 2)


def _tried(texts: Sequence[Saying]) -> list[Rung]:
    """All levels; of a large ladder some, at even distances, so that it is ready soon."""
    rungs = list(dict.fromkeys(rung for each in texts for rung in sorted(each.rungs)))
    every = 1 + sum(len(each.rungs) for each in texts) // _MOST_TRIED
    return rungs[::every]


def _left_out(
    rung: Rung, counts: Counts, texts: Sequence[Saying], said: Sequence[Said]
) -> Iterator[tuple[int, Weights]]:
    """The right competency and the evidence for all, for the level's texts, which are unlearnt."""
    here = {each.text for each in texts if rung in each.rungs}
    held = [words for words, text in zip(said, texts, strict=True) if text.text in here]
    evidence = Evidence(counts, Counts(len(counts.totals), held))
    for each in held:
        yield each.competency, evidence.of_text(each.words)


def _loss(seen: Iterable[tuple[int, Weights]], trust: float) -> float:
    """How surprised somebody with that trust would be by the competencies that were right."""
    found = ((right, chances([trust * each for each in evidence])) for right, evidence in seen)
    return -sum(log(max(chance[right], _LEAST_CHANCE)) for right, chance in found)
