"""A ladder after somebody edited it: reworded, renamed, retired; and the bot that serves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.ladder.living import Served
from bot.ladder.model import (
    Competency,
    Expectation,
    Ladder,
    Level,
    Retired,
    RetiredCompetency,
    Statement,
    Track,
)
from tests.bench import Bench


def serve(bench: Bench, ladder: Ladder) -> None:
    """Puts another ladder into service, as a reload does."""
    bench.bot.living.served = Served(ladder, bench.bot.now())


def reworded(ladder: Ladder, competency_id: str, text: str, version: str) -> Ladder:
    """Every statement of the competency gets the text in front of its own."""

    def anew(expectation: Expectation) -> Expectation:
        if expectation.competency.id != competency_id:
            return expectation
        said = tuple(replace(s, text=f"{text} {s.text}") for s in expectation.statements)
        return replace(expectation, statements=said)

    changed = each_level(
        ladder, lambda level: replace(level, expects=tuple(map(anew, level.expects)))
    )
    return replace(changed, version=version)


def renamed(ladder: Ladder, competency_id: str, name: str) -> Ladder:
    """The competency goes by another name everywhere."""

    def anew(competency: Competency) -> Competency:
        return replace(competency, name=name) if competency.id == competency_id else competency

    def page(level: Level) -> Level:
        expects = tuple(replace(e, competency=anew(e.competency)) for e in level.expects)
        return replace(level, expects=expects)

    return each_level(replace(ladder, competencies=tuple(map(anew, ladder.competencies))), page)


def retired(ladder: Ladder, competency_id: str, *replaced_by: str, tell: bool = True) -> Ladder:
    """The competency is gone, with a line that says what took over, or (not `tell`) without."""
    old = ladder.competency(competency_id)
    line = RetiredCompetency(competency_id, old.name if old else "", "1", replaced_by)
    left = tuple(c for c in ladder.competencies if c.id != competency_id)

    def page(level: Level) -> Level:
        expects = tuple(e for e in level.expects if e.competency.id != competency_id)
        return replace(level, expects=expects)

    lines = (*ladder.retired, line) if tell else ladder.retired
    return each_level(replace(ladder, competencies=left, retired=lines), page)


def statement_replaced(ladder: Ladder, track_id: str, old: str, *new: str) -> Ladder:
    """The statement is retired, and new ones stand in its place."""

    def track(each: Track) -> Track:
        if each.id != track_id:
            return each
        line = Retired(old, "was", "c", "L", replaced_by=new)
        return replace(each, retired=(*each.retired, line))

    def anew(expectation: Expectation) -> Expectation:
        if all(s.id != old for s in expectation.statements):
            return expectation
        kept = [s for s in expectation.statements if s.id != old]
        said = (*kept, *(Statement(each, f"The words of {each}.") for each in new))
        return replace(expectation, statements=said)

    changed = each_level(
        ladder, lambda level: replace(level, expects=tuple(map(anew, level.expects)))
    )
    return replace(changed, tracks=tuple(map(track, changed.tracks)))


def each_level(ladder: Ladder, change: Callable[[Level], Level]) -> Ladder:
    """Every level of every track, changed."""
    tracks = (replace(t, levels=tuple(map(change, t.levels))) for t in ladder.tracks)
    return replace(ladder, tracks=tuple(tracks))
