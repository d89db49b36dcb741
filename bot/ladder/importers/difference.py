"""What one ladder says that another does not, told by ids: the way to look over an import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from bot.ladder.files.parts import UNNAMED
from bot.ladder.model import Ladder, Level, Statement, Track


class Change(Enum):
    """What happened to a statement."""

    NEW = "new"
    REWORDED = "reworded"
    MOVED = "moved"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class StatementChange:
    """One statement's change; `was` is its old text, `origin` the place that it came from."""

    change: Change
    id: str
    competency: str
    text: str
    was: str = ""
    origin: str = ""
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactChange:
    """Something with a name that has another value now; empty where there was or is none."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class LevelDifference:
    """What changed at one level."""

    id: str
    title: str
    new: bool = False
    facts: tuple[FactChange, ...] = ()
    statements: tuple[StatementChange, ...] = ()

    def count(self, change: Change) -> int:
        """How many statements changed in this way."""
        return sum(each.change is change for each in self.statements)


@dataclass(frozen=True, slots=True)
class TrackDifference:
    """What changed in one track; `gone` are levels that it no longer has."""

    id: str
    name: str
    new: bool = False
    facts: tuple[FactChange, ...] = ()
    levels: tuple[LevelDifference, ...] = ()
    gone: tuple[str, ...] = ()

    def reworded(self) -> Iterator[tuple[LevelDifference, StatementChange]]:
        """The statements that kept their id under other words, each with its level."""
        for level in self.levels:
            for statement in level.statements:
                if statement.was and statement.change in {Change.REWORDED, Change.MOVED}:
                    yield level, statement


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two ladders; false when nothing did."""

    competencies: tuple[str, ...] = ()
    facts: tuple[FactChange, ...] = ()
    tracks: tuple[TrackDifference, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.competencies or self.facts or self.tracks)

    def count(self, change: Change) -> int:
        """How many statements changed in this way."""
        return sum(level.count(change) for track in self.tracks for level in track.levels)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A statement with where it stands."""

    level: str
    competency: str
    competency_id: str
    statement: Statement


def difference(before: Ladder | None, after: Ladder) -> Difference:
    """What is new, changed or retired in `after`; a statement is known again by its id."""
    known = {each.id for each in before.competencies} if before else set()
    tracks = (_track(before.track(t.id) if before else None, t) for t in after.tracks)
    return Difference(
        competencies=tuple(c.label for c in after.competencies if c.id not in known),
        facts=tuple(_competency_facts(before, after)) if before else (),
        tracks=tuple(track for track in tracks if track),
    )


def _competency_facts(before: Ladder, after: Ladder) -> Iterator[FactChange]:
    for old in before.competencies:
        new = after.competency(old.id)
        if new is None:
            yield FactChange(old.label, old.id, "")
        elif new.label != old.label:
            yield FactChange(old.id, old.label, new.label)
        elif new.aliases != old.aliases:
            yield FactChange(f"{old.label}, also called", _list(old.aliases), _list(new.aliases))


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def _track(before: Track | None, after: Track) -> TrackDifference | None:
    if before == after:
        return None
    old = _standings(before) if before else {}
    new = _standings(after)
    levels = [_level(before.level(lv.id) if before else None, lv, old, new) for lv in after.levels]
    gone = [_gone(level, after, old, new) for level in (before.levels if before else ())]
    changed = _with_retired([level for level in levels if level], gone)
    return TrackDifference(
        id=after.id,
        name=after.name,
        new=before is None,
        facts=tuple(_facts({"Name": before.name}, {"Name": after.name})) if before else (),
        levels=changed,
        gone=tuple(lv.id for lv in (before.levels if before else ()) if not after.level(lv.id)),
    )


def _standings(track: Track) -> dict[str, _Standing]:
    return {
        statement.id: _Standing(
            level.id, expectation.competency.name, expectation.competency.id, statement
        )
        for level in track.levels
        for expectation in level.expects
        for statement in expectation.statements
        if not statement.id.startswith(UNNAMED)
    }


def _level(
    before: Level | None,
    after: Level,
    old: Mapping[str, _Standing],
    new: Mapping[str, _Standing],
) -> LevelDifference | None:
    here = (standing for standing in new.values() if standing.level == after.id)
    statements = tuple(filter(None, (_change(old.get(s.statement.id), s) for s in here)))
    facts = tuple(_facts(_facts_of(before), _facts_of(after))) if before else ()
    if before and not facts and not statements:
        return None
    return LevelDifference(after.id, after.title, before is None, facts, statements)


def _change(before: _Standing | None, after: _Standing) -> StatementChange | None:
    own = after.statement
    if before is None:
        return StatementChange(Change.NEW, own.id, after.competency, own.text)
    was = before.statement.text if before.statement.text != own.text else ""
    if (before.level, before.competency_id) != (after.level, after.competency_id):
        origin = f"{before.level} {before.competency}"
        return StatementChange(Change.MOVED, own.id, after.competency, own.text, was, origin)
    if was:
        return StatementChange(Change.REWORDED, own.id, after.competency, own.text, was)
    return None


def _gone(
    level: Level, after: Track, old: Mapping[str, _Standing], new: Mapping[str, _Standing]
) -> LevelDifference:
    """The statements of the level that the track no longer has."""
    followed = {each.id: each.replaced_by for each in after.retired}
    gone = (s for s in old.values() if s.level == level.id and s.statement.id not in new)
    statements = tuple(
        StatementChange(
            Change.RETIRED,
            standing.statement.id,
            standing.competency,
            standing.statement.text,
            replaced_by=followed.get(standing.statement.id, ()),
        )
        for standing in gone
    )
    return LevelDifference(level.id, level.title, statements=statements)


def _with_retired(
    changed: list[LevelDifference], gone: list[LevelDifference]
) -> tuple[LevelDifference, ...]:
    """The levels' changes with what was retired at each of them last."""
    retired = {level.id: level for level in gone if level.statements}
    joined = []
    for level in changed:
        own = retired.pop(level.id, None)
        statements = level.statements + (own.statements if own else ())
        joined.append(LevelDifference(level.id, level.title, level.new, level.facts, statements))
    return (*joined, *retired.values())


def _facts_of(level: Level) -> dict[str, str]:
    """Everything of a level but its statements, by the name that people know it under."""
    competencies = ", ".join(e.competency.label for e in level.expects)
    examples = {f"{e.competency.name}, examples": "\n".join(e.examples) for e in level.expects}
    about = {f"{e.competency.name}, description": e.competency.description for e in level.expects}
    return {
        "Title": level.title,
        "Summary": level.summary,
        **dict(level.attributes),
        "Competencies": competencies,
        **about,
        **examples,
        "Examples": "\n".join(level.examples),
    }


def _facts(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[FactChange]:
    for name in {**before, **after}:
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            yield FactChange(name, was, now)
