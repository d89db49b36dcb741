"""Which statement keeps which id when a ladder is imported again, and what takes over from whom."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from bot.ladder.model import Statement
from bot.ladder.wording import fold, is_placeholder, statement_slug, unique

CLOSE = 68.0
"""The likeness, out of 100, from which a sentence of one place counts as reworded.

In the starter ladder two different sentences of one place reach 65, and 57 in 99 cases of 100; a
sentence with four words of ten changed keeps 72.
"""

NEARLY_EQUAL = 85.0
"""The likeness from which a sentence in another place counts as moved there."""

PLAUSIBLE = 60.0
"""The likeness from which a sentence may follow one that went: above the chance likeness of 57."""

_NOT_THE_SAME = 99.9
_WORD = re.compile(r"\w+")

Place = tuple[str, str]
"""A level's and a competency's id, the level's in small letters."""


@dataclass(frozen=True, slots=True)
class Held:
    """A statement as the ladder has it now."""

    place: Place
    statement: Statement


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement as the source words it."""

    place: Place
    text: str


@dataclass
class Keeping:
    """The ids of the new sentences, by their number, and the held statements that have no place.

    `followed` leads from the id of a statement without a place to the ids that take over from it.
    """

    ids: dict[int, str] = field(default_factory=dict)
    gone: list[Held] = field(default_factory=list)
    followed: dict[str, tuple[str, ...]] = field(default_factory=dict)


def keep_ids(
    held: list[Held], sentences: list[Sentence], taken: set[str], *, reworded_keep: bool = True
) -> Keeping:
    """Give each sentence the id of the statement that it is, or a new one.

    Equal texts first, then close ones in the same place, then nearly equal ones elsewhere, each
    time the likest pair first. Ids in `taken` are not given to anything else; the new ones join
    them. Where reworded sentences do not keep their id, the old one is followed by the new.
    """
    matching = _Matching(held, sentences)
    matching.pair_up(_equal, 100.0)
    matching.pair_up(likeness, 100.0)
    matching.pair_up(likeness, CLOSE)
    matching.pair_up(likeness, NEARLY_EQUAL, elsewhere=True)
    return _settled(matching, taken, reworded_keep=reworded_keep)


def likeness(one: str, other: str, least: float = 0.0) -> float:
    """How alike two sentences are, from 0 to 100, whatever their capitals and punctuation.

    Below `least` it is 0. A placeholder is like nothing but the same placeholder.
    """
    mine, its = _heard(one), _heard(other)
    if mine.placeholder or its.placeholder or not (mine.words and its.words):
        return 100.0 if (mine.words or one) == (its.words or other) else 0.0
    if mine.words == its.words:
        return 100.0
    in_order = fuzz.ratio(mine.words, its.words, score_cutoff=least)
    in_any = fuzz.ratio(mine.sorted, its.sorted, score_cutoff=least)
    return min(max(in_order, in_any), _NOT_THE_SAME)


@dataclass(frozen=True, slots=True)
class _Heard:
    """A sentence as it is compared: its words in small letters, in order and sorted."""

    words: str
    sorted: str
    placeholder: bool


@lru_cache(maxsize=16_384)
def _heard(text: str) -> _Heard:
    words = _WORD.findall(fold(text))
    return _Heard(" ".join(words), " ".join(sorted(words)), is_placeholder(text))


def _equal(one: str, other: str, least: float) -> float:
    return least if one == other else 0.0


@dataclass
class _Matching:
    """Pairs of held statements and sentences, both by their number."""

    held: list[Held]
    sentences: list[Sentence]
    pairs: dict[int, int] = field(default_factory=dict)

    def pair_up(
        self,
        like: Callable[[str, str, float], float],
        least: float,
        *,
        elsewhere: bool = False,
    ) -> None:
        """Pair those that are still free and alike enough, the likest first, each once."""
        used = set(self.pairs.values())
        free = [new for new in range(len(self.sentences)) if new not in used]
        by_place: dict[Place, list[int]] = defaultdict(list)
        for new in free:
            by_place[self.sentences[new].place].append(new)
        ranked = [
            (-score, old, new)
            for old, held in enumerate(self.held)
            if old not in self.pairs
            for new in (free if elsewhere else by_place[held.place])
            if (score := like(held.statement.text, self.sentences[new].text, least)) >= least
        ]
        for _, old, new in sorted(ranked):
            moved = elsewhere and is_placeholder(self.sentences[new].text)
            if old not in self.pairs and new not in used and not moved:
                self.pairs[old] = new
                used.add(new)


def _settled(matching: _Matching, taken: set[str], *, reworded_keep: bool) -> Keeping:
    keeping = Keeping()
    parted: dict[int, Held] = {}
    for old, held in enumerate(matching.held):
        new = matching.pairs.get(old)
        if new is None:
            keeping.gone.append(held)
        elif reworded_keep or likeness(held.statement.text, matching.sentences[new].text) == 100:
            keeping.ids[new] = held.statement.id
        else:
            keeping.gone.append(held)
            parted[new] = held
    for new, sentence in enumerate(matching.sentences):
        if new not in keeping.ids:
            keeping.ids[new] = unique(statement_slug(sentence.text), taken)
            taken.add(keeping.ids[new])
    sure = {held.statement.id: (keeping.ids[new],) for new, held in parted.items()}
    keeping.followed = dict(_followers(keeping, matching.sentences)) | sure
    return keeping


def _followers(
    keeping: Keeping, sentences: list[Sentence]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each statement without a place the likest sentence of its old place, if it may follow."""
    by_place: dict[Place, list[int]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        by_place[sentence.place].append(number)
    for held in keeping.gone:
        near = by_place[held.place]
        scores = [(_likest(held.statement.text, sentences[n].text), -n) for n in near]
        score, number = max(scores, default=(0.0, 0))
        if score >= PLAUSIBLE:
            yield held.statement.id, (keeping.ids[-number],)


def _likest(one: str, other: str) -> float:
    """The likeness, where a sentence that went up in a longer one counts too."""
    mine, its = _heard(one), _heard(other)
    if mine.placeholder or its.placeholder:
        return 0.0
    shared = fuzz.token_set_ratio(mine.words, its.words, score_cutoff=CLOSE)
    return max(likeness(one, other), shared)
