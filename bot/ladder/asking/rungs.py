"""The ladder's rungs as one asker sees them, and the answers about one or several of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.ladder.asking.answers import (
    Answer,
    Choice,
    ChooseTrack,
    CompareAnswer,
    CompetencyAnswer,
    LevelAnswer,
)
from bot.ladder.asking.button_words import compared, place
from bot.ladder.asking.names import Names, Places
from bot.ladder.model import Competency, Expectation

_MOST_CHOICES = 100


class Rungs:
    """Rungs come as places in `Names`; the asker stands on `own`, or nowhere."""

    def __init__(self, names: Names, own: int | None) -> None:
        """`own` is None for somebody who is not placed."""
        self.names = names
        self.own = own

    def at(self, rung: int, competency: Competency | None) -> LevelAnswer | CompetencyAnswer:
        """One whole level, or one competency of it."""
        track, level = self.names.rungs[rung]
        if competency is None:
            return LevelAnswer(track, level)
        expectation = level.expectation(competency.id) or Expectation(competency)
        return CompetencyAnswer(track, level, expectation)

    def one_of(self, rungs: Iterable[int], competency: Competency | None) -> Answer:
        """The only rung, or a choice of them."""
        several = list(rungs)
        if len(several) == 1:
            return self.at(several[0], competency)
        return self.choose(several, lambda rung: place(self.names.rungs[rung], competency))

    def choose(self, rungs: Iterable[int], words: Callable[[int], str]) -> ChooseTrack:
        """A choice of rungs; `words` gives what leads to each."""
        choices = tuple(Choice(*self.names.rungs[rung], words(rung)) for rung in rungs)
        return ChooseTrack(_shared_id(choices), choices)

    def near_me(self, rungs: Places) -> Places:
        """The rungs on the asker's own track where there are any, else all of them."""
        return tuple(rung for rung in rungs if self.names.together(rung, self.own)) or rungs

    def following(self, rung: int) -> Places:
        """The rungs that come after this one."""
        after = self.names.ladder.following(*self.names.rungs[rung])
        places = (self.names.place(track.id, level.id) for track, level in after)
        return tuple(place for place in places if place is not None)

    def compared(self, pairs: list[tuple[int, int]], competency: Competency | None) -> Answer:
        """The only pair side by side, or a choice, named by the side in which the pairs differ."""
        rungs = self.names.rungs
        if len(pairs) == 1:
            one, other = pairs[0]
            return CompareAnswer(*rungs[one], *rungs[other], competency.id if competency else None)
        differing = 1 if len({other for _, other in pairs}) > 1 else 0
        choices = tuple(
            Choice(*rungs[pair[differing]], compared(rungs[pair[0]], rungs[pair[1]], competency))
            for pair in pairs[:_MOST_CHOICES]
        )
        return ChooseTrack(_shared_id(choices), choices)


def _shared_id(choices: tuple[Choice, ...]) -> str:
    ids = {choice.level.id for choice in choices}
    return ids.pop() if len(ids) == 1 else ""
