"""An imported level joined into a ladder: who is who, and which ids live on."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from bot.ladder.files.parts import rank_in
from bot.ladder.files.references import statement_ids
from bot.ladder.importers.report import Finding, ImportedCompetency, ImportedLevel
from bot.ladder.model import (
    Competency,
    Expectation,
    Ladder,
    Level,
    Retired,
    Statement,
    Track,
)
from bot.ladder.wording import is_placeholder, name_from_id, name_slug, statement_slug, unique

_CLOSE = 0.75


def with_track(ladder: Ladder, track_id: str, name: str | None) -> Ladder:
    """The ladder with that track in it, empty when it is new, renamed when a name is given."""
    track = ladder.track(track_id)
    if track is None:
        track = Track(track_id, name or name_from_id(track_id))
    return _put_track(ladder, replace(track, name=name or track.name))


def merge_level(ladder: Ladder, track_id: str, page: ImportedLevel) -> tuple[Ladder, list[Finding]]:
    """The ladder with the page's level in that track, and what its owner should know.

    A competency is recognised by its id, any name it has on some level, or an alias, whatever
    the capitals; names that differ by more stay apart. A statement keeps its id where the same
    level and competency had the same text; an id that is no longer used is retired.
    """
    track = next(each for each in ladder.tracks if each.id == track_id)
    before = track.level(page.id)
    ladder = _with_attributes(ladder, page)
    ladder, competencies, notes = _with_competencies(ladder, page)
    taken = statement_ids(ladder) | {r.id for each in ladder.tracks for r in each.retired}
    expects = tuple(
        _expectation(competency, section, before, taken)
        for competency, section in zip(competencies, page.competencies, strict=True)
    )
    level = _level(page, ladder, expects, before)
    retired = tuple(_retired(before, level, ladder.version)) if before else ()
    track = replace(track, levels=_placed(track.levels, level), retired=track.retired + retired)
    if retired:
        notes.append(Finding(page.line, f"{len(retired)} statement(s) are no longer at {level.id};"
                             " their ids were kept under `retired`"))  # fmt: skip
    return _put_track(ladder, track), notes


def _put_track(ladder: Ladder, track: Track) -> Ladder:
    others = [each for each in ladder.tracks if each.id != track.id]
    return replace(ladder, tracks=tuple(sorted([*others, track], key=lambda each: each.id)))


def _with_attributes(ladder: Ladder, page: ImportedLevel) -> Ladder:
    names = dict(ladder.attributes)
    for name, _ in page.attributes:
        if _shown_name(names, name) is None:
            names[unique(name_slug(name) or "attribute", names)] = name
    return replace(ladder, attributes=MappingProxyType(names))


def _shown_name(names: dict[str, str], name: str) -> str | None:
    """The name the ladder already has for this attribute, whatever its capitals."""
    return next((known for known in names.values() if _same(known, name)), None)


def _with_competencies(
    ladder: Ladder, page: ImportedLevel
) -> tuple[Ladder, list[Competency], list[Finding]]:
    """The ladder knowing every competency of the page, those in the page's words, and notes."""
    worded: list[Competency] = []
    notes: list[Finding] = []
    for section in page.competencies:
        known = _recognise(ladder, section.name)
        if known is None or known.id in {each.id for each in worded}:
            notes += _alike(ladder, section)
            known = _new_competency(ladder, section)
            ladder = replace(ladder, competencies=(*ladder.competencies, known))
        worded.append(_in_page_words(known, section))
    return ladder, worded, notes


def _recognise(ladder: Ladder, name: str) -> Competency | None:
    for competency in ladder.competencies:
        names = (competency.id, competency.name, *competency.aliases)
        if any(_same(known, name) for known in names):
            return competency
    used = (e.competency for t in ladder.tracks for level in t.levels for e in level.expects)
    own = next((each for each in used if _same(each.name, name)), None)
    return ladder.competency(own.id) if own else None


def _new_competency(ladder: Ladder, section: ImportedCompetency) -> Competency:
    taken = [each.id for each in ladder.competencies]
    competency_id = unique(name_slug(section.name) or "competency", taken)
    return Competency(competency_id, section.name, section.emoji, section.description)


def _in_page_words(known: Competency, section: ImportedCompetency) -> Competency:
    return replace(
        known,
        name=section.name,
        emoji=section.emoji or known.emoji,
        description=section.description or known.description,
    )


def _alike(ladder: Ladder, section: ImportedCompetency) -> Iterator[Finding]:
    names = [each.name for each in ladder.competencies]
    for name in difflib.get_close_matches(section.name, names, n=1, cutoff=_CLOSE):
        yield Finding(
            section.line,
            f"“{section.name}” was kept apart from “{name}”; if they are the same, add"
            f" “{section.name}” to the aliases of “{name}” and import the page again",
        )


def _expectation(
    competency: Competency, section: ImportedCompetency, before: Level | None, taken: set[str]
) -> Expectation:
    previous = before.expectation(competency.id) if before else None
    known = [] if previous is None else list(previous.statements)
    return Expectation(
        competency=competency,
        statements=tuple(_statement(text, known, taken) for text in section.statements),
        examples=section.examples,
    )


def _statement(text: str, known: list[Statement], taken: set[str]) -> Statement:
    """The statement under the id it already had, or a new one; either id is used up by that."""
    same = next((each for each in known if each.text == text), None)
    if same and not same.id.startswith("~"):
        known.remove(same)
        return same
    statement_id = unique(statement_slug(text), taken)
    taken.add(statement_id)
    return Statement(statement_id, text, is_placeholder(text))


def _level(
    page: ImportedLevel, ladder: Ladder, expects: tuple[Expectation, ...], before: Level | None
) -> Level:
    names = dict(ladder.attributes)
    attributes = {_shown_name(names, name) or name: value for name, value in page.attributes}
    return Level(
        id=before.id if before else page.id,
        title=page.title,
        rank=before.rank if before else rank_in(page.id, otherwise=0),
        summary=page.summary,
        attributes=MappingProxyType(attributes),
        expects=expects,
        examples=page.examples,
        inherits=before.inherits if before else (),
        next=before.next if before else (),
    )


def _placed(levels: tuple[Level, ...], level: Level) -> tuple[Level, ...]:
    """The levels with this one in place of the one with its id, else below the first higher."""
    if any(each.id == level.id for each in levels):
        return tuple(level if each.id == level.id else each for each in levels)
    above = (place for place, each in enumerate(levels) if each.rank > level.rank)
    place = next(above, len(levels))
    return (*levels[:place], level, *levels[place:])


def _retired(before: Level, after: Level, version: str) -> Iterator[Retired]:
    kept = {statement.id for each in after.expects for statement in each.statements}
    for expectation in before.expects:
        for statement in expectation.statements:
            if statement.id not in kept and not statement.id.startswith("~"):
                yield Retired(
                    id=statement.id,
                    was=statement.text,
                    competency=expectation.competency.id,
                    level=before.id,
                    until=version,
                )


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
