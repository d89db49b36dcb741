"""From what people type after `/ladder` to what the ladder has to say about it.

`answer` is a pure function: the ladder, where the asker stands, and the words. Where several
rungs fit, each choice carries words that fit only it, so that picking one is asking again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import product

from bot.ladder.asking.answers import (
    Answer,
    Choice,
    ChooseTrack,
    CompareAnswer,
    CompetencyAnswer,
    LevelAnswer,
    NotFound,
    NotPlaced,
    Rung,
    Standing,
    TopRung,
)
from bot.ladder.asking.hearing import Heard, hear
from bot.ladder.asking.matching import nearest
from bot.ladder.asking.query import Compare, MyLevel, Next, Query, ShowLevel, parse
from bot.ladder.model import Competency, Expectation, Ladder


def answer(ladder: Ladder, standing: Standing | None, text: str) -> Answer:
    """What the ladder says to these words; `log`, `1on1` and the like belong to others."""
    query = parse(text)
    return _Asker(ladder, _rung_of(ladder, standing), text).answer(query)


def _rung_of(ladder: Ladder, standing: Standing | None) -> Rung | None:
    track = ladder.track(standing.track_id) if standing else None
    level = track.level(standing.level_id) if track and standing else None
    return (track, level) if track and level else None


@dataclass(frozen=True, slots=True)
class _Asker:
    """One question, by somebody who stands somewhere or nowhere yet."""

    ladder: Ladder
    own: Rung | None
    text: str

    def answer(self, query: Query) -> Answer:
        if isinstance(query, MyLevel):
            return LevelAnswer(*self.own) if self.own else NotPlaced("my level")
        if isinstance(query, ShowLevel):
            return self._show(query.words)
        if isinstance(query, Next):
            return self._next(query.words)
        return self._compare(query)

    # One level, or one competency of it.

    def _show(self, words: tuple[str, ...]) -> Answer:
        heard = self._hear(words)
        if heard is None:
            return self._not_found()
        if heard.rungs is None:
            return self._one_competency(heard.competency)
        return self._one_of(self._nearest_to_me(heard.rungs), heard.competency)

    def _one_competency(self, competency: Competency | None) -> Answer:
        """A competency without a level: at the asker's, or wherever they choose."""
        if self.own:
            return _at(self.own, competency)
        rungs = [(track, level) for track in self.ladder.tracks for level in track.levels]
        return self._one_of(rungs, competency)

    def _one_of(self, rungs: list[Rung], competency: Competency | None) -> Answer:
        if len(rungs) == 1:
            return _at(rungs[0], competency)
        return _choose(rungs, lambda rung: _words(rung, competency))

    def _nearest_to_me(self, rungs: Iterable[Rung]) -> list[Rung]:
        """The rungs on the asker's own track where there are any, else all of them."""
        everywhere = list(rungs)
        on_mine = [rung for rung in everywhere if self._mine(rung)]
        return on_mine or everywhere

    def _mine(self, rung: Rung) -> bool:
        return self.own is not None and rung[0].id == self.own[0].id

    # What comes next.

    def _next(self, words: tuple[str, ...]) -> Answer:
        heard = self._hear(words) if words else Heard(None, None)
        if heard is None:
            return self._not_found()
        start = [self.own] if self.own else []
        if heard.rungs is not None:
            start = self._nearest_to_me(heard.rungs)
        if not start:
            return NotPlaced("next")
        if len(start) > 1:
            return _choose(start, lambda rung: f"next {_words(rung, heard.competency)}")
        return self._after(start[0], heard.competency)

    def _after(self, rung: Rung, competency: Competency | None) -> Answer:
        following = self._following(rung)
        if not following:
            return TopRung(*rung)
        found = self._one_of(following, competency)
        return replace(found, reached_from=rung[1]) if isinstance(found, LevelAnswer) else found

    def _following(self, rung: Rung) -> list[Rung]:
        """The rungs named by `next`, else simply the next one in the list."""
        track, level = rung
        if level.next:
            named = (self.ladder.rung(reference, track) for reference in level.next)
            return [each for each in named if each]
        place = track.levels.index(level)
        return [(track, each) for each in track.levels[place + 1 : place + 2]]

    # Two levels side by side.

    def _compare(self, query: Compare) -> Answer:
        if not query.words:
            return self._compare_with_next()
        pairs = [sides for first, second in query.sides() if (sides := self._sides(first, second))]
        best = max(pairs, key=lambda sides: sides[0].score + sides[1].score, default=None)
        whole = self._hear(query.words)
        if best is None or (whole and whole.score >= min(side.score for side in best)):
            return self._compare_with_mine(query.words)
        return self._best_pair(best)

    def _sides(self, first: tuple[str, ...], second: tuple[str, ...]) -> tuple[Heard, Heard] | None:
        one, other = self._hear(first), self._hear(second)
        if one is None or other is None or not one.rungs or not other.rungs:
            return None
        return one, other

    def _compare_with_next(self) -> Answer:
        if not self.own:
            return NotPlaced("compare")
        following = self._following(self.own)
        if not following:
            return TopRung(*self.own)
        return _compared([(self.own, each) for each in following], None)

    def _compare_with_mine(self, words: tuple[str, ...]) -> Answer:
        heard = self._hear(words)
        if heard is None:
            return self._asks_for_place(words) or self._not_found()
        if not self.own:
            return NotPlaced("compare")
        if heard.rungs is None:
            following = self._following(self.own)
            pairs = [(self.own, each) for each in following]
            return _compared(pairs, heard.competency) if pairs else TopRung(*self.own)
        pairs = [(self.own, each) for each in self._nearest_to_me(heard.rungs)]
        return _compared(pairs, heard.competency)

    def _asks_for_place(self, words: tuple[str, ...]) -> Answer | None:
        """Words such as `next` or `mine` mean something only to somebody who stands somewhere."""
        if not {"next", "me", "mine"} & set(words):
            return None
        return NotPlaced("compare") if not self.own else TopRung(*self.own)

    def _best_pair(self, sides: tuple[Heard, Heard]) -> Answer:
        """Pairs nearest to the asker: most sides on their track, else both on one track."""
        one, other = sides
        pairs = list(product(one.rungs or (), other.rungs or ()))
        closeness = [(self._mine(a) + self._mine(b), a[0].id == b[0].id) for a, b in pairs]
        best = [
            pair for pair, close in zip(pairs, closeness, strict=True) if close == max(closeness)
        ]
        return _compared(best, one.competency or other.competency)

    def _hear(self, words: tuple[str, ...]) -> Heard | None:
        following = tuple(self._following(self.own)) if self.own else ()
        return hear(self.ladder, self.own, following, words)

    def _not_found(self) -> NotFound:
        tracks = self.ladder.tracks
        names = [competency.name for competency in self.ladder.competencies]
        names += [level.title for track in tracks for level in track.levels]
        names += [level.id for track in tracks for level in track.levels]
        names += [track.name for track in tracks]
        return NotFound(self.text.strip(), nearest(self.text, dict.fromkeys(names)))


