"""A Markdown page of somebody's ladder, opened and read."""

from __future__ import annotations

from pathlib import Path

from bot.ladder.files.yaml_reader import MAX_BYTES
from bot.ladder.importers.pages.markdown import read_levels
from bot.ladder.importers.report import Harvest, ImportedLevel, ImportedTrack, ImportReport
from bot.ladder.model import Problem
from bot.ladder.wording import name_from_id

MAX_LINES = 20_000


def harvest_page(page: Path, track_id: str, track_name: str | None = None) -> Harvest:
    """The levels of one page, all of them of the track with that id."""
    if page.is_dir():
        return _refused(page, "This is a folder.", "Give one Markdown page of it.")
    content = content_of(page)
    if isinstance(content, Problem):
        return Harvest(problems=(content,))
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        return _refused(page, "This page is empty.", "Give a level page with text.")
    text = decoded(page, content)
    if isinstance(text, Problem):
        return Harvest(problems=(text,))
    levels, report = read_levels(text, str(page))
    if problem := unfit(levels, report):
        return Harvest(reports=(report,), problems=(problem,))
    track = ImportedTrack(track_id, track_name or name_from_id(track_id), levels)
    return Harvest(tracks=(track,), reports=(report,))


def content_of(page: Path) -> bytes | Problem:
    """The page's first MiB and one byte, or the reason why it cannot be opened."""
    try:
        with page.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Problem(str(page), 1, "There is no such page.", "Check the path.")
    except OSError as error:
        reason = error.strerror or str(error)
        return Problem(str(page), 1, f"This page cannot be read: {reason}.", "Check its path.")


def decoded(page: Path, content: bytes) -> str | Problem:
    """The page's text, or the one reason why it is none."""
    utf8 = "Save it as Markdown text in UTF-8 and import that."
    if len(content) > MAX_BYTES:
        return Problem(str(page), 1, "This page is larger than 1 MiB.", "Give one level page.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(str(page), 1, "This page is in UTF-16.", utf8)
    if b"\x00" in content:
        line = content.count(b"\n", 0, content.index(b"\x00")) + 1
        return Problem(str(page), line, "This is not a text file.", utf8)
    if max(content.count(b"\n"), content.count(b"\r")) > MAX_LINES:
        message = f"This page has more than {MAX_LINES:,} lines."
        return Problem(str(page), MAX_LINES, message, "Give one level page.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem(str(page), line, "This page is not in UTF-8.", utf8)


def unfit(levels: tuple[ImportedLevel, ...], report: ImportReport) -> Problem | None:
    """Why the page cannot be imported although it could be read, if so."""
    if not levels:
        message = "This page has no level heading."
        return Problem(report.file, 1, message, "Begin it with one like `# L4: Technical Lead`.")
    seen: dict[str, int] = {}
    for level in levels:
        first = seen.setdefault(level.id.casefold(), level.line)
        if first != level.line:
            message = f"{level.id} comes twice on this page; the first is on line {first}."
            return Problem(report.file, level.line, message, "Give each level an id of its own.")
    return None


def _refused(page: Path, message: str, remedy: str) -> Harvest:
    return Harvest(problems=(Problem(str(page), 1, message, remedy),))
