"""The competency that an example most likely belongs to, with a sentence that says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import islice
from math import sqrt

from bot.journal.suggesting.evidence import Counts, Evidence, chances, ranked
from bot.journal.suggesting.learnt import Heard, Learnt
from bot.journal.suggesting.pieces import all_pieces, words
from bot.ladder.asking.spelling import Words, key
from bot.ladder.model import Ladder

_LIKELY = 0.5
_OWN_WEIGHT = 5.0
_OWN_QUOTED_SOONER = 1.5
_MOST_OWN = 200
_FAMILIAR = 0.5
_TELLING_PIECES = 40

Own = tuple[str, str]
"""A competency's id, which may be retired by now, and the text that the person put under it."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`like` is the sentence that speaks most for it, word for word: the ladder's, or, where `own`
    is true, from an earlier example of the person's. `second` is the next likely competency.
    """

    competency_id: str
    like: str
    own: bool
    second: str | None


@dataclass(frozen=True, slots=True)
class _Choice:
    """An earlier choice of the person's, by the competency's number of today."""

    competency: int
    text: str
    words: Words


class Suggester:
    """Suggests from one ladder; what it needs is made when it is first asked, and kept."""

    def __init__(self, ladder: Ladder) -> None:
        """Costs nothing yet."""
        self.ladder = ladder

    @cached_property
    def _learnt(self) -> Learnt:
        return Learnt(self.ladder)

    def suggest(self, text: str, own: Sequence[Own] = ()) -> Suggestion | None:
        """A competency that is likelier right than wrong, or None.

        `own` are the person's earlier choices, the latest first; 200 of them count.
        """
        asked = words(text)
        mine = list(islice(self._of_today(own), _MOST_OWN))
        if not self._is_familiar(asked, mine):
            return None
        evidence = self._evidence(asked, mine)
        found = chances(evidence.of_text(asked), self._learnt.trust)
        order = ranked(found)
        same = next((each.competency for each in mine if each.words == asked), None)
        if same is not None:
            order = [same, *(each for each in order if each != same)]
        elif found[order[0]] <= _LIKELY:
            return None
        return self._explained(order, self._telling(asked, evidence, order[0]), mine)

    def _of_today(self, own: Sequence[Own]) -> Iterator[_Choice]:
        """The choices that still count, under what took over where a competency is retired."""
        for competency_id, text in own:
            current = self.ladder.current(competency_id)
            if current and (found := words(text)):
                yield _Choice(self._learnt.numbers[current.id], text, found)

    def _is_familiar(self, asked: Words, mine: Sequence[_Choice]) -> bool:
        """Whether most of the words were seen before; those of another language were not."""
        own = {word for each in mine for word in each.words}
        seen = sum(word in own or key(word) in self._learnt.vocabulary for word in asked)
        return seen > 0 and seen >= _FAMILIAR * len(asked)

    def _evidence(self, asked: Words, mine: Sequence[_Choice]) -> Evidence:
        if not mine:
            return self._learnt.evidence
        wanted = frozenset(all_pieces(asked))
        counts = Counts(len(self._learnt.ids))
        for each in mine:
            counts.add(all_pieces(each.words), each.competency, _OWN_WEIGHT, wanted)
        return Evidence(self._learnt.counts, counts)

    def _telling(self, asked: Words, evidence: Evidence, competency: int) -> dict[str, float]:
        """The pieces that speak most for the competency, and how much."""
        speaking = {piece: evidence.of(piece)[competency] for piece in all_pieces(asked)}
        most = nlargest(_TELLING_PIECES, speaking.items(), key=lambda each: each[1])
        return {piece: weight for piece, weight in most if weight > 0}

    def _explained(
        self, order: Sequence[int], telling: dict[str, float], mine: Sequence[_Choice]
    ) -> Suggestion | None:
        """The first of the order with its sentence; None where no sentence speaks for it."""
        first = self._learnt.ids[order[0]]
        second = self._learnt.ids[order[1]] if len(order) > 1 else None
        theirs = max(self._learnt.sentences(first, telling), default=None)
        chosen = [each for each in mine if each.competency == order[0]]
        ours = max((_heard(each, telling) for each in chosen), default=None)
        if ours and ours[0] > 0 and (theirs is None or ours[0] * _OWN_QUOTED_SOONER >= theirs[0]):
            return Suggestion(first, ours[1], True, second)
        return Suggestion(first, theirs[1], False, second) if theirs else None


class SuggesterInService:
    """The suggester of the ladder in service, a new one when another ladder takes over."""

    def __init__(self, ladder: Callable[[], Ladder]) -> None:
        """`ladder` gives the ladder in service at that moment."""
        self._ladder = ladder
        self._latest = Suggester(ladder())

    def suggest(self, text: str, own: Sequence[Own] = ()) -> Suggestion | None:
        """As `Suggester.suggest`; the first call under a new ladder takes longer."""
        latest, ladder = self._latest, self._ladder()
        if latest.ladder is not ladder:
            self._latest = latest = Suggester(ladder)
        return latest.suggest(text, own)


def _heard(choice: _Choice, telling: dict[str, float]) -> Heard:
    used = all_pieces(choice.words)
    return sum(telling.get(each, 0.0) for each in set(used)) / sqrt(len(used)), choice.text
