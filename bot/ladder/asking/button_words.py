"""The words on our own buttons: ids only, so that they mean one thing in every ladder."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ladder.asking.names import Names
from bot.ladder.model import Competency, Track

ALL, COMPARE, NEXT, SAME = "all", "compare", "next", "same"
_RUNGS = {"": 1, ALL: 0, COMPARE: 2, NEXT: 1, SAME: 1}


@dataclass(frozen=True, slots=True)
class Exact:
    """A question in ids; `rungs` are places in `Names`, in the order in which they were named."""

    verb: str
    rungs: tuple[int, ...]
    competency: Competency | None = None
    track: Track | None = None


def exact(names: Names, text: str) -> Exact | None:
    """The question, where the text is `track/level`, then perhaps a competency's id, or the like.

    `next`, `compare` (two rungs) or `same` may stand in front, and `all` with the ids of a
    competency and a track.
    """
    words = text.split()
    verb = words.pop(0) if words and words[0] in _RUNGS else ""
    count = _RUNGS[verb]
    rungs = tuple(names.by_place[word] for word in words[:count] if word in names.by_place)
    if len(rungs) != count or len(words) < count:
        return None
    rest = words[count:]
    competency = names.ladder.competency(rest.pop(0)) if rest else None
    if verb == ALL:
        track = names.ladder.track(rest[0]) if len(rest) == 1 else None
        return Exact(verb, rungs, competency, track) if competency and track else None
    if rest or (competency is None and len(words) > count):
        return None
    return Exact(verb, rungs, competency)


def rung_words(names: Names, rung: int, competency: Competency | None = None) -> str:
    """Words that lead to exactly this rung, whoever types them."""
    track, level = names.rungs[rung]
    place = f"{track.id}/{level.id}"
    return f"{place} {competency.id}" if competency else place
