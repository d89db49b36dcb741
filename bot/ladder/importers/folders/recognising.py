"""What a file in somebody's folder is: a level page, or one of the many things beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bot.ladder.importers.folders.walking import shown
from bot.ladder.importers.pages.guessing import ending, stem
from bot.ladder.importers.pages.headings import (
    level_in,
    level_in_file_name,
    words_of,
)
from bot.ladder.importers.pages.lines import Kind
from bot.ladder.importers.pages.markdown import read_levels
from bot.ladder.importers.pages.page import content_of, decoded, unfit
from bot.ladder.importers.pages.tokens import tokens
from bot.ladder.importers.report import ImportedLevel, ImportReport
from bot.ladder.model import Problem

_PAGES = frozenset([".md", ".markdown", ".mdown", ".mkd", ".mdx", ".txt", ".text", ""])
_ENDINGS = {
    "a picture": ".png .jpg .jpeg .gif .svg .webp .ico .bmp",
    "settings": ".yml .yaml .json .toml .ini .cfg .lock",
    "a table; import it by itself": ".csv",
    "a spreadsheet; save it as CSV and import that": ".xlsx .xls .ods .numbers .tsv",
    "no Markdown; if it holds a level, save it as Markdown": ".docx .doc .pdf .odt .rtf .html .htm",
}
_REASONS = {ending: why for why, endings in _ENDINGS.items() for ending in endings.split()}
_NAMES = {
    "a README": ("readme",),
    "a licence": ("license", "licence", "copying", "notice"),
    "about the repository": (
        "contributing", "changelog", "code_of_conduct", "codeowners", "authors", "makefile",
    ),
}  # fmt: skip
_HEADING_LINE = re.compile(r"^\s{0,3}#{1,6}\s*(.{1,200})$", re.MULTILINE)
_LOOKED_AT = 100_000
_LINK = re.compile(r"\[[^\[\]]*\]\([^()]*\)")


@dataclass(frozen=True, slots=True)
class LevelPage:
    """A page with at least one level."""

    path: Path
    levels: tuple[ImportedLevel, ...]
    report: ImportReport


def recognise(path: Path) -> LevelPage | Problem | str:
    """The level page that the file is, why it is none, or why it ought to be one and cannot.

    Only what looks like a level page, by its name or by a heading, is a problem when it cannot
    be read.
    """
    if why := _told_by_name(path):
        return why
    content = content_of(path)
    if isinstance(content, Problem):
        return _placed(content, path)
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        return "it is empty"
    text = decoded(path, content)
    if isinstance(text, Problem):
        if _looks_like_level(path, content):
            return _placed(text, path)
        return f"no level heading, and: {text.message[:1].lower()}{text.message[1:].rstrip('.')}"
    return _level_page(path, text)


def readme_heading(path: Path) -> str:
    """The first heading of the first order in a README, or nothing."""
    content = content_of(path)
    text = content if isinstance(content, Problem) else decoded(path, content)
    if isinstance(text, Problem):
        return ""
    page = tokens(text.removeprefix("\ufeff").splitlines())
    first = next((token for token in page if token.kind is Kind.HEADING), None)
    return words_of(first.text) if first and first.depth == 1 else ""


def is_readme(path: Path) -> bool:
    """Whether the file tells people about its folder."""
    return path.name.split(".")[0].casefold() == "readme"


def _told_by_name(path: Path) -> str:
    name = path.name.split(".")[0].casefold()
    by_name = next((why for why, names in _NAMES.items() if name in names), "")
    if by_name or ending(path.name) in _PAGES:
        return by_name
    return _REASONS.get(ending(path.name), "no Markdown page")


def _looks_like_level(path: Path, content: bytes) -> bool:
    if level_in_file_name(stem(path.name)):
        return True
    plain = content[:_LOOKED_AT].replace(b"\x00", b"").decode("latin-1")
    headings = _HEADING_LINE.findall(plain.replace("\r", "\n"))
    return any(level_in(words_of(heading)) for heading in headings)


def _level_page(path: Path, text: str) -> LevelPage | Problem | str:
    levels, report = read_levels(text, shown(path))
    if not levels:
        return _why_no_level(path, text)
    if problem := unfit(levels, report):
        return problem
    if all(map(_says_nothing, levels)) and _LINK.search(text):
        return "it only points to another page"
    return LevelPage(path, levels, report)


def _says_nothing(level: ImportedLevel) -> bool:
    return not (level.attributes or level.competencies or level.examples)


def _why_no_level(path: Path, text: str) -> str:
    if level := level_in_file_name(stem(path.name)):
        return f"no heading such as `# {level.id}: …`, although its name says {level.id}"
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    links = sum(bool(_LINK.search(line)) for line in lines)
    return "it links to other pages" if links * 2 > len(lines) else "no level heading"


def _placed(problem: Problem, path: Path) -> Problem:
    return Problem(shown(path), problem.line, problem.message, problem.remedy)
