"""Somebody's ladder, merged into a ladder directory: all of it, or nothing."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.ladder.files.loading import TRACKS, holds_ladder, read
from bot.ladder.files.parts import is_id
from bot.ladder.files.writing import comment_lines, files_to_change, write
from bot.ladder.importers.competencies import unknown_names
from bot.ladder.importers.difference import Difference, difference
from bot.ladder.importers.folders.folder import harvest_folder
from bot.ladder.importers.merging import Choices, merge
from bot.ladder.importers.pages.page import harvest_page
from bot.ladder.importers.report import Harvest
from bot.ladder.importers.tables.table import SUFFIXES, harvest_table
from bot.ladder.model import Ladder, Problem

_SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did, or would do; with problems, nothing was written.

    `files` are the names of the files that changed, `notes` what merging has to say, `change`
    the difference to the ladder that was there.
    """

    harvest: Harvest = field(default_factory=Harvest)
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    change: Difference = field(default_factory=Difference)
    ladder: Ladder | None = field(default=None, repr=False)


def import_source(
    source: Path,
    directory: Path,
    track_id: str | None = None,
    track_name: str | None = None,
    *,
    dry_run: bool = False,
    choices: Choices | None = None,
) -> ImportOutcome:
    """Read a page, a folder of pages or a table in CSV into the ladder in the directory.

    A new ladder is made where there is none; a level that is there already is replaced. A dry run
    does all of it but writing. Only a single page needs `track_id`.
    """
    if problem := _unfit(source, track_id):
        return ImportOutcome(problems=(problem,))
    harvest = _harvest(source, track_id, track_name)
    if harvest.problems:
        return ImportOutcome(harvest, harvest.problems)
    before, problems = _ladder_in(directory)
    if problems:
        return ImportOutcome(harvest, problems)
    chosen = choices or Choices()
    start = before or _new_ladder(harvest)
    if problem := _unknown_name(harvest, start, chosen, source):
        return ImportOutcome(harvest, (problem,))
    after, notes = merge(start, harvest.tracks, track_name, chosen)
    files = files_to_change(after, directory)
    notes += _lost_comments(directory, files)
    problems = _rehearsed(after, directory) if dry_run else write(after, directory)
    return ImportOutcome(
        harvest, problems, () if problems else files, tuple(notes), difference(before, after), after
    )


def _unfit(source: Path, track_id: str | None) -> Problem | None:
    """What is wrong with the question itself."""
    if track_id and not is_id(track_id):
        message = f"{track_id!r} cannot be the id of a track."
        remedy = "Use letters, digits and dashes, as in --track security-operations."
        return Problem(str(source), 1, message, remedy)
    if source.exists() and not (source.is_file() or source.is_dir()):
        message = "This is neither a file nor a folder."
        return Problem(str(source), 1, message, "Save the page as a file and import that.")
    if source.suffix.casefold() in _SPREADSHEETS:
        message = "A spreadsheet cannot be read as it is."
        return Problem(str(source), 1, message, "Save it as “CSV UTF-8” and import that.")
    single = source.is_file() and source.suffix.casefold() not in SUFFIXES
    if single and not track_id:
        message = "Say which track this page belongs to."
        return Problem(str(source), 1, message, "Add it, as in --track security-operations.")
    return None


def _harvest(source: Path, track_id: str | None, track_name: str | None) -> Harvest:
    if source.is_dir():
        return harvest_folder(source, track_id, track_name)
    if source.suffix.casefold() in SUFFIXES:
        return harvest_table(source, track_id, track_name)
    return harvest_page(source, track_id or "", track_name)


def _new_ladder(harvest: Harvest) -> Ladder:
    first = harvest.tracks[0].id if len(harvest.tracks) == 1 else "ladder"
    return Ladder(id=first, name="Our career ladder", version="1")


def _ladder_in(directory: Path) -> tuple[Ladder | None, tuple[Problem, ...]]:
    """The ladder to merge into, or None where there is none yet, and what forbids merging."""
    if directory.exists() and not directory.is_dir():
        return None, (Problem(str(directory), 1, "This is not a folder.", "Give one for --into."),)
    if not holds_ladder(directory):
        return None, ()
    reading = read(directory)
    return reading.ladder, () if reading.ladder else reading.problems


def _unknown_name(
    harvest: Harvest, ladder: Ladder, choices: Choices, source: Path
) -> Problem | None:
    levels = (level for track in harvest.tracks for level in track.levels)
    sections = (section.name for level in levels for section in level.competencies)
    name = next(unknown_names(ladder, sections, choices.joined), None)
    if name is None:
        return None
    remedy = "Write it as it stands there, as in --same “Old name=New name”."
    message = f"--same speaks of “{name}”, which is neither in the source nor in the ladder."
    return Problem(str(source), 1, message, remedy)


def _rehearsed(ladder: Ladder, directory: Path) -> tuple[Problem, ...]:
    """What writing would complain about, tried on a copy of the ladder's files."""
    with tempfile.TemporaryDirectory() as folder:
        for path in [*directory.glob("*.yaml"), *(directory / TRACKS).glob("*.yaml")]:
            copy = folder / path.relative_to(directory)
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, copy)
        problems = write(ladder, Path(folder))
    here = directory.as_posix()
    return tuple(replace(each, file=each.file.replace(folder, here)) for each in problems)


def _lost_comments(directory: Path, files: tuple[str, ...]) -> list[str]:
    """Comments that people wrote into files which are written anew, and so lose them."""
    counts = {name: comment_lines(directory, name) for name in files}
    return [
        f"{name} is written anew without its {count} comment line(s)"
        for name, count in counts.items()
        if count
    ]
