"""Everything in a ladder that has a name, made ready once for being called by it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from bot.ladder.asking.spelling import (
    SHORTEST_BEGINNING,
    Words,
    key,
    keys,
    starting,
    telling,
    words,
)
from bot.ladder.model import Ladder, Rung, SharedStatements
from bot.ladder.wording import fold

LEVEL_WORD = re.compile(r"(?P<letters>[a-z]{0,8})-?(?P<number>\d{1,3}(?:\.\d{1,3})*)")
_ANY_LETTERS = frozenset(["", "l", "level", "lv", "lvl", "rung"])
_TWO_LEVELS = re.compile(r"([a-z]{0,8}\d+(?:\.\d+)*)[-–—/]([a-z]{0,8}\d+(?:\.\d+)*)")
_NOTHING: frozenset[int] = frozenset()

Places = tuple[int, ...]
"""Rungs, or other things of one kind, by their number in the ladder's order."""


class Kind(IntEnum):
    """What a name belongs to; between names that fit equally well the earlier kind wins."""

    COMPETENCY = 0
    TRACK = 1
    TITLE = 2
    GROUP = 3


class Name(NamedTuple):
    """One name of one thing: `place` counts the things of its kind in the ladder's order."""

    kind: Kind
    place: int
    raw: Words
    keys: Words


class Names:
    """The names of one ladder and the words in them; whatever is found comes as places."""

    def __init__(self, ladder: Ladder) -> None:
        """Reads each name once."""
        self.ladder = ladder
        self.rungs: tuple[Rung, ...] = tuple(
            (track, level) for track in ladder.tracks for level in track.levels
        )
        self.track_of = [place for place, track in enumerate(ladder.tracks) for _ in track.levels]
        self.by_place = {f"{track.id}/{level.id}": n for n, (track, level) in _last(self.rungs)}
        self.by_id: dict[str, list[int]] = defaultdict(list)
        self._numbers: list[tuple[int, str, str]] = []
        for place, (track, level) in enumerate(self.rungs):
            self.by_id[fold(level.id)].append(place)
            for name in dict.fromkeys((fold(track.id), fold(track.name))):
                self.by_id[f"{name}/{fold(level.id)}"].append(place)
            if number := LEVEL_WORD.fullmatch(fold(level.id)):
                self._numbers.append((place, number["letters"], _plain(number["number"])))
        self.spoken = _spoken(ladder, self.rungs)
        self.whole: dict[Words, list[Name]] = defaultdict(list)
        self.names = list(self._read())
        self._index()

    def _read(self) -> Iterator[Name]:
        for kind, place, text in _named(self.ladder, self.rungs):
            every = words(text)
            if every:
                self.whole[every].append(Name(kind, place, every, keys(every)))
            raw = telling(text)
            if raw:
                yield Name(kind, place, raw, keys(raw))

    def _index(self) -> None:
        having: dict[str, set[int]] = defaultdict(set)
        for number, name in enumerate(self.names):
            for word in (*name.raw, *name.keys):
                having[word].add(number)
        self._having = {word: frozenset(found) for word, found in having.items()}
        self.vocabulary = sorted(having)
        self.of_kind = {
            kind: frozenset(n for n, name in enumerate(self.names) if name.kind is kind)
            for kind in Kind
        }

    def having(self, word: str) -> frozenset[int]:
        """The names with this word, however it is spelled."""
        return self._having.get(word, _NOTHING) | self._having.get(key(word), _NOTHING)

    def beginning(self, word: str) -> frozenset[int]:
        """The names with a word that starts like this one, from three letters on."""
        if len(word) < SHORTEST_BEGINNING:
            return self.having(word)
        found = self.having(word)
        for start in {word, key(word)}:
            found = found.union(*(self._having[each] for each in starting(self.vocabulary, start)))
        return found

    def place(self, track_id: str, level_id: str) -> int | None:
        """Where the rung with these ids stands, whatever the capitals of the level's."""
        rung = self.ladder.rung(track_id, level_id)
        return self.by_place[f"{track_id}/{rung[1].id}"] if rung else None

    def together(self, one: int, other: int | None) -> bool:
        """Whether both rungs are on one track."""
        return other is not None and self.track_of[one] == self.track_of[other]

    def on_tracks(self, tracks: Iterable[int]) -> Places:
        """Every rung of these tracks."""
        wanted = set(tracks)
        return tuple(rung for rung, track in enumerate(self.track_of) if track in wanted)

    def group(self, typed: Words) -> SharedStatements | None:
        """The shared group with exactly this id or name, where nothing else has it."""
        parts = words(" ".join(typed))
        found = self.whole.get(parts, [])
        only_groups = found and all(name.kind is Kind.GROUP for name in found)
        return self.ladder.shared[found[0].place] if only_groups else None

    def knows(self, word: str) -> bool:
        """Whether the word stands in a name, begins one, or refers to a level."""
        return bool(self.referred(word) or self.beginning(word))

    def referred(self, word: str) -> Places:
        """The rungs called `track/l4`, `l4`, `4` or, where nothing is called L4.2, `l4.2`."""
        return tuple(self.by_id.get(word, ())) or tuple(self._numbered(word))

    def _numbered(self, word: str) -> list[int]:
        typed = LEVEL_WORD.fullmatch(word)
        if not typed:
            return []
        known = [
            (place, number)
            for place, letters, number in self._numbers
            if typed["letters"] in _ANY_LETTERS or typed["letters"] == letters
        ]
        number = wanted = _plain(typed["number"])
        while number:
            if same := [place for place, its_number in known if its_number == number]:
                return same
            number = number.rpartition(".")[0]
        return [place for place, its_number in known if its_number.startswith(f"{wanted}.")]

    def terms(self, typed: Iterable[str]) -> Words:
        """The typed words with `3-4` and `track/L4` taken apart, and `IC 4` put together."""
        apart = [part for word in typed for part in self._apart(word)]
        joined: list[str] = []
        for word in apart:
            if joined and (whole := self._joined(joined[-1], word)):
                joined[-1] = whole
            else:
                joined.append(word)
        return tuple(joined)

    def _apart(self, word: str) -> Iterable[str]:
        if word in self.by_id:
            return (word,)
        if two := _TWO_LEVELS.fullmatch(word):
            return two.groups()
        return [part for part in word.split("/") if part]

    def _joined(self, first: str, second: str) -> str:
        if not (first.isalpha() and second[0].isdigit()):
            return ""
        return next((w for w in (first + second, f"{first}-{second}") if w in self.by_id), "")


