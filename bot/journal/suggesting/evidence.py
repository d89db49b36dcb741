"""How much a text speaks for each competency: complement naive Bayes over pieces of words.

A piece speaks for a competency by how seldom all the others use it (Rennie and others, 2003), which
holds up where there are few texts and one competency has more of them than another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

from bot.journal.suggesting.pieces import how_many, pieces
from bot.ladder.asking.spelling import Words

Weights = Sequence[float]
"""A figure for each competency, in the ladder's order."""

_SMOOTHING = 0.01
_FIRST_WORDS = 4
_UNSAID = 4.0
_NOTHING = 1e-9
_PIECES_IN_A_TEXT = 150
_LEAST_RARITY = 0.1


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a text about a competency, which goes by its number."""

    words: Words
    competency: int
    weight: float


class Counts:
    """How often each piece was used for each competency; a text counts as one, however long."""

    def __init__(self, number: int, said: Iterable[Said]) -> None:
        """For that number of competencies."""
        self._nothing = (0.0,) * number
        self.totals = [0.0] * number
        self.rows: dict[str, list[float]] = {}
        for word, used in self._by_word(said).items():
            for piece in pieces(word):
                self._take_in(piece, used)
        self._rarest = log(1 + sum(self.totals))
        self._rarities: dict[str, float] = {}

    def _by_word(self, said: Iterable[Said]) -> dict[str, list[float]]:
        found: dict[str, list[float]] = {}
        for each in said:
            self.totals[each.competency] += each.weight
            share = each.weight / max(1, sum(map(how_many, each.words)))
            for word in each.words:
                row = found.get(word)
                if row is None:
                    row = found[word] = list(self._nothing)
                row[each.competency] += share
        return found

    def _take_in(self, piece: str, used: Weights) -> None:
        row = self.rows.get(piece)
        if row is None:
            self.rows[piece] = list(used)
            return
        for number, value in enumerate(used):
            row[number] += value

    def row(self, piece: str) -> Weights:
        """How often the piece was used for each competency."""
        return self.rows.get(piece, self._nothing)

    def rarity(self, piece: str) -> float:
        """How much it tells that a text uses the piece: near nothing where every text does."""
        row = self.rows.get(piece)
        if row is None:
            return self._rarest
        if piece not in self._rarities:
            texts = _PIECES_IN_A_TEXT * sum(row)
            self._rarities[piece] = max(_LEAST_RARITY, self._rarest - log(1 + texts))
        return self._rarities[piece]


class Evidence:
    """What the pieces say; `unlearnt` are counts that must not count."""

    def __init__(self, counts: Counts, unlearnt: Counts | None = None) -> None:
        """Weighs each piece when it is first asked for."""
        self._counts, self._unlearnt = counts, unlearnt
        self._totals = self._left(counts.totals, unlearnt.totals if unlearnt else None)
        self._smooth = _SMOOTHING * len(counts.rows)
        self._known: dict[str, Weights] = {}

    def _left(self, row: Weights, unlearnt: Weights | None) -> Weights:
        if unlearnt is None:
            return row
        return [max(0.0, a - b) for a, b in zip(row, unlearnt, strict=True)]

    def of(self, piece: str) -> Weights:
        """How much the piece speaks for each competency; the figures add up to zero."""
        found = self._known.get(piece)
        if found is None:
            unlearnt = self._unlearnt.row(piece) if self._unlearnt else None
            found = self._weighed(self._left(self._counts.row(piece), unlearnt))
            if piece in self._counts.rows:  # what people type is not kept
                self._known[piece] = found
        return found

    def _weighed(self, row: Weights) -> Weights:
        used, total = sum(row), sum(self._totals)
        if used < _NOTHING:
            return [0.0] * len(row)
        against = [
            log((used - own + _SMOOTHING) / (total - whole + self._smooth))
            for own, whole in zip(row, self._totals, strict=True)
        ]
        middle = sum(against) / len(against)
        return [middle - each for each in against]

    def of_text(self, found: Sequence[str]) -> list[float]:
        """The same for words; the first ones, which tell what somebody did, count twice.

        The fewer words there are, the less they say.
        """
        summed, counted = [0.0] * len(self._totals), _UNSAID
        for place, word in enumerate(found):
            weight = 1 + exp(-place / _FIRST_WORDS)
            counted += weight
            for piece in pieces(word):
                for number, value in enumerate(self.of(piece)):
                    summed[number] += weight * value
        return [each / counted for each in summed]


def chances(odds: Weights) -> list[float]:
    """The chance of each competency, all together 1, from log odds."""
    top = max(odds, default=0.0)
    shares = [exp(each - top) for each in odds]
    whole = sum(shares)
    return [each / whole for each in shares]


def ranked(values: Weights) -> list[int]:
    """The numbers of the competencies, the highest value first; the ladder's order decides ties."""
    return sorted(range(len(values)), key=lambda number: -values[number])
