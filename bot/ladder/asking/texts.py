"""Where the ladder's texts say something: an index of folded words, made once for each ladder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.ladder.asking.answers import Found, Hit
from bot.ladder.asking.spelling import (
    SHORTEST_BEGINNING,
    Words,
    key,
    keys,
    slips,
    starting,
    telling,
    words,
)
from bot.ladder.model import Competency, Expectation, Ladder, Level, Track

_RANKS = {
    Found.NAME: 0, Found.STATEMENT: 1, Found.SUMMARY: 2, Found.ATTRIBUTE: 2, Found.EXAMPLE: 3,
}  # fmt: skip
_MOST_WORDS = 80
_MOST_KINDLY = 16
_MOST_MISTYPED = 4

Numbers = frozenset[int]
_NONE: Numbers = frozenset()


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of the ladder: `also` are words that lead to it without being shown."""

    hit: Hit
    also: tuple[str, ...] = ()


class Texts:
    """Every text of one ladder that can be searched."""

    def __init__(self, ladder: Ladder) -> None:
        """Reads each text once."""
        self._texts = list(_texts(ladder))
        self._lines: list[str] = []
        self._around: list[frozenset[str]] = []
        having: dict[str, list[int]] = defaultdict(list)
        self._spelled: dict[str, str] = {}
        around = cache(_around)
        for number, text in enumerate(self._texts):
            shown = self._keys(text.hit.text)
            self._lines.append(f" {' '.join(shown)} ")
            self._around.append(around(*_place(text.hit)))
            for each in {*shown, *(found for part in text.also for found in self._keys(part))}:
                having[each].append(number)
        self._having = {each: frozenset(found) for each, found in having.items()}
        self._words = sorted({*self._spelled, *self._spelled.values()})

    def _keys(self, text: str) -> list[str]:
        """The key of each word, remembered for every spelling that the ladder uses."""
        known, found = self._spelled, words(text)
        for word in found:
            if word not in known:
                known[word] = key(word)
        return [known[word] for word in found]

    def search(self, looked_for: str, own: str | None, *, phrase: bool = False) -> tuple[Hit, ...]:
        """The texts with all the words, best first; kinder readings where none has them.

        `own` is the id of the asker's track. First as typed, with little words (`on call`) only
        in one piece; then without these, then beginnings of words, then with the place's name
        among them, then with typing errors.
        """
        found = words(looked_for)[:_MOST_WORDS]
        fewer = telling(looked_for)[:_MOST_WORDS]
        if (phrase or fewer != found) and (hits := self._phrase(found)):
            return self._ranked(hits, _NONE, own)
        for asked in dict.fromkeys((found, fewer)):
            exact = self._all(asked, self._exactly)
            begun = self._all(asked, self._exactly, self._beginning)
            if exact or begun:
                return self._ranked(exact, begun - exact, own)
        if len(fewer) > _MOST_KINDLY:
            return ()
        kinder = (self._begun(fewer), self._in_place(fewer), self._mistyped(fewer))
        return self._ranked(next(filter(None, kinder), _NONE), _NONE, own)

    def exactly(self, looked_for: str, own: str | None) -> tuple[Hit, ...]:
        """The texts with all the words, whole ones and without typing errors."""
        asked = telling(looked_for)[:_MOST_WORDS]
        return self._ranked(self._all(asked, self._exactly), _NONE, own)

    def _ranked(self, sure: Numbers, begun: Numbers, own: str | None) -> tuple[Hit, ...]:
        def rank(number: int) -> tuple[int, bool, bool, int]:
            hit = self._texts[number].hit
            elsewhere = bool(own and hit.track and hit.track.id != own)
            return _RANKS[hit.kind], elsewhere, number in begun, number

        return tuple(self._texts[number].hit for number in sorted(sure | begun, key=rank))

    def _all(
        self,
        asked: Words,
        each: Callable[[str], Numbers],
        last: Callable[[str], Numbers] | None = None,
    ) -> Numbers:
        """The texts that have every word; two words count as one written together too."""
        each = cache(each)
        before, now = _NONE, _NONE
        for place, word in enumerate(asked):
            find = last if last and place == len(asked) - 1 else each
            found = find(word) if place == 0 else now & find(word)
            if place:
                together = find(asked[place - 1] + word)
                found |= together if place == 1 else before & together
            before, now = now, found
        return now

    def _exactly(self, word: str) -> Numbers:
        return self._having.get(key(word), _NONE) | self._apart(word)

    def _apart(self, word: str) -> Numbers:
        """The texts that write the word as two: `on call` and `on-call` for `oncall`."""
        found: set[int] = set()
        for cut in range(2, len(word) - 1):
            first, second = key(word[:cut]), key(word[cut:])
            if first in self._having and second in self._having:
                both = self._having[first] & self._having[second]
                found |= {n for n in both if f" {first} {second} " in self._lines[n]}
        return frozenset(found)

    def _beginning(self, word: str) -> Numbers:
        found = self._exactly(word)
        if len(word) >= SHORTEST_BEGINNING:
            for start in {word, key(word)}:
                begun = (self._spelled.get(each, each) for each in starting(self._words, start))
                found = found.union(*(self._having[each] for each in begun))
        return found

    def _phrase(self, asked: Words) -> Numbers:
        """The texts with the words in one piece, two of them perhaps written as one."""
        joined = (
            (*asked[:n], asked[n] + asked[n + 1], *asked[n + 2 :]) for n in range(len(asked) - 1)
        )
        wanted = [f" {' '.join(keys(each))} " for each in (asked, *joined)]
        return frozenset(
            number
            for number in self._all(asked, self._exactly)
            if any(each in self._lines[number] for each in wanted)
        )

    def _begun(self, asked: Words) -> Numbers:
        return self._all(asked, self._beginning)

    def _in_place(self, asked: Words) -> Numbers:
        """Texts with some of the words whose level, track or competency is named by the others."""
        wanted = {word: self._beginning(word) for word in asked}
        some = _NONE.union(*wanted.values())
        return frozenset(
            number
            for number in some
            if all(number in wanted[w] or key(w) in self._around[number] for w in wanted)
        )

    def _mistyped(self, asked: Words) -> Numbers:
        unknown = [word for word in dict.fromkeys(asked) if not self._beginning(word)]
        if len(unknown) > _MOST_MISTYPED:
            return _NONE
        return self._all(asked, self._nearly)

    def _nearly(self, word: str) -> Numbers:
        found = self._beginning(word)
        if found or not slips(word):
            return found
        close = [w for w, _, _ in process.extract(
            word, self._words, scorer=OSA.distance, score_cutoff=slips(word), limit=5
        )]  # fmt: skip
        return _NONE.union(*(self._exactly(each) for each in close if slips(each)))


