"""Which level a page is about when none of its headings says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.ladder.importers.pages.headings import (
    LevelName,
    level_in,
    level_in_file_name,
    numbered_level_in,
    words_of,
)
from bot.ladder.importers.pages.lines import Kind, Token

_ENDING = re.compile(r"\.[A-Za-z]{1,9}\d?$")
_TITLE = re.compile(r"title\s*[:=]\s*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guess:
    """A level, where that was found in words for a report, and the line that it begins with.

    Line 0 stands for the top of the page.
    """

    level: LevelName
    line: int
    source: str


def ending(file_name: str) -> str:
    """The file's ending in small letters; `.0-Graduate` in `L1.0-Graduate` is none."""
    found = _ENDING.search(file_name)
    return found.group().lower() if found else ""


def stem(file_name: str) -> str:
    """The file's name without its ending."""
    return _ENDING.sub("", file_name)


def guess_level(page: Sequence[Token], file_name: str) -> Guess | None:
    """The one level that a page without a level heading is about, if there are signs of it.

    Signs are the title in the front matter, a number alone in the first heading (`4. Lead`), and
    the beginning of the file's name; the page must hold a list, and one heading of the first
    order at most, so that prose is not taken for a level.
    """
    headings = [token for token in page if token.kind is Kind.HEADING]
    tops = [token for token in headings if token.depth == 1]
    if not any(token.kind is Kind.BULLET for token in page) or len(tops) > 1:
        return None
    if tops and headings[0] is not tops[0]:
        return None
    return _in_front_matter(page) or _in_heading(tops) or _in_file_name(tops, file_name)


def _in_front_matter(page: Sequence[Token]) -> Guess | None:
    for token in page:
        found = _TITLE.fullmatch(token.text) if token.kind is Kind.FRONT_MATTER else None
        if found and (level := level_in(found["title"])):
            return Guess(level, token.line, "the page's front matter")
    return None


def _in_heading(tops: Sequence[Token]) -> Guess | None:
    for top in tops:
        if level := numbered_level_in(words_of(top.text)):
            return Guess(level, top.line, "the number in the heading")
    return None


def _in_file_name(tops: Sequence[Token], file_name: str) -> Guess | None:
    level = level_in_file_name(stem(file_name))
    if level is None or not tops:
        return Guess(level, 0, "the file's name") if level else None
    title = words_of(tops[0].text)
    return Guess(LevelName(level.id, title, level.said), tops[0].line, "the file's name")
