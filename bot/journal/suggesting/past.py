"""What a person put where before: a sentence like an earlier one most likely belongs beside it.

Only likeness counts, not how often a competency was chosen. Simply learning from earlier choices as
from the ladder's texts made first guesses worse in `benchmarks/suggest.py`: they are few, and most
are about something else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import sqrt

from bot.journal.suggesting.pieces import all_pieces
from bot.ladder.asking.spelling import Words

_SAME = 12.0
_HARDLY_ALIKE = 0.25
_CLOSEST = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """An earlier choice of the person's, by the competency's number of today."""

    competency: int
    text: str
    words: Words


class Past:
    """The earlier choices, compared with what is asked now."""

    def __init__(
        self, choices: Sequence[Choice], asked: Words, rarity: Callable[[str], float]
    ) -> None:
        """`rarity` tells how much it means that two texts share a piece."""
        self.words = frozenset(word for each in choices for word in each.words)
        self._rarity = rarity
        self._asked = {piece: rarity(piece) ** 2 for piece in all_pieces(asked)} if choices else {}
        self._length = sum(self._asked.values())
        speaking = [(self._speaks(each), each) for each in choices]
        self._speaking = nlargest(_CLOSEST, speaking, key=lambda each: each[0])

    def _speaks(self, choice: Choice) -> float:
        """Log odds for its competency; likeness is the cosine over rare pieces, and is cubed.

        So a few close ones outweigh the ladder, and distant ones do not.
        """
        used = all_pieces(choice.words)
        shared = sum(self._asked[piece] for piece in used & self._asked.keys())
        if shared <= _HARDLY_ALIKE**2 * self._length:
            return 0.0
        length = sum(self._rarity(piece) ** 2 for piece in used)
        return _SAME * (shared / sqrt(self._length * length)) ** 3

    def odds(self, competencies: int) -> list[float]:
        """How much the closest choices speak for each of that many competencies."""
        summed = [0.0] * competencies
        for odds, choice in self._speaking:
            summed[choice.competency] += odds
        return summed

    def closest(self, competency: int) -> str | None:
        """The text most like what is asked, if one of the closest is under that competency."""
        fitting = [each for each in self._speaking if each[1].competency == competency and each[0]]
        return max(fitting, key=lambda each: each[0])[1].text if fitting else None
