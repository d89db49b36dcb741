"""How much a text speaks for each competency: complement naive Bayes over pieces of words.

A piece speaks for a competency by how seldom all the others use it (Rennie and others, 2003), which
holds up where there are few texts and one competency has more of them than another.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from math import exp, log

from bot.journal.suggesting.pieces import pieces

Weights = Sequence[float]
"""A figure for each competency, in the ladder's order."""

_SMOOTHING = 0.01
_FIRST_WORDS = 4
_UNSAID = 4.0
_NOTHING = 1e-9


class Counts:
    """How often each piece was used for each competency; a text counts as one, however long."""

    def __init__(self, competencies: int) -> None:
        """All zero."""
        self.rows: dict[str, list[float]] = {}
        self.totals = [0.0] * competencies
        self._nothing = (0.0,) * competencies

    def add(
        self,
        used: Sequence[str],
        competency: int,
        weight: float,
        kept: Container[str] | None = None,
    ) -> None:
        """Takes in a text as the pieces that it uses; `kept` are those that will be asked for."""
        self.totals[competency] += weight
        each = weight / len(used) if used else 0.0
        for piece in used if kept is None else filter(kept.__contains__, used):
            row = self.rows.get(piece)
            if row is None:
                row = self.rows[piece] = list(self._nothing)
            row[competency] += each

    def row(self, piece: str) -> Weights:
        """How often the piece was used for each competency."""
        return self.rows.get(piece, self._nothing)


class Evidence:
    """What the pieces say, with something added to the counts, or taken from them."""

    def __init__(self, counts: Counts, other: Counts | None = None, sign: int = 1) -> None:
        """`sign` is -1 where `other` is to be taken away; it may hold just what will be asked."""
        self._counts, self._other, self._sign = counts, other, sign
        self._totals = self._with(counts.totals, other.totals if other else None)
        self._smooth = _SMOOTHING * len(counts.rows)
        self._known: dict[str, Weights] = {}

    def _with(self, row: Weights, other: Weights | None) -> Weights:
        if other is None:
            return row
        return [max(0.0, a + self._sign * b) for a, b in zip(row, other, strict=True)]

    def of(self, piece: str) -> Weights:
        """How much the piece speaks for each competency; the figures add up to nothing."""
        found = self._known.get(piece)
        if found is None:
            other = self._other.row(piece) if self._other else None
            found = self._weighed(self._with(self._counts.row(piece), other))
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


def chances(evidence: Weights, trust: float) -> list[float]:
    """The chance of each competency, all together 1; with no trust all are alike."""
    top = max(evidence)
    odds = [exp(trust * (each - top)) for each in evidence]
    whole = sum(odds)
    return [each / whole for each in odds]


def ranked(values: Weights) -> list[int]:
    """The numbers of the competencies, the highest value first; the ladder's order decides ties."""
    return sorted(range(len(values)), key=lambda number: -values[number])


def loss(seen: Iterable[tuple[int, Weights]], trust: float) -> float:
    """How surprised somebody with that trust would be by the competencies that were right."""
    return -sum(log(max(chances(values, trust)[right], 1e-12)) for right, values in seen)