def _named(ladder: Ladder, rungs: tuple[Rung, ...]) -> Iterator[tuple[Kind, int, str]]:
    for place, competency in enumerate(ladder.competencies):
        for text in (competency.id, competency.name, *competency.aliases):
            yield Kind.COMPETENCY, place, text
    for name_here, place in _own_names(ladder, rungs):
        yield Kind.COMPETENCY, place, name_here
    for place, track in enumerate(ladder.tracks):
        yield from ((Kind.TRACK, place, text) for text in (track.id, track.name))
    for place, (_, level) in enumerate(rungs):
        yield Kind.TITLE, place, level.title
        if not LEVEL_WORD.fullmatch(fold(level.id)):
            yield Kind.TITLE, place, level.id
    for place, group in enumerate(ladder.shared):
        yield from ((Kind.GROUP, place, text) for text in (group.id, group.name))


def _own_names(ladder: Ladder, rungs: tuple[Rung, ...]) -> dict[tuple[str, int], None]:
    """What single pages call a competency, each once."""
    places = {each.id: place for place, each in enumerate(ladder.competencies)}
    found = {
        (each.competency.name, places[each.competency.id]): None
        for _, level in rungs
        for each in level.expects
        if each.competency.id in places
    }
    known = {(each.name, place) for place, each in enumerate(ladder.competencies)}
    return {each: None for each in found if each not in known}


def _spoken(ladder: Ladder, rungs: tuple[Rung, ...]) -> frozenset[tuple[int, int]]:
    """Which rung says or inherits something about which competency."""
    places = {each.id: place for place, each in enumerate(ladder.competencies)}
    return frozenset(
        (rung, places[each.id])
        for rung, where in enumerate(rungs)
        for each in ladder.competencies_at(*where)
        if each.id in places
    )


def _last(rungs: tuple[Rung, ...]) -> Iterator[tuple[int, Rung]]:
    return reversed(list(enumerate(rungs)))


def _plain(number: str) -> str:
    return ".".join(part.lstrip("0") or "0" for part in number.split("."))
