"""Somebody's ladder, merged into a ladder directory: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.ladder.files.loading import holds_ladder, read
from bot.ladder.files.parts import is_id
from bot.ladder.files.writing import comment_lines, files_to_change, write
from bot.ladder.importers.merging import merge_level, with_track
from bot.ladder.importers.pages import harvest_page
from bot.ladder.importers.report import Finding, Harvest, ImportReport
from bot.ladder.model import Ladder, Problem


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did; with problems, nothing was written.

    `levels` are the ids of the levels read, `files` the names of the files that changed.
    """

    reports: tuple[ImportReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    levels: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    ladder: Ladder | None = field(default=None, repr=False)


def import_source(
    source: Path, directory: Path, track_id: str, track_name: str | None = None
) -> ImportOutcome:
    """Read a Markdown level page into a track of the ladder in the directory.

    A new ladder is made where there is none; a level that is there already is replaced.
    """
    if not is_id(track_id):
        return ImportOutcome(problems=(_bad_track(source, track_id),))
    harvest = harvest_page(source, track_id, track_name)
    if harvest.problems:
        return ImportOutcome(harvest.reports, harvest.problems)
    ladder, problems = _ladder_in(directory, track_id)
    if ladder is None:
        return ImportOutcome(harvest.reports, problems)
    return _merge(harvest, ladder, directory, track_name)


def _merge(
    harvest: Harvest, ladder: Ladder, directory: Path, track_name: str | None
) -> ImportOutcome:
    merged = ladder
    notes: list[Finding] = []
    for track in harvest.tracks:
        merged = with_track(merged, track.id, track_name)
        for level in track.levels:
            merged, said = merge_level(merged, track.id, level)
            notes += said
    files = files_to_change(merged, directory)
    notes += _lost_comments(directory, files)
    first, *others = harvest.reports
    reports = (replace(first, notes=(*first.notes, *notes)), *others)
    ids = tuple(level.id for track in harvest.tracks for level in track.levels)
    problems = write(merged, directory)
    return ImportOutcome(reports, problems, ids, () if problems else files, merged)


def _bad_track(source: Path, track_id: str) -> Problem:
    message = f"{track_id!r} cannot be the id of a track."
    remedy = "Use letters, digits and dashes, as in --track security-operations."
    return Problem(str(source), 1, message, remedy)


def _ladder_in(directory: Path, track_id: str) -> tuple[Ladder | None, tuple[Problem, ...]]:
    """The ladder to merge into, or None and why not; a new one where there is none."""
    if directory.exists() and not directory.is_dir():
        return None, (Problem(str(directory), 1, "This is not a folder.", "Give one for --into."),)
    if not holds_ladder(directory):
        return Ladder(id=track_id, name="Our career ladder", version="1"), ()
    reading = read(directory)
    return reading.ladder, reading.problems


def _lost_comments(directory: Path, files: tuple[str, ...]) -> list[Finding]:
    """Comments that people wrote into files which are written anew, and so lose them."""
    counts = {name: comment_lines(directory, name) for name in files}
    return [
        Finding(1, f"{name} was written anew without its {count} comment line(s)")
        for name, count in counts.items()
        if count
    ]
