"""What can be learnt from one ladder: made once, asked often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from heapq import nlargest
from math import sqrt

from bot.journal.suggesting.evidence import Counts, Evidence, Said
from bot.journal.suggesting.pieces import all_pieces, pieces, words
from bot.journal.suggesting.sayings import sayings
from bot.journal.suggesting.trust import trust_in
from bot.ladder.asking.spelling import Words, key
from bot.ladder.kept import OncePerLadder
from bot.ladder.model import Ladder

_TELLING_PIECES = 40


class Learnt:
    """The ladder's texts as evidence; competencies go by their number in the ladder's order."""

    def __init__(self, ladder: Ladder) -> None:
        """Takes a few tenths of a second for a large ladder."""
        self.ids = tuple(each.id for each in ladder.competencies)
        self.numbers = {each: number for number, each in enumerate(self.ids)}
        self._texts = [each for each in sayings(ladder) if each.competency_id in self.numbers]
        self._said = [
            Said(words(each.text), self.numbers[each.competency_id], each.weight)
            for each in self._texts
        ]
        self.counts = Counts(len(self.ids), self._said)
        self.evidence = Evidence(self.counts)
        self.trust = trust_in(self.counts, self._texts, self._said)
        self._using = self._sentences_by_word()
        self._words_with: dict[str, list[str]] = defaultdict(list)
        for word in self._using:
            for piece in pieces(word):
                self._words_with[piece].append(word)
        self.vocabulary = frozenset(key(word) for each in self._said for word in each.words)

    def _sentences_by_word(self) -> Mapping[str, list[int]]:
        using: dict[str, list[int]] = defaultdict(list)
        for number, (text, said) in enumerate(zip(self._texts, self._said, strict=True)):
            for word in said.words if text.quotable else ():
                using[word].append(number)
        return using

    def odds(self, asked: Words) -> list[float]:
        """How much the ladder speaks for each competency, in log odds."""
        return [self.trust * each for each in self.evidence.of_text(asked)]

    def sentence(self, competency: int, asked: Words) -> str | None:
        """The sentence about the competency that shares most of what speaks for it in the words."""
        words_fit: dict[str, float] = defaultdict(float)
        for piece, weight in self._telling(competency, asked):
            for word in self._words_with.get(piece, ()):
                words_fit[word] += weight
        fits: dict[int, float] = defaultdict(float)
        for word, weight in words_fit.items():
            for number in self._using[word]:
                if self._said[number].competency == competency:
                    fits[number] += weight / sqrt(len(self._said[number].words))
        return self._texts[max(fits, key=lambda each: (fits[each], -each))].text if fits else None

    def _telling(self, competency: int, asked: Words) -> list[tuple[str, float]]:
        """The pieces that speak most for the competency, and how much."""
        speaking = ((piece, self.evidence.of(piece)[competency]) for piece in all_pieces(asked))
        found = (each for each in speaking if each[1] > 0)
        return nlargest(_TELLING_PIECES, found, key=lambda each: (each[1], each[0]))


learnt_from = OncePerLadder(Learnt)
"""What is learnt from the ladder, at the first call."""