def _at(rung: Rung, competency: Competency | None) -> LevelAnswer | CompetencyAnswer:
    track, level = rung
    if competency is None:
        return LevelAnswer(track, level)
    expectation = level.expectation(competency.id) or Expectation(competency)
    return CompetencyAnswer(track, level, expectation)


def _compared(pairs: list[tuple[Rung, Rung]], competency: Competency | None) -> Answer:
    competency_id = competency.id if competency else None
    if len(pairs) == 1:
        return CompareAnswer(*pairs[0][0], *pairs[0][1], competency_id)
    choices = [
        Choice(*other, f"compare {_words(one, None)} {_words(other, competency)}")
        for one, other in pairs
    ]
    return ChooseTrack(_shared_id(choices), tuple(choices))


def _choose(rungs: list[Rung], words: Callable[[Rung], str]) -> ChooseTrack:
    choices = [Choice(*rung, words(rung)) for rung in rungs]
    return ChooseTrack(_shared_id(choices), tuple(choices))


def _shared_id(choices: list[Choice]) -> str:
    ids = {choice.level.id for choice in choices}
    return ids.pop() if len(ids) == 1 else ""


def _words(rung: Rung, competency: Competency | None) -> str:
    """Words that lead to exactly this rung, whoever types them."""
    place = f"{rung[0].id}/{rung[1].id}"
    return f"{place} {competency.id}" if competency else place
