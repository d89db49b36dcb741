"""The words on our own buttons: ids only, so that they mean one thing in every ladder."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ladder.asking.names import Names
from bot.ladder.model import Competency, Rung, Track

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


def place(rung: Rung, competency: Competency | None = None) -> str:
    """Words that lead to exactly this rung, or to the competency at it."""
    track, level = rung
    return " ".join([f"{track.id}/{level.id}", *([competency.id] if competency else [])])


def next_after(rung: Rung, competency: Competency | None = None) -> str:
    """Words for what comes after the rung."""
    return f"{NEXT} {place(rung, competency)}"


def compared(one: Rung, other: Rung, competency: Competency | None = None) -> str:
    """Words for the two side by side, in this order."""
    return f"{COMPARE} {place(one)} {place(other, competency)}"


def same_as(rung: Rung) -> str:
    """Words for the same rung on other tracks."""
    return f"{SAME} {place(rung)}"


def over_levels(track: Track, competency: Competency) -> str:
    """Words for the competency over all levels of the track."""
    return f"{ALL} {competency.id} {track.id}"
