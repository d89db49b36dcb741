"""A page of somebody's ladder, merged into a ladder directory: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.ladder.files.loading import holds_ladder, read
from bot.ladder.files.parts import is_id
from bot.ladder.files.writing import comment_lines, files_to_change, write
from bot.ladder.files.yaml_reader import MAX_BYTES
from bot.ladder.importers.markdown import read_levels
from bot.ladder.importers.merging import merge_level, with_track
from bot.ladder.importers.report import Finding, ImportedLevel, ImportReport
from bot.ladder.model import Ladder, Problem


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did; with problems, nothing was written.

    `levels` are the ids of the levels read, `files` the names of the files that changed.
    """

    report: ImportReport
    problems: tuple[Problem, ...] = ()
    levels: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    ladder: Ladder | None = field(default=None, repr=False)


def import_page(
    page: Path, directory: Path, track_id: str, track_name: str | None = None
) -> ImportOutcome:
    """Read a Markdown level page into a track of the ladder in the directory.

    A new ladder is made where there is none; a level that is there already is replaced.
    """
    report = ImportReport(str(page))
    if not is_id(track_id):
        return ImportOutcome(report, (_bad_track(page, track_id),))
    text = _page_text(page)
    if isinstance(text, Problem):
        return ImportOutcome(report, (text,))
    levels, report = read_levels(text, str(page))
    if problem := _unfit(levels, page):
        return ImportOutcome(report, (problem,))
    ladder, problems = _ladder_in(directory, track_id)
    if ladder is None:
        return ImportOutcome(report, problems)
    return _merge(levels, ladder, report, directory, track_id, track_name)


def _merge(
    levels: tuple[ImportedLevel, ...],
    ladder: Ladder,
    report: ImportReport,
    directory: Path,
    track_id: str,
    track_name: str | None,
) -> ImportOutcome:
    merged = with_track(ladder, track_id, track_name)
    notes: list[Finding] = []
    for level in levels:
        merged, said = merge_level(merged, track_id, level)
        notes += said
    files = files_to_change(merged, directory)
    notes += _lost_comments(directory, files)
    report = replace(report, notes=(*report.notes, *notes))
    ids = tuple(level.id for level in levels)
    problems = write(merged, directory)
    return ImportOutcome(report, problems, ids, () if problems else files, merged)


def _bad_track(page: Path, track_id: str) -> Problem:
    message = f"{track_id!r} cannot be the id of a track."
    remedy = "Use letters, digits and dashes, as in --track security-operations."
    return Problem(str(page), 1, message, remedy)


def _page_text(page: Path) -> str | Problem:
    """The page's text, or the one reason why it cannot be read."""
    if page.is_dir():
        return Problem(str(page), 1, "This is a folder.", "Give one Markdown page of it.")
    try:
        with page.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Problem(str(page), 1, "There is no such page.", "Check the path.")
    except OSError as error:
        reason = error.strerror or str(error)
        return Problem(str(page), 1, f"This page cannot be read: {reason}.", "Check its path.")
    return _decoded(page, content)


def _decoded(page: Path, content: bytes) -> str | Problem:
    if len(content) > MAX_BYTES:
        return Problem(str(page), 1, "This page is larger than 1 MiB.", "Give one level page.")
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        return Problem(str(page), 1, "This page is empty.", "Give a level page with text.")
    utf8 = "Save it as Markdown text in UTF-8 and import that."
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(str(page), 1, "This page is in UTF-16.", utf8)
    if b"\x00" in content:
        return Problem(str(page), 1, "This is not a text file.", utf8)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem(str(page), line, "This page is not in UTF-8.", utf8)


def _unfit(levels: tuple[ImportedLevel, ...], page: Path) -> Problem | None:
    """Why the page cannot be imported although it could be read, if so."""
    if not levels:
        message = "This page has no level heading."
        return Problem(str(page), 1, message, "Begin it with one like `# L4: Technical Lead`.")
    seen: dict[str, int] = {}
    for level in levels:
        first = seen.setdefault(level.id.casefold(), level.line)
        if first != level.line:
            message = f"{level.id} comes twice on this page; the first is on line {first}."
            return Problem(str(page), level.line, message, "Give each level an id of its own.")
    return None


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
