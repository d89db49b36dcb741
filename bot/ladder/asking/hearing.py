"""Which rungs and which competency some words mean, in whatever order they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.ladder.asking.names import Kind, Name, Names, Places
from bot.ladder.asking.spelling import Words, keys, telling
from bot.ladder.asking.spelling import words as every_word

SAME = 3
WORDS = 2
BEGINNINGS = 1

_ME = frozenset(["me", "mine"])
_NEXT = "next"
_MOST_WORDS = 8
_MOST_SPOTTED = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood, as places in `Names`; a greater score is surer.

    `rungs` is None when neither a level nor a track was named; with `tracks` alone and no `level`
    they are the asker's rungs there, or all.
    """

    rungs: Places | None = None
    competency: int | None = None
    score: int = 0
    tracks: Places = ()
    level: bool = False


@dataclass(frozen=True, slots=True)
class _Role:
    """What one stretch of words may stand for, and how well it fits that."""

    kind: Kind
    fit: int
    places: Places


_Reading = tuple[_Role, ...]
_SPOKEN = (Kind.COMPETENCY, Kind.TRACK, Kind.TITLE)


@dataclass(frozen=True, slots=True)
class _Spotted:
    """Rungs that a single word stands for; `mine` when the word was about the asker."""

    rungs: Places | None = None
    mine: bool = False


