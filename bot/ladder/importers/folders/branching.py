"""The levels of one folder dealt into tracks: one path, or several where it branches.

A folder in which no level comes twice is one track. Where two pages are the same level, people
of two kinds of work, or on two ways up, share the folder. Then:

- Pages about the same work belong together. What the work is, is the title without the words
  for rank: “Senior Security Analyst” and “Lead Security Analyst” are both “Security Analyst”.
- A level that comes twice makes each of its pages, with the others about the same work, a track
  of its own; two pages of one level about the same work (a lead and a staff engineer) are a track
  each, named by their titles.
- The levels that nobody has twice and that fit no such track stay together in the folder's own
  track, and lead on to the branches.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.ladder.importers.folders.recognising import LevelPage
from bot.ladder.importers.report import ImportedLevel
from bot.ladder.model import Problem

_RANK_WORDS = re.compile(
    r"\b(?:junior|jr|senior|snr|sr|lead|leading|principal|staff|distinguished|fellow|graduate|grad"
    r"|associate|assistant|intern|trainee|apprentice|mid|middle|entry|chief|head|technical lead"
    r"|tech lead|team lead|of|level|i{1,3}|iv|v|vi)\b",
    re.IGNORECASE,
)
_TECHNICAL_LEAD = re.compile(r"\b(?:technical|tech|team)\s+lead(?:er)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rung:
    """A level with the page that it stands on."""

    level: ImportedLevel
    page: LevelPage

    @property
    def key(self) -> str:
        """The level's id, whatever its capitals."""
        return self.level.id.casefold()


@dataclass
class Branch:
    """A track to be; without a name it is the folder's own."""

    name: str = ""
    rungs: list[Rung] = field(default_factory=list)


def in_order(rungs: Sequence[Rung]) -> list[Rung]:
    """The rungs by the numbers in their ids, lowest first: L1.0 before L1 before L1.1."""
    return sorted(rungs, key=lambda rung: (_height(rung), rung.key))


def branches(rungs: Sequence[Rung]) -> list[Branch] | Problem:
    """The tracks of one folder, its own first; two pages that nothing tells apart are a problem."""
    twice = [group for group in _by(rungs, "key").values() if len(group) > 1]
    if not twice:
        return [Branch(rungs=in_order(rungs))]
    for group in twice:
        if problem := _same_twice(group):
            return problem
    return _branched(rungs, twice)


def onward(rung: Rung, branch: Branch, tracks: Sequence[tuple[str, Branch]]) -> tuple[str, ...]:
    """Where the path of a folder goes on above a level, where that is not just its own track.

    The tracks are those of the folder with their ids, the folder's own one (without a name)
    first. From that one the way leads to the branches that begin before its next level; from the
    top of a branch it leads back.
    """
    if len(tracks) < 2 or tracks[0][1].name:
        return ()
    (own_id, own), *others = tracks
    above = next((each for each in own.rungs if _height(each) > _height(rung)), None)
    if branch is not own:
        return (f"{own_id}/{above.level.id}",) if above and rung is branch.rungs[-1] else ()
    return tuple(
        f"{track_id}/{other.rungs[0].level.id}"
        for track_id, other in others
        if _height(rung) < _height(other.rungs[0])
        and (above is None or _height(other.rungs[0]) < _height(above))
    )


def _branched(rungs: Sequence[Rung], twice: Sequence[Sequence[Rung]]) -> list[Branch]:
    works = {_work(rung) for group in twice for rung in group}
    own = Branch(rungs=[rung for rung in rungs if _work(rung) not in works])
    found = []
    for work in sorted(works):
        together = [rung for rung in rungs if _work(rung) == work]
        clashing = [r for group in _by(together, "key").values() if len(group) > 1 for r in group]
        found += [Branch(rung.level.title, [rung]) for rung in clashing]
        rest = [rung for rung in together if rung not in clashing]
        if clashing:
            own.rungs += rest
        elif rest:
            found.append(_named(in_order(rest)))
    for group in [each for each in _by(own.rungs, "key").values() if len(each) > 1]:
        found += [Branch(rung.level.title, [rung]) for rung in group]
        own.rungs = [rung for rung in own.rungs if rung not in group]
    own.rungs = in_order(own.rungs)
    return [own, *found] if own.rungs else found


def _named(rungs: list[Rung]) -> Branch:
    """A branch of several levels is named by their work, one of a single level by its title."""
    name = rungs[0].level.title if len(rungs) == 1 else _work_as_written(rungs[-1])
    return Branch(name, rungs)


def _same_twice(group: Sequence[Rung]) -> Problem | None:
    for one, other in ((a, b) for place, a in enumerate(group) for b in group[place + 1 :]):
        if one.level.title.casefold() == other.level.title.casefold():
            return Problem(
                other.page.report.file,
                other.level.line,
                f"{other.level.id}: {other.level.title} is also in {one.page.path.name}.",
                "Keep one of the two, or give them different titles.",
            )
    return None


def _work(rung: Rung) -> str:
    return _work_as_written(rung).casefold()


def _work_as_written(rung: Rung) -> str:
    title = _TECHNICAL_LEAD.sub(" ", rung.level.title)
    work = " ".join(_RANK_WORDS.sub(" ", title).split()).strip(" ,-–—:()/")
    return work or rung.level.title


def _by(rungs: Sequence[Rung], attribute: str) -> dict[str, list[Rung]]:
    groups: dict[str, list[Rung]] = {}
    for rung in rungs:
        groups.setdefault(getattr(rung, attribute), []).append(rung)
    return groups


def _height(rung: Rung) -> tuple[float, ...]:
    """The numbers in the level's id; a bare one counts as between its `.0` and its `.1`."""
    numbers = [float(number) for number in re.findall(r"\d+", rung.level.id)]
    return tuple([*numbers, 0.5] if len(numbers) == 1 else numbers)
