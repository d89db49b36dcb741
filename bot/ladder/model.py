"""What a career ladder is made of: frozen values and the pure questions that they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a person at a level does; `id` is given once and outlives rewording."""

    id: str
    text: str
    placeholder: bool = False


@dataclass(frozen=True, slots=True)
class Competency:
    """A strand of the work that every level speaks about; `id` never changes, `name` may."""

    id: str
    name: str
    emoji: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name as people see it, with its emoji in front."""
        return f"{self.emoji} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one level expects in one competency; `competency` carries the name used on that page."""

    competency: Competency
    statements: tuple[Statement, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """One rung; `attributes` maps the attribute's shown name to its value, in the shown order."""

    id: str
    title: str
    rank: int
    summary: str = ""
    attributes: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False)
    expects: tuple[Expectation, ...] = ()
    examples: tuple[str, ...] = ()
    inherits: tuple[str, ...] = ()
    next: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Id and title together, as buttons and menus show them."""
        return f"{self.id}: {self.title}"

    def expectation(self, competency_id: str) -> Expectation | None:
        """What this level expects in the competency, or None where the ladder is silent."""
        return next((e for e in self.expects if e.competency.id == competency_id), None)


@dataclass(frozen=True, slots=True)
class SharedStatements:
    """Statements written once for every track that includes this group."""

    id: str
    name: str
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Maturity:
    """A word for how far somebody is within a level; `meaning` is empty where nobody wrote it."""

    name: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class RetiredCompetency:
    """A competency that the ladder no longer has; entries under it count for `replaced_by`."""

    id: str
    was: str
    until: str = ""
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Retired:
    """A statement that is no longer expected; its id is never used again.

    `until` is the last ladder version that had it; `replaced_by` names the ids that took over.
    """

    id: str
    was: str
    competency: str
    level: str
    until: str = ""
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """A career path; `levels` stand in the file's order, lowest first, and are never sorted."""

    id: str
    name: str
    kind: str = "ic"
    levels: tuple[Level, ...] = ()
    includes: tuple[str, ...] = ()
    retired: tuple[Retired, ...] = ()

    def level(self, level_id: str) -> Level | None:
        """The level with that id, whatever its capitals."""
        wanted = level_id.casefold()
        return next((lv for lv in self.levels if lv.id.casefold() == wanted), None)

    def below(self, level: Level) -> Level | None:
        """The level before this one in the track's list."""
        number = self.levels.index(level)
        return self.levels[number - 1] if number else None

    def above(self, level: Level) -> Level | None:
        """The level after this one in the track's list."""
        return next(iter(self.levels[self.levels.index(level) + 1 :]), None)


Rung = tuple[Track, Level]
"""A level with the track that it stands on."""


def full_name(rung: Rung) -> str:
    """Track, id and title: `Security Operations L4: Technical Lead`."""
    return f"{rung[0].name} {rung[1].label}"


@dataclass(frozen=True, slots=True)
class Ladder:
    """Everything that was read from one ladder directory, checked and joined up.

    `attributes` maps an attribute's id in the files to the name that people see.
    """

    id: str
    name: str
    version: str
    competencies: tuple[Competency, ...] = ()
    tracks: tuple[Track, ...] = ()
    maturity: tuple[Maturity, ...] = ()
    effective: str = ""
    attributes: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False)
    shared: tuple[SharedStatements, ...] = ()
    retired: tuple[RetiredCompetency, ...] = ()

    def track(self, track_id: str) -> Track | None:
        """The track with that id."""
        return next((t for t in self.tracks if t.id == track_id), None)

    def competency(self, competency_id: str) -> Competency | None:
        """The competency with that id, under the ladder's own name for it."""
        return next((c for c in self.competencies if c.id == competency_id), None)

    def rung(self, track_id: str, level_id: str) -> Rung | None:
        """The rung with these ids, whatever the capitals of the level's."""
        track = self.track(track_id)
        level = track.level(level_id) if track else None
        return (track, level) if track and level else None

    def referred(self, reference: str, within: Track) -> Rung | None:
        """The rung that `L4`, read inside a track, or `other-track/L4` points at."""
        track_id, slash, level_id = reference.rpartition("/")
        return self.rung(track_id if slash else within.id, level_id)

    def following(self, track: Track, level: Level) -> tuple[Rung, ...]:
        """The rungs named by `next`, each once, else simply the next one of the track."""
        if not level.next:
            above = track.above(level)
            return ((track, above),) if above else ()
        named = filter(None, (self.referred(each, track) for each in level.next))
        return tuple({(rung[0].id, rung[1].id): rung for rung in named}.values())

    def inherited(self, track: Track, level: Level) -> tuple[Rung, ...]:
        """The rungs whose expectations count here too, nearest first, each once."""
        found: dict[tuple[str, str], Rung] = {}
        waiting = [(track, level)]
        while waiting:
            where, rung = waiting.pop(0)
            for reference in rung.inherits:
                named = self.referred(reference, where)
                if named and (named[0].id, named[1].id) not in found:
                    found[named[0].id, named[1].id] = named
                    waiting.append(named)
        return tuple(found.values())

    def included(self, track: Track) -> tuple[SharedStatements, ...]:
        """The shared groups that count for every level of the track."""
        return tuple(group for group in self.shared if group.id in track.includes)

    def competencies_at(self, track: Track, level: Level) -> tuple[Competency, ...]:
        """Everything this level is about: its own competencies, then those it inherits."""
        rungs = [(track, level), *self.inherited(track, level)]
        found: dict[str, Competency] = {}
        for _, rung in rungs:
            for expectation in rung.expects:
                found.setdefault(expectation.competency.id, expectation.competency)
        return tuple(found.values())

    def current(self, competency_id: str) -> Competency | None:
        """The competency under which something logged under that id counts today, if any."""
        gone = {each.id: each.replaced_by for each in self.retired}
        waiting, seen = [competency_id], set[str]()
        while waiting:
            wanted = waiting.pop(0)
            if found := self.competency(wanted):
                return found
            if wanted not in seen:
                seen.add(wanted)
                waiting += gone.get(wanted, ())
        return None


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a hand-written file: where it is, what is wrong and what to do."""

    file: str
    line: int
    message: str
    remedy: str = field(default="", compare=False)
    fatal: bool = field(default=True, compare=False)

    def __str__(self) -> str:
        """`file:line: message. remedy`, the form editors and CI logs can follow."""
        return f"{self.file}:{self.line}: {self.message} {self.remedy}".rstrip()
