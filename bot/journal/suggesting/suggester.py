"""The competency that an example most likely belongs to, with a sentence that says why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.journal.suggesting.evidence import chances, ranked
from bot.journal.suggesting.learnt import Learnt, learnt_from
from bot.journal.suggesting.past import Choice, Past
from bot.journal.suggesting.pieces import words
from bot.ladder.asking.spelling import Words, key
from bot.ladder.model import Ladder

_LIKELY = 0.5
_MOST_OWN = 100
_FAMILIAR = 0.5

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


class Suggester:
    """Suggests from one ladder; what it needs is made when it is first asked, and kept."""

    def __init__(self, ladder: Ladder) -> None:
        """Costs nothing yet."""
        self.ladder = ladder

    @property
    def _learnt(self) -> Learnt:
        return learnt_from(self.ladder)

    def suggest(self, text: str, own: Sequence[Own] = ()) -> Suggestion | None:
        """A competency that is likelier right than wrong, or None.

        `own` are the person's earlier choices, the latest first; 100 of them count.
        """
        asked = words(text)
        past = self._past(asked, own)
        if not self._is_familiar(asked, past):
            return None
        found = self._chances(asked, past)
        order = ranked(found)
        return self._explained(order, asked, past) if found[order[0]] > _LIKELY else None

    def likeliest(self, text: str, own: Sequence[Own] = ()) -> list[tuple[str, float]]:
        """Every competency with its chance, the likeliest first, were one bound to be right."""
        asked = words(text)
        found = self._chances(asked, self._past(asked, own))
        return [(self._learnt.ids[number], found[number]) for number in ranked(found)]

    def _past(self, asked: Words, own: Sequence[Own]) -> Past:
        choices = list(islice(self._choices(own), _MOST_OWN))
        return Past(choices, asked, self._learnt.counts.rarity)

    def _choices(self, own: Sequence[Own]) -> Iterator[Choice]:
        """Those that still count, under what took over where a competency is retired."""
        for competency_id, text in own:
            current = self.ladder.current(competency_id)
            if current and (found := words(text)):
                yield Choice(self._learnt.numbers[current.id], text, found)

    def _is_familiar(self, asked: Words, past: Past) -> bool:
        """Whether most of the words were seen before; those of another language were not."""
        known = self._learnt.vocabulary
        seen = sum(word in past.words or key(word) in known for word in asked)
        return seen > 0 and seen >= _FAMILIAR * len(asked)

    def _chances(self, asked: Words, past: Past) -> list[float]:
        odds = zip(self._learnt.odds(asked), past.odds(len(self._learnt.ids)), strict=True)
        return chances([theirs + own for theirs, own in odds])

    def _explained(self, order: Sequence[int], asked: Words, past: Past) -> Suggestion | None:
        """The first of the order with its sentence; None where no sentence speaks for it."""
        first = order[0]
        ids = [self._learnt.ids[number] for number in order]
        own, theirs = past.closest(first), self._learnt.sentence(first, asked)
        mostly_own = past.odds(len(order))[first] > self._learnt.odds(asked)[first]
        like = own if own and (mostly_own or not theirs) else theirs
        return Suggestion(ids[0], like, like is own, next(iter(ids[1:]), None)) if like else None