class Ear:
    """Listens for one asker; remembers what it heard, for comparing asks many parts of one line."""

    def __init__(self, names: Names, own: int | None, following: Places) -> None:
        """The asker stands on the rung `own`; `following` is what `next` stands for."""
        self.names = names
        self.own = own
        self.following = following
        self._beginning = cache(names.beginning)
        self._rungs_called = cache(names.referred)
        self._heard: dict[Words, Heard | None] = {}
        self._roles: dict[Words, tuple[_Role, ...]] = {}

    def hear(self, words: Words) -> Heard | None:
        """What the folded words mean, or None."""
        if words not in self._heard:
            every = (heard for heard in self._ways(words) if heard)
            self._heard[words] = max(every, key=lambda each: each.score, default=None)
        return self._heard[words]

    def group(self, words: Words) -> int | None:
        """The shared group that the words name."""
        telling_words = telling(" ".join(words))
        role = self._role(Kind.GROUP, telling_words) if telling_words else None
        return role.places[0] if role else None

    def whole(self, words: Words) -> Heard | None:
        """What has exactly this name, however long it is."""
        found = self.names.whole.get(every_word(" ".join(words)), [])
        found = [name for name in found if name.kind in _SPOKEN]
        if not found:
            return None
        kind = min(name.kind for name in found)
        places = tuple(dict.fromkeys(name.place for name in found if name.kind is kind))
        return self._understood((_Role(kind, SAME, places),), _Spotted())

    def one_name(self, words: Words) -> Heard | None:
        """The things with several words in one name; so `search engineer` may be a title."""
        rest = telling(" ".join(words))
        roles = [role for role in self._roles_of(rest) if role.fit > BEGINNINGS]
        if len(rest) < 2 or not roles:
            return None
        return self._understood((max(roles, key=lambda role: role.fit),), _Spotted())

    def _ways(self, words: Words) -> Iterator[Heard | None]:
        """Every way to understand the words, with or without one that refers to a level."""
        for spotted, others in self._spotted(words):
            rest = telling(" ".join(others))
            if not rest:
                if spotted.rungs:
                    yield Heard(spotted.rungs, None, SAME * 100, level=True)
            elif len(rest) <= _MOST_WORDS and all(map(self._beginning, rest)):
                for roles in self._readings(rest):
                    yield self._understood(roles, spotted)

    def _spotted(self, words: Words) -> Iterator[tuple[_Spotted, Words]]:
        yield _Spotted(), words
        count = 0
        for place, word in enumerate(words):
            spotted = self._referred(word)
            if spotted and count < _MOST_SPOTTED:
                count += 1
                yield spotted, words[:place] + words[place + 1 :]

    def _referred(self, word: str) -> _Spotted | None:
        if word == _NEXT:
            return _Spotted(self.following) if self.following else None
        if word in _ME:
            return _Spotted((self.own,), mine=True) if self.own is not None else None
        rungs = self._rungs_called(word)
        return _Spotted(rungs) if rungs else None

    def _readings(self, words: Words, kinds: frozenset[Kind] = frozenset()) -> Iterator[_Reading]:
        """Every way to part the words into stretches that stand for different kinds of things."""
        for end in range(1, len(words) + 1):
            for role in self._roles_of(words[:end]):
                if role.kind in kinds:
                    continue
                if end == len(words):
                    yield (role,)
                    continue
                for rest in self._readings(words[end:], kinds | {role.kind}):
                    yield (role, *rest)

    def _roles_of(self, words: Words) -> tuple[_Role, ...]:
        """The roles for which some name has all these words; there has to be a word."""
        if words not in self._roles:
            found = (self._role(kind, words) for kind in _SPOKEN)
            self._roles[words] = tuple(role for role in found if role)
        return self._roles[words]

    def _role(self, kind: Kind, words: Words) -> _Role | None:
        if found := self._all(kind, words, self.names.having):
            wanted = keys(words)
            same = [name for name in found if name.keys == wanted]
            exact = [name for name in same if name.raw == words]
            return _Role(kind, SAME if same else WORDS, _places(exact or same or found))
        found = self._all(kind, words, self._beginning)
        return _Role(kind, BEGINNINGS, _places(found)) if found else None

    def _all(self, kind: Kind, words: Words, having: Callable[[str], frozenset[int]]) -> list[Name]:
        """The names of that kind which have all the words."""
        left = self.names.of_kind[kind]
        for word in words:
            left &= having(word)
            if not left:
                return []
        return [self.names.names[number] for number in sorted(left)]

    def _understood(self, roles: _Reading, spotted: _Spotted) -> Heard | None:
        """What these roles mean together, or None where they contradict each other."""
        named = {role.kind: role.places for role in roles}
        rungs = spotted.rungs
        if titled := named.get(Kind.TITLE):
            rungs = titled if rungs is None else tuple(r for r in rungs if r in titled)
        level = rungs is not None
        if tracks := named.get(Kind.TRACK, ()):
            rungs = self._on_tracks(rungs, tracks, spotted)
        if rungs == ():
            return None
        competency = self._surest(named.get(Kind.COMPETENCY, ()), rungs)
        score = min(role.fit for role in roles) * 100 - len(roles) * 10
        score -= 5 * (spotted.rungs is not None)
        score += self._speaks(competency, rungs)
        return Heard(rungs, competency, score, tracks, level)

    def _on_tracks(self, rungs: Places | None, tracks: Places, spotted: _Spotted) -> Places:
        """The rungs there; for a track alone, or for mine, the asker's rung there, else all."""
        there = self.names.on_tracks(tracks)
        if rungs is not None:
            both = tuple(rung for rung in rungs if rung in there)
            if both or not spotted.mine:
                return both
        return self.same_rank(there) or there

    def same_rank(self, rungs: Places, own: int | None = None) -> Places:
        """Those of the rungs that are as high as the given one, or as the asker's own."""
        like = self.own if own is None else own
        if like is None:
            return ()
        rank = self.names.rungs[like][1].rank
        return tuple(rung for rung in rungs if self.names.rungs[rung][1].rank == rank)

    def _surest(self, competencies: Places, rungs: Places | None) -> int | None:
        """The first of the competencies that the rungs speak about, else the first."""
        speaking = (each for each in competencies if self._speaks(each, rungs))
        return next(speaking, next(iter(competencies), None))

    def _speaks(self, competency: int | None, rungs: Places | None) -> int:
        """1 where one of the rungs, or else the asker's, says or inherits something about it."""
        where = rungs if rungs is not None else () if self.own is None else (self.own,)
        return int(any((rung, competency) in self.names.spoken for rung in where))


def _places(found: list[Name]) -> Places:
    return tuple(dict.fromkeys(name.place for name in found))
