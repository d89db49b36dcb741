"""Ways to guess a competency, each taught from the same sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from benchmarks.labelled import Labelled, each_level, lessons
from bot.journal.suggesting.suggester import Suggester
from bot.ladder.model import Ladder

RUNG = "Rung"
MAJORITY = "majority"
CENTROID = "TF-IDF, centroid (scikit-learn)"


class Guesser(Protocol):
    """Ranks the competencies of one ladder."""

    def rank(self, text: str, own: Sequence[Labelled] = ()) -> list[str]:
        """Their ids, the likeliest first; `own` is what the same person put where before."""


class Majority:
    """Always the competencies with the most examples, with those that are asked for counted in."""

    def __init__(self, ladder: Ladder) -> None:
        said = Counter(
            each.competency_id for level in each_level(ladder) for each in level.examples
        )
        self._order = sorted(
            (each.id for each in ladder.competencies), key=lambda each: -said[each]
        )

    def rank(self, text: str, own: Sequence[Labelled] = ()) -> list[str]:  # noqa: ARG002
        return self._order


class _Tfidf:
    """scikit-learn's TfidfVectorizer as it comes."""

    def __init__(self, ladder: Ladder) -> None:
        self._ids = [each.id for each in ladder.competencies]
        self._lessons = lessons(ladder)
        self._learn(())

    def _learn(self, own: Sequence[Labelled]) -> None:
        learnt = [*self._lessons, *own]
        self._own = tuple(own)
        self._vectorizer = TfidfVectorizer()
        self._vectors = self._vectorizer.fit_transform([each.text for each in learnt])
        self._places = {
            competency_id: [
                n for n, each in enumerate(learnt) if each.competency_id == competency_id
            ]
            for competency_id in self._ids
        }

    def rank(self, text: str, own: Sequence[Labelled] = ()) -> list[str]:
        if tuple(own) != self._own:
            self._learn(own)
        asked = self._vectorizer.transform([text])
        likeness = {each: self._likeness(asked, each) for each in self._ids}
        return sorted(self._ids, key=lambda each: -likeness[each])

    def _likeness(self, asked: object, competency_id: str) -> float:
        raise NotImplementedError


class TfidfNearest(_Tfidf):
    """The competency of the sentence that is most alike."""

    def _likeness(self, asked: object, competency_id: str) -> float:
        return cosine_similarity(asked, self._vectors[self._places[competency_id]]).max()


class TfidfCentroid(_Tfidf):
    """The competency whose sentences are, on average, most alike."""

    def _likeness(self, asked: object, competency_id: str) -> float:
        middle = self._vectors[self._places[competency_id]].mean(axis=0)
        return cosine_similarity(asked, np.asarray(middle))[0, 0]


class Ours:
    """What the bot does; it ranks also where it would rather say nothing."""

    def __init__(self, ladder: Ladder) -> None:
        self._suggester = Suggester(ladder)

    def rank(self, text: str, own: Sequence[Labelled] = ()) -> list[str]:
        found = self._suggester.likeliest(text, _past(own))
        return [competency_id for competency_id, _ in found]

    def suggest(self, text: str, own: Sequence[Labelled] = ()) -> str | None:
        """The competency that is shown to people, or None."""
        found = self._suggester.suggest(text, _past(own))
        return found.competency_id if found else None


def _past(own: Sequence[Labelled]) -> list[tuple[str, str]]:
    return [(each.competency_id, each.text) for each in own]


GUESSERS = {
    RUNG: Ours,
    CENTROID: TfidfCentroid,
    "TF-IDF, nearest sentence (scikit-learn)": TfidfNearest,
    MAJORITY: Majority,
}
