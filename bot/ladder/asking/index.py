"""What is made ready once for each ladder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.ladder.asking.names import LEVEL_WORD, Names
from bot.ladder.asking.query import COMMANDS, LITTLE, tokens
from bot.ladder.asking.spelling import Words, slips, words
from bot.ladder.asking.texts import Texts
from bot.ladder.kept import OncePerLadder
from bot.ladder.model import Ladder
from bot.ladder.wording import fold

_MOST_CORRECTED = 3
_MOST_CORRECTIONS = 6
_LONGEST_COMPARED = 80
_MOST_COMPARED = 6


class Index:
    """A ladder's names and texts, and what is close to something mistyped."""

    def __init__(self, ladder: Ladder) -> None:
        """Takes tens of milliseconds for a large ladder."""
        self.names = Names(ladder)
        self.texts = Texts(ladder)
        self.scale = frozenset(filter(None, (tokens(word.name) for word in ladder.maturity)))
        scale = {word for name in self.scale for word in name}
        self._known = sorted({*self.names.vocabulary, *COMMANDS, *scale})
        self._understood = frozenset([*self._known, *LITTLE])
        self._offered = {text: _Offered(text, rung) for text, rung in _names(ladder)}

    def corrections(self, typed: Words) -> Iterator[Words]:
        """The typed words with small typing errors undone, fewest first; at most six ways."""
        choices = [self._corrected(word) for word in typed]
        changed = sum(choice != [word] for choice, word in zip(choices, typed, strict=True))
        if not 0 < changed <= _MOST_CORRECTED or not all(choices):
            return
        for way in islice(product(*choices), _MOST_CORRECTIONS):
            yield tuple(part for word in way for part in word.split())

    def _corrected(self, word: str) -> list[str]:
        """The known words that the word may have been; itself alone where it is known."""
        if word in self._understood or self.names.knows(word):
            return [word]
        parts = words(word)
        if len(parts) > 1:
            each = [self._corrected(part) for part in parts]
            return [" ".join(way) for way in islice(product(*each), _MOST_CORRECTIONS)]
        close = process.extract(
            word, self._known, scorer=OSA.distance, score_cutoff=slips(word), limit=None
        )
        fair = [(number, known) for known, number, _ in close if 0 < number <= slips(known)]
        return [known for number, known in fair if number == fair[0][0]] or [word]

    def nearest(self, asked: str, own: int | None, *, rungs: bool = False) -> Iterator[str]:
        """Every name in the ladder, or of its `rungs`, the closest to the words first."""
        wanted = fold(asked[:_LONGEST_COMPARED]).strip()
        yield from self.near_levels(wanted, own)
        typed = [word for word in words(wanted) if len(word) > 2][:_MOST_COMPARED]
        scores = {
            text: name.closeness(wanted, typed)
            for text, name in self._offered.items()
            if name.rung or not rungs
        }
        yield from sorted(scores, key=lambda text: -scores[text])

    def near_levels(self, word: str, own: int | None = None) -> Iterator[str]:
        """The ids of levels for a word such as `L9`, the asker's track first, then the nearest."""
        asked = LEVEL_WORD.fullmatch(word)
        if not asked:
            return
        number = _value(asked["number"])
        rungs, track_of = self.names.rungs, self.names.track_of
        mine = track_of[own] if own is not None else None

        def distance(place: int) -> tuple[bool, float, int]:
            its = LEVEL_WORD.fullmatch(fold(rungs[place][1].id))
            apart = abs(_value(its["number"]) - number) if its else 1000.0
            return track_of[place] != mine, apart, -place

        places = sorted(range(len(rungs)), key=distance)
        yield from dict.fromkeys(rungs[place][1].id for place in places)


index_of = OncePerLadder(Index)
"""The ladder's index, made at the first call."""


class _Offered:
    """A name that may be meant; `rung` where it is a level's title or id."""

    __slots__ = ("_folded", "_parts", "rung")

    def __init__(self, text: str, rung: bool) -> None:
        self.rung = rung
        self._folded = fold(text)
        self._parts = words(text)

    def closeness(self, wanted: str, typed: Sequence[str]) -> float:
        """The likeness of the whole, or of one word typed to one word of the name."""
        whole = fuzz.ratio(wanted, self._folded)
        alike = (fuzz.ratio(one, other) for one in typed for other in self._parts)
        return max(whole, 0.9 * max(alike, default=0.0) + 0.1 * whole)


def _names(ladder: Ladder) -> Iterator[tuple[str, bool]]:
    """What people may have meant, and whether it is a level; what is likelier comes first."""
    levels = [level for track in ladder.tracks for level in track.levels]
    yield from ((competency.name, False) for competency in ladder.competencies)
    yield from ((level.title, True) for level in levels)
    yield from ((alias, False) for each in ladder.competencies for alias in each.aliases)
    yield from ((track.name, False) for track in ladder.tracks)
    yield from ((level.id, True) for level in levels)
    yield from ((group.name, False) for group in ladder.shared)


def _value(number: str) -> float:
    whole, _, rest = number.partition(".")
    return int(whole) + float(f"0.{rest.replace('.', '')}" if rest else 0)