def _place(hit: Hit) -> tuple[str, ...]:
    """The ids and names of the place of a text."""
    track, level, competency = hit.track, hit.level, hit.competency
    return (
        *((track.id, track.name) if track else ()),
        *((level.id, level.title) if level else ()),
        *((competency.id, competency.name) if competency else ()),
    )


def _around(*names: str) -> frozenset[str]:
    return frozenset(each for text in names for each in keys(words(text)))


def _texts(ladder: Ladder) -> Iterator[_Text]:
    for competency in ladder.competencies:
        named = Hit(Found.NAME, competency.name, competency=competency)
        yield _Text(named, (competency.id, *competency.aliases))
        if competency.description:
            yield _Text(Hit(Found.SUMMARY, competency.description, competency=competency))
    for track in ladder.tracks:
        yield _Text(Hit(Found.NAME, track.name, track), (track.id,))
        for level in track.levels:
            yield from _of_level(ladder, track, level)
    for group in ladder.shared:
        yield _Text(Hit(Found.NAME, group.name), (group.id,))
        yield from (
            _Text(Hit(Found.STATEMENT, each.text))
            for each in group.statements
            if not each.placeholder
        )


def _of_level(ladder: Ladder, track: Track, level: Level) -> Iterator[_Text]:
    yield _Text(Hit(Found.NAME, level.title, track, level), (level.id,))
    if level.summary:
        yield _Text(Hit(Found.SUMMARY, level.summary, track, level))
    for name, value in level.attributes.items():
        yield _Text(Hit(Found.ATTRIBUTE, f"{name}: {value}", track, level))
    for expectation in level.expects:
        general = ladder.competency(expectation.competency.id)
        yield from _of_expectation(track, level, expectation, general)
    yield from (_Text(Hit(Found.EXAMPLE, text, track, level)) for text in level.examples)


def _of_expectation(
    track: Track, level: Level, expectation: Expectation, general: Competency | None
) -> Iterator[_Text]:
    here = expectation.competency
    if general is None or here.name != general.name:
        yield _Text(Hit(Found.NAME, here.name, track, level, here))
    if here.description and (general is None or here.description != general.description):
        yield _Text(Hit(Found.SUMMARY, here.description, track, level, here))
    for statement in expectation.statements:
        if not statement.placeholder:
            yield _Text(Hit(Found.STATEMENT, statement.text, track, level, here))
    for text in expectation.examples:
        yield _Text(Hit(Found.EXAMPLE, text, track, level, here))
