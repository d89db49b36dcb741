"""Which rungs and which competency some words mean, in whatever order they come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise, permutations, product
from typing import TypeVar

from bot.ladder.asking.matching import SAME, fit, words_of
from bot.ladder.model import Competency, Ladder, Level, Track
from bot.ladder.wording import fold

Rung = tuple[Track, Level]
Words = tuple[str, ...]
_T = TypeVar("_T")

_LEVEL_WORD = re.compile(r"(?P<letters>[a-z]{0,3})-?(?P<number>\d{1,2}(?:\.\d{1,2})*)")
_ANY_LETTERS = frozenset(["", "l"])
_ME = frozenset(["me", "mine"])
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood; `rungs` is None when no level was named. A greater score is surer."""

    rungs: tuple[Rung, ...] | None
    competency: Competency | None
    score: int = 0


@dataclass(frozen=True, slots=True)
class _Role:
    """What one stretch of words may stand for, and how well it fits that."""

    fit: int
    competency: Competency | None = None
    titled: tuple[Rung, ...] | None = None
    track: Track | None = None


def hear(
    ladder: Ladder, own: Rung | None, following: tuple[Rung, ...], words: Words
) -> Heard | None:
    """What the folded words mean, or None; `following` is what `next` stands for."""
    spotted, others = _spotted(ladder, own, following, words)
    rest = words_of(" ".join(others))
    if not rest:
        return Heard(spotted, None, SAME * 100) if spotted else None
    if len(rest) > _MOST_WORDS:
        return None
    heard = (_understood(roles, spotted, own) for roles in _readings(ladder, rest))
    return max(filter(None, heard), key=lambda each: each.score, default=None)


def _spotted(
    ladder: Ladder, own: Rung | None, following: tuple[Rung, ...], words: Words
) -> tuple[tuple[Rung, ...] | None, Words]:
    """The rungs that the first telling word stands for alone, and the other words."""
    for place, word in enumerate(words):
        if word == "next":
            rungs = following
        elif word in _ME or words == ("my",):
            rungs = (own,) if own else ()
        else:
            rungs = tuple(_referred(ladder, word))
        if rungs:
            return rungs, words[:place] + words[place + 1 :]
    return None, words


def _all_rungs(ladder: Ladder) -> Iterator[Rung]:
    return ((track, level) for track in ladder.tracks for level in track.levels)


def _referred(ladder: Ladder, word: str) -> list[Rung]:
    """The rungs called `track/L4`, `l4`, `4` or, where nothing is called L4.2, `l4.2`."""
    exact = [
        (track, level)
        for track, level in _all_rungs(ladder)
        if word in (fold(level.id), fold(f"{track.id}/{level.id}"))
    ]
    return exact or _numbered(ladder, word)


def _numbered(ladder: Ladder, word: str) -> list[Rung]:
    typed = _LEVEL_WORD.fullmatch(word)
    if not typed:
        return []
    parts = [(rung, _LEVEL_WORD.fullmatch(fold(rung[1].id))) for rung in _all_rungs(ladder)]
    known = [
        (rung, part["number"])
        for rung, part in parts
        if part and (typed["letters"] in _ANY_LETTERS or typed["letters"] == part["letters"])
    ]
    number = typed["number"]
    while number:
        if same := [rung for rung, its_number in known if its_number == number]:
            return same
        number = number.rpartition(".")[0]
    return [rung for rung, its_number in known if its_number.startswith(f"{typed['number']}.")]


def _readings(ladder: Ladder, words: Words) -> Iterator[tuple[_Role, ...]]:
    """Every way to part the words into stretches that each stand for something different."""

    @cache
    def roles(kind: int, first: int, end: int) -> list[_Role]:
        return _FINDERS[kind](ladder, words[first:end])

    for count in range(1, len(_FINDERS) + 1):
        for cuts in combinations(range(1, len(words)), count - 1):
            stretches = list(pairwise((0, *cuts, len(words))))
            for kinds in permutations(range(len(_FINDERS)), count):
                pairs = zip(kinds, stretches, strict=True)
                yield from product(*(roles(kind, *stretch) for kind, stretch in pairs))


def _competencies(ladder: Ladder, words: Words) -> list[_Role]:
    fits = [(fit(words, (each.id, each.name, *each.aliases)), each) for each in ladder.competencies]
    return [_Role(how_well, competency=each) for how_well, each in _best(fits)]


def _tracks(ladder: Ladder, words: Words) -> list[_Role]:
    fits = [(fit(words, (each.id, each.name)), each) for each in ladder.tracks]
    return [_Role(how_well, track=each) for how_well, each in _best(fits)]


def _titles(ladder: Ladder, words: Words) -> list[_Role]:
    best = _best([(fit(words, (rung[1].title,)), rung) for rung in _all_rungs(ladder)])
    return [_Role(best[0][0], titled=tuple(rung for _, rung in best))] if best else []


# Between readings that fit equally well the earlier wins: a competency, then a track, then a title.
_FINDERS: tuple[Callable[[Ladder, Words], list[_Role]], ...] = (_competencies, _tracks, _titles)


def _best(fits: Iterable[tuple[int, _T]]) -> list[tuple[int, _T]]:
    candidates = list(fits)
    most = max((how_well for how_well, _ in candidates), default=0)
    return [each for each in candidates if most and each[0] == most]


def _understood(
    roles: tuple[_Role, ...], spotted: tuple[Rung, ...] | None, own: Rung | None
) -> Heard | None:
    """What these roles mean together, or None where they contradict each other."""
    rungs = spotted
    competency = None
    for role in sorted(roles, key=lambda each: each.track is not None):
        competency = role.competency or competency
        if role.titled is not None:
            rungs = _both(rungs, role.titled)
        if role.track:
            rungs = _on_track(rungs, role.track, own)
    if rungs == ():
        return None
    fits = min(role.fit for role in roles) * 100 - len(roles) * 10
    return Heard(rungs, competency, fits + _speaks(rungs or (own,), competency))


def _both(rungs: tuple[Rung, ...] | None, titled: tuple[Rung, ...]) -> tuple[Rung, ...]:
    if rungs is None:
        return titled
    return tuple(rung for rung in titled if _place(rung) in {_place(each) for each in rungs})


def _on_track(rungs: tuple[Rung, ...] | None, track: Track, own: Rung | None) -> tuple[Rung, ...]:
    """The rungs on that track; for a track alone, the asker's rung there, else all of it."""
    if rungs is not None:
        return tuple(rung for rung in rungs if rung[0].id == track.id)
    same = [level for level in track.levels if own and level.rank == own[1].rank]
    return tuple((track, level) for level in same or track.levels)


def _speaks(rungs: Iterable[Rung | None], competency: Competency | None) -> int:
    """1 where one of the rungs has something to say about the competency."""
    if competency is None:
        return 0
    return int(any(rung and rung[1].expectation(competency.id) for rung in rungs))


def _place(rung: Rung) -> tuple[str, str]:
    return rung[0].id, rung[1].id
