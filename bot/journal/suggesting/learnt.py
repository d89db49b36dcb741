"""What can be learnt from one ladder: made once, asked often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import sqrt

from bot.journal.suggesting.evidence import Counts, Evidence
from bot.journal.suggesting.pieces import all_pieces, words
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
        self._said = tuple(each for each in sayings(ladder) if each.competency_id in self.numbers)
        found = [words(each.text) for each in self._said]
        spelled = [all_pieces(each) for each in found]
        self.counts = Counts(len(self.ids))
        self._sentences: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(self._said):
            self.counts.add(spelled[number], self.numbers[each.competency_id], each.weight)
            if each.quotable:
                for piece in set(spelled[number]):
                    self._sentences[piece].append(number)
        self._lengths = [len(each) for each in spelled]
        self.evidence = Evidence(self.counts)
        self.vocabulary = frozenset(key(word) for each in found for word in each)
        self.trust = trust_in(self.counts, self._said, self.numbers, spelled)

    def sentences(self, competency_id: str, telling: Mapping[str, float]) -> Iterator[Heard]:
        """Every sentence about the competency that uses a telling piece, and how well it fits."""
        fits: dict[int, float] = defaultdict(float)
        for piece, weight in telling.items():
            for number in self._sentences.get(piece, ()):
                fits[number] += weight
        for number, fit in fits.items():
            if self._said[number].competency_id == competency_id:
                yield fit / sqrt(self._lengths[number]), self._said[number].text
