"""What can be learnt from one ladder: made once, asked often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import sqrt

from bot.journal.suggesting.evidence import Counts, Evidence, Said
from bot.journal.suggesting.pieces import pieces, words
from bot.journal.suggesting.sayings import sayings
from bot.journal.suggesting.trust import trust_in
from bot.ladder.asking.spelling import key
from bot.ladder.model import Ladder

Heard = tuple[float, str]
"""How well a sentence fits, and the sentence."""


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

    def sentences(self, competency: int, telling: Mapping[str, float]) -> Iterator[Heard]:
        """Every sentence about the competency that uses a telling piece, and how well it fits."""
        words_fit: dict[str, float] = defaultdict(float)
        for piece, weight in telling.items():
            for word in self._words_with.get(piece, ()):
                words_fit[word] += weight
        fits: dict[int, float] = defaultdict(float)
        for word, weight in words_fit.items():
            for number in self._using[word]:
                if self._said[number].competency == competency:
                    fits[number] += weight
        for number, found in fits.items():
            yield found / sqrt(len(self._said[number].words)), self._texts[number].text


def fit(word: str, telling: Mapping[str, float]) -> float:
    """How much the word shares with what is telling."""
    return sum(telling.get(piece, 0.0) for piece in pieces(word))
