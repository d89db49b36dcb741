"""Imported tracks joined into a ladder: levels put in their place, ids kept, nothing orphaned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bot.ladder.files.parts import UNNAMED, rank_in
from bot.ladder.files.references import statement_ids
from bot.ladder.importers.competencies import (
    Joined,
    Names,
    likely_same,
    settle_names,
    shown_name,
    with_attributes,
)
from bot.ladder.importers.keeping_ids import Held, Keeping, Place, Sentence, keep_ids
from bot.ladder.importers.report import ImportedCompetency, ImportedLevel, ImportedTrack
from bot.ladder.model import (
    Competency,
    Expectation,
    Ladder,
    Level,
    Retired,
    Statement,
    Track,
)
from bot.ladder.wording import is_placeholder, name_from_id


@dataclass(frozen=True, slots=True)
class Choices:
    """What the admin decides: `joined` names mean one competency, older first.

    Without `reworded_keep`, a reworded sentence gets a new id and the old one is retired.
    """

    reworded_keep: bool = True
    joined: Joined = ()


@dataclass
class _Merged:
    ladder: Ladder
    new: list[Competency] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def merge(
    ladder: Ladder,
    tracks: Iterable[ImportedTrack],
    track_name: str | None = None,
    choices: Choices | None = None,
) -> tuple[Ladder, list[str]]:
    """The ladder with these tracks in it, and what its owner should know.

    A level that is there already is replaced, others stay; a track keeps its name unless one is
    given. Every statement id that was there is there afterwards, or retired.
    """
    chosen = choices or Choices()
    merged = _Merged(ladder)
    for track in tracks:
        _merge_track(merged, track, track_name, chosen)
    settled = settle_names(merged.ladder, chosen.joined)
    return settled, [*merged.notes, *likely_same(ladder, settled, merged.new)]


def _merge_track(
    merged: _Merged, source: ImportedTrack, name: str | None, choices: Choices
) -> None:
    ladder = with_attributes(merged.ladder, source.levels)
    track = ladder.track(source.id) or Track(source.id, source.name or name_from_id(source.id))
    names = Names(ladder, choices.joined)
    pages = [_Page(level, _sections(level, names)) for level in source.levels]
    ladder, track = names.ladder, replace(track, name=name or track.name)
    held = list(_held(track, source))
    taken = statement_ids(ladder) | {r.id for each in ladder.tracks for r in each.retired}
    keeping = keep_ids(
        held, [s for page in pages for s in page.sentences()], taken,
        reworded_keep=choices.reworded_keep,
    )  # fmt: skip
    merged.new += names.new
    merged.notes += _untouched(track, source)
    merged.ladder = _put_track(ladder, _rebuilt(track, pages, keeping, ladder))


@dataclass(frozen=True)
class _Page:
    """A level of the source with the competencies that its sections are about."""

    level: ImportedLevel
    sections: list[tuple[Competency, ImportedCompetency]]

    def sentences(self) -> Iterator[Sentence]:
        for competency, section in self.sections:
            for text in section.statements:
                yield Sentence(_place(self.level.id, competency.id), text)


def _place(level_id: str, competency_id: str) -> Place:
    return level_id.casefold(), competency_id


def _sections(level: ImportedLevel, names: Names) -> list[tuple[Competency, ImportedCompetency]]:
    """Each competency once; two sections about one competency are joined."""
    found: dict[str, tuple[Competency, ImportedCompetency]] = {}
    for section in level.competencies:
        competency = names.competency(section)
        if competency.id not in found:
            found[competency.id] = (competency, section)
            continue
        first, earlier = found[competency.id]
        found[competency.id] = (
            first,
            replace(
                earlier,
                statements=earlier.statements + section.statements,
                examples=earlier.examples + section.examples,
            ),
        )
    return list(found.values())


def _held(track: Track, source: ImportedTrack) -> Iterator[Held]:
    """The statements with an id on those levels of the track that the source speaks of."""
    spoken = {level.id.casefold() for level in source.levels}
    for level in track.levels:
        if level.id.casefold() in spoken:
            for expectation in level.expects:
                for statement in expectation.statements:
                    if not statement.id.startswith(UNNAMED):
                        yield Held(_place(level.id, expectation.competency.id), statement)


def _untouched(track: Track, source: ImportedTrack) -> Iterator[str]:
    """A sentence about levels that a source with several levels does not speak of."""
    spoken = {level.id.casefold() for level in source.levels}
    others = [level.id for level in track.levels if level.id.casefold() not in spoken]
    if others and len(source.levels) > 1:
        yield f"{track.id}: {', '.join(others)} not in this source, left as they were"


def _rebuilt(track: Track, pages: list[_Page], keeping: Keeping, ladder: Ladder) -> Track:
    numbers = iter(range(len(keeping.ids)))
    fresh = not track.levels
    levels = track.levels
    for position, page in enumerate(pages, 1):
        before = track.level(page.level.id)
        expects = tuple(
            Expectation(
                competency,
                tuple(
                    Statement(keeping.ids[next(numbers)], text, is_placeholder(text))
                    for text in section.statements
                ),
                section.examples,
            )
            for competency, section in page.sections
        )
        level = _level(page.level, ladder, expects, before, position)
        levels = (*levels, level) if fresh else _placed(levels, level)
    retired = tuple(_retired(held, keeping, track, ladder.version) for held in keeping.gone)
    return replace(track, levels=levels, retired=track.retired + retired)


def _level(
    page: ImportedLevel,
    ladder: Ladder,
    expects: tuple[Expectation, ...],
    before: Level | None,
    position: int,
) -> Level:
    names = ladder.attributes
    attributes = {shown_name(names, name) or name: value for name, value in page.attributes}
    untitled = before and page.title == page.id
    return Level(
        id=before.id if before else page.id,
        title=before.title if before and untitled else page.title,
        rank=before.rank if before else rank_in(page.id, otherwise=position),
        summary=page.summary,
        attributes=MappingProxyType(attributes),
        expects=expects,
        examples=page.examples,
        inherits=before.inherits if before else (),
        next=(before.next if before else ()) or page.next,
    )


def _placed(levels: tuple[Level, ...], level: Level) -> tuple[Level, ...]:
    """The levels with this one in place of the one with its id, else below the first higher."""
    if any(each.id == level.id for each in levels):
        return tuple(level if each.id == level.id else each for each in levels)
    above = (place for place, each in enumerate(levels) if each.rank > level.rank)
    place = next(above, len(levels))
    return (*levels[:place], level, *levels[place:])


def _retired(held: Held, keeping: Keeping, track: Track, version: str) -> Retired:
    level_id, competency_id = held.place
    level = track.level(level_id)
    return Retired(
        id=held.statement.id,
        was=held.statement.text,
        competency=competency_id,
        level=level.id if level else level_id,
        until=version,
        replaced_by=keeping.followed.get(held.statement.id, ()),
    )


def _put_track(ladder: Ladder, track: Track) -> Ladder:
    others = [each for each in ladder.tracks if each.id != track.id]
    return replace(ladder, tracks=tuple(sorted([*others, track], key=lambda each: each.id)))
