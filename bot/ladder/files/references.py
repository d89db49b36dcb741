"""What only shows once the whole ladder is read: references that lead nowhere or in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from bot.ladder.files.yaml_reader import Place
from bot.ladder.model import Ladder, Level, Problem, Statement, Track
from bot.ladder.wording import short

Places = Mapping[tuple[str, ...], Place]
_Rung = tuple[str, str]
_Name = TypeVar("_Name")


def reference_problems(ladder: Ladder, places: Places) -> Iterator[Problem]:
    """References that dangle or go round in a circle, and ids that stand for two things."""
    for kind in ("inherits", "next"):
        yield from _rung_references(ladder, places, kind)
    yield from _ids_that_clash(ladder, places)
    yield from _lost_replacements(ladder, places)
    yield from _lost_competencies(ladder, places)


def nearest(places: Places, path: tuple[str, ...]) -> Place:
    """Where the thing with that path stands, or the nearest thing around it."""
    around = (places.get(path[:length]) for length in range(len(path), -1, -1))
    return next(filter(None, around), ("ladder.yaml", 1))


def named_statements(ladder: Ladder) -> Iterator[tuple[tuple[str, ...], Statement]]:
    """Every statement with the path to its list: (track, level, competency), or (shared, group)."""
    for group in ladder.shared:
        for statement in group.statements:
            yield ("shared", group.id), statement
    for track in ladder.tracks:
        for level in track.levels:
            for expectation in level.expects:
                for statement in expectation.statements:
                    yield (track.id, level.id, expectation.competency.id), statement


def statement_ids(ladder: Ladder) -> set[str]:
    """Every statement id in use, shared ones too; retired ones are not."""
    return {statement.id for _, statement in named_statements(ladder)}


def _references(level: Level, kind: str) -> tuple[str, ...]:
    return level.inherits if kind == "inherits" else level.next


def _rung_references(ladder: Ladder, places: Places, kind: str) -> Iterator[Problem]:
    """Those that lead nowhere, and one problem for each circle, where it closes."""
    rungs = {(t.id, lv.id.casefold()): (t.id, lv.id) for t in ladder.tracks for lv in t.levels}
    edges: dict[_Rung, list[_Rung]] = {}
    for track in ladder.tracks:
        for level in track.levels:
            leads_to = edges.setdefault((track.id, level.id), [])
            for reference in _references(level, kind):
                track_id, slash, level_id = reference.rpartition("/")
                rung = rungs.get((track_id if slash else track.id, level_id.casefold()))
                if rung:
                    leads_to.append(rung)
                    continue
                file, line = places[track.id, level.id, kind, reference]
                message = f"{level.id} says {kind}: {short(reference)}, but there is no such level."
                yield Problem(file, line, message, _likely(reference, track))
    for circle in _circles(edges):
        names = " → ".join(level for _, level in [*circle, circle[0]])
        message = f"{kind} goes round in a circle: {short(names)}."
        yield Problem(*places[circle[-1]], message, "Take one of them out.")


def _likely(reference: str, track: Track) -> str:
    levels = ", ".join(level.id for level in track.levels[:20])
    if "/" in reference:
        return "Write it as track-id/level-id, with both as in their file."
    return f"This track has {levels}; write track-id/level-id for a level of another."


def _circles(edges: Mapping[_Name, Sequence[_Name]]) -> Iterator[list[_Name]]:
    """Each circle once; depth first without recursion, so that a ladder of any height is safe."""
    finished: set[_Name] = set()
    for start in edges:
        path: dict[_Name, None] = {}
        pending = [(start, False)]
        while pending:
            name, leaving = pending.pop()
            if leaving:
                path.popitem()
                finished.add(name)
            elif name in path:
                walked = list(path)
                yield walked[walked.index(name) :]
            elif name not in finished:
                path[name] = None
                pending.append((name, True))
                pending.extend((to, False) for to in edges.get(name, ()))


def _ids_that_clash(ladder: Ladder, places: Places) -> Iterator[Problem]:
    """An id in use that is retired, or that says something else in another track or group."""
    retired = {each.id: track.id for track in ladder.tracks for each in track.retired}
    groups = {s.id: group.id for group in ladder.shared for s in group.statements}
    includes = {track.id: track.includes for track in ladder.tracks}
    first: dict[str, tuple[tuple[str, ...], Statement]] = {}
    for path, statement in named_statements(ladder):
        where = (*path, statement.id)
        if statement.id in retired:
            file, line = nearest(places, (retired[statement.id], "retired", statement.id))
            message = f"The id {statement.id!r} is retired ({file}, line {line})."
            remedy = "Retired ids are never used again: give this statement a new id."
            yield Problem(*places[where], message, remedy)
        elif len(path) > 2 and groups.get(statement.id) in includes[path[0]]:
            message = (
                f"The id {statement.id!r} is also in the shared group {groups[statement.id]!r}."
            )
            yield Problem(*places[where], message, "Give this statement an id of its own.")
        else:
            other, same = first.setdefault(statement.id, (path, statement))
            if same.text.split() != statement.text.split():
                file, line = places[(*other, statement.id)]
                message = f"The id {statement.id!r} says something else in {file}, line {line}."
                remedy = "Give this one an id of its own, or the same words as there."
                yield Problem(*places[where], message, remedy, fatal=False)


def _lost_replacements(ladder: Ladder, places: Places) -> Iterator[Problem]:
    edges = {r.id: r.replaced_by for track in ladder.tracks for r in track.retired}
    known = statement_ids(ladder) | edges.keys()
    where = {r.id: (t.id, "retired", r.id) for t in ladder.tracks for r in t.retired}
    for retired_id, replaced_by in edges.items():
        for new_id in replaced_by:
            if new_id not in known:
                yield _leads_nowhere(places[where[retired_id]], retired_id, new_id, fatal=False)
    for circle in _circles(edges):
        yield _replaced_in_a_circle(places[where[circle[-1]]], circle)


def _lost_competencies(ladder: Ladder, places: Places) -> Iterator[Problem]:
    edges = {each.id: each.replaced_by for each in ladder.retired}
    known = edges.keys() | {each.id for each in ladder.competencies}
    for retired_id, replaced_by in edges.items():
        for new_id in replaced_by:
            if new_id not in known:
                place = places["competencies", "retired", retired_id]
                yield _leads_nowhere(place, retired_id, new_id, fatal=True)
    for circle in _circles(edges):
        yield _replaced_in_a_circle(places["competencies", "retired", circle[-1]], circle)


def _leads_nowhere(place: Place, retired_id: str, new_id: str, *, fatal: bool) -> Problem:
    message = f"{retired_id!r} is replaced by {short(new_id)!r}, which is nowhere."
    return Problem(*place, message, "Correct the id, or take it out of replaced_by.", fatal)


def _replaced_in_a_circle(place: Place, circle: Sequence[str]) -> Problem:
    names = " → ".join([*circle, circle[0]])
    message = f"replaced_by goes round in a circle: {short(names)}."
    return Problem(*place, message, "Name what is used today.")
