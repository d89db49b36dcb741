"""What a ladder says about each competency, every different text once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.ladder.model import Competency, Expectation, Ladder
from bot.ladder.wording import is_placeholder

Rung = tuple[str, str]
"""The ids of a track and of a level on it."""

_GENERAL = 2.0


@dataclass(frozen=True, slots=True)
class Saying:
    """One text: `rungs` is empty where it is about the competency at every level.

    A name is learnt from, but is no sentence to quote.
    """

    competency_id: str
    text: str
    rungs: frozenset[Rung] = frozenset()
    quotable: bool = True

    @property
    def weight(self) -> float:
        """How much it counts; what holds at every level counts more."""
        return 1.0 if self.rungs else _GENERAL


def sayings(ladder: Ladder) -> tuple[Saying, ...]:
    """Names, descriptions, statements and examples, in the ladder's order."""
    found: dict[tuple[str, str], Saying] = {}
    for each in _each(ladder):
        place = (each.competency_id, each.text)
        before = found.get(place, each)
        rungs = before.rungs | each.rungs
        found[place] = Saying(each.competency_id, each.text, rungs, before.quotable)
    return tuple(each for each in found.values() if not is_placeholder(each.text))


def _each(ladder: Ladder) -> Iterator[Saying]:
    for competency in ladder.competencies:
        yield from _of_competency(competency)
        for alias in competency.aliases:
            yield Saying(competency.id, alias, quotable=False)
    for track in ladder.tracks:
        for level in track.levels:
            for expectation in level.expects:
                yield from _of_expectation(expectation, (track.id, level.id))


def _of_competency(competency: Competency) -> Iterator[Saying]:
    yield Saying(competency.id, competency.name, quotable=False)
    yield Saying(competency.id, competency.description)


def _of_expectation(expectation: Expectation, rung: Rung) -> Iterator[Saying]:
    yield from _of_competency(expectation.competency)
    said = [each.text for each in expectation.statements if not each.placeholder]
    for text in (*said, *expectation.examples):
        yield Saying(expectation.competency.id, text, frozenset([rung]))
