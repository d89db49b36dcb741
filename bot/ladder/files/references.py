"""What only shows once the whole ladder is read: references that lead nowhere or in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.ladder.files.yaml_reader import Place
from bot.ladder.model import Ladder, Level, Problem, Track

Places = Mapping[tuple[str, ...], Place]
_Rung = tuple[str, str]


def reference_problems(ladder: Ladder, places: Places) -> Iterator[Problem]:
    """Dangling or circular `inherits` and `next`, clashing shared ids, lost replacements."""
    for kind in ("inherits", "next"):
        yield from _dangling(ladder, places, kind)
        yield from _circles(ladder, places, kind)
    yield from _shared_ids_used_again(ladder, places)
    yield from _lost_replacements(ladder, places)


def _references(level: Level, kind: str) -> tuple[str, ...]:
    return level.inherits if kind == "inherits" else level.next


def _dangling(ladder: Ladder, places: Places, kind: str) -> Iterator[Problem]:
    for track in ladder.tracks:
        for level in track.levels:
            for reference in _references(level, kind):
                if ladder.rung(reference, track) is None:
                    file, line = places[track.id, level.id, kind, reference]
                    message = f"{level.id} says {kind}: {reference}, but there is no such level."
                    yield Problem(file, line, message, _likely(reference, track))


def _likely(reference: str, track: Track) -> str:
    levels = ", ".join(level.id for level in track.levels)
    if "/" in reference:
        return "Write it as track-id/level-id, with both as in their file."
    return f"This track has {levels}; write track-id/level-id for a level of another."


def _circles(ladder: Ladder, places: Places, kind: str) -> Iterator[Problem]:
    """One problem for each circle, at the level where the walk through the ladder closes it."""
    edges = _edges(ladder, kind)
    finished: set[_Rung] = set()
    for start in edges:
        yield from _walk(start, edges, finished, places, kind)


def _edges(ladder: Ladder, kind: str) -> dict[_Rung, list[_Rung]]:
    edges: dict[_Rung, list[_Rung]] = {}
    for track in ladder.tracks:
        for level in track.levels:
            rungs = (ladder.rung(name, track) for name in _references(level, kind))
            edges[track.id, level.id] = [(t.id, lv.id) for t, lv in filter(None, rungs)]
    return edges


def _walk(
    start: _Rung,
    edges: Mapping[_Rung, list[_Rung]],
    finished: set[_Rung],
    places: Places,
    kind: str,
) -> Iterator[Problem]:
    """Depth first without recursion, so that a ladder of any height is safe."""
    path: list[_Rung] = []
    pending: list[tuple[_Rung, bool]] = [(start, False)]
    while pending:
        rung, leaving = pending.pop()
        if leaving:
            path.pop()
            finished.add(rung)
        elif rung in path:
            file, line = places[path[-1]]
            names = " → ".join(level for _, level in [*path[path.index(rung) :], rung])
            yield Problem(
                file, line, f"{kind} goes round in a circle: {names}.", "Take one of them out."
            )
        elif rung not in finished:
            path.append(rung)
            pending.append((rung, True))
            pending.extend((to, False) for to in edges[rung])


def _shared_ids_used_again(ladder: Ladder, places: Places) -> Iterator[Problem]:
    groups = {s.id: group.id for group in ladder.shared for s in group.statements}
    for track in ladder.tracks:
        for level in track.levels:
            for expectation in level.expects:
                for statement in expectation.statements:
                    if groups.get(statement.id) in track.includes:
                        path = (track.id, level.id, expectation.competency.id, statement.id)
                        yield Problem(
                            *places[path],
                            f"The id {statement.id!r} is also in the shared group"
                            f" {groups[statement.id]!r}.",
                            "Give this statement an id of its own.",
                        )


def _lost_replacements(ladder: Ladder, places: Places) -> Iterator[Problem]:
    known = statement_ids(ladder) | {r.id for track in ladder.tracks for r in track.retired}
    for track in ladder.tracks:
        for retired in track.retired:
            for new_id in retired.replaced_by:
                if new_id not in known:
                    yield Problem(
                        *places[track.id, "retired", retired.id],
                        f"{retired.id!r} is replaced by {new_id!r}, which is nowhere.",
                        "Correct the id, or take it out of replaced_by.",
                        fatal=False,
                    )


def statement_ids(ladder: Ladder) -> set[str]:
    """Every statement id in use, shared ones too; retired ones are not."""
    own = {
        statement.id
        for track in ladder.tracks
        for level in track.levels
        for expectation in level.expects
        for statement in expectation.statements
    }
    return own | {s.id for group in ladder.shared for s in group.statements}
