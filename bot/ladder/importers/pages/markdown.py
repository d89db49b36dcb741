"""A Markdown level page, read without losing a word: what is not understood is reported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from bot.ladder.importers.pages.drafts import Item, LevelDraft
from bot.ladder.importers.pages.guessing import guess_level
from bot.ladder.importers.pages.lines import list_items
from bot.ladder.importers.pages.mending import mend
from bot.ladder.importers.pages.place import Place
from bot.ladder.importers.pages.reading import read
from bot.ladder.importers.pages.tokens import tokens
from bot.ladder.importers.report import Finding, ImportedLevel, ImportReport
from bot.ladder.repair import looks_damaged
from bot.ladder.wording import is_placeholder


def read_page(text: str, file_name: str) -> tuple[ImportedLevel | None, ImportReport]:
    """The first level on the page, or None where there is no level heading."""
    levels, report = read_levels(text, file_name)
    return (levels[0] if levels else None), report


def read_levels(text: str, file_name: str) -> tuple[tuple[ImportedLevel, ...], ImportReport]:
    """Every level on the page in its order, and the account of all its lines.

    Where no heading names a level, the page's front matter or the file's name may.
    """
    raw = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines, repairs = mend(raw)
    place = _read(lines, PurePath(file_name).name)
    levels = tuple(level.done() for level in place.levels)
    return levels, _report(file_name, lines, place, repairs)


def _read(lines: Sequence[str], file_name: str) -> Place:
    page = list(tokens(lines))
    place = read(page)
    if not place.levels and (guess := guess_level(page, file_name)):
        place = read(page, guess)
    return place


def _report(
    file_name: str, lines: Sequence[str], place: Place, repairs: list[Finding]
) -> ImportReport:
    levels = place.levels
    items = [item for level in levels for item in level.items()]
    statements = _statements(levels)
    attributes = sum(len(level.attributes) for level in levels)
    damaged = [
        Finding(number, f"looks damaged, kept as it is: {line.strip()}")
        for number, line in enumerate(lines, 1)
        if looks_damaged(line)
    ]
    return ImportReport(
        file=file_name,
        attributes=attributes,
        competencies=sum(len(level.competencies) for level in levels),
        statements=len(statements),
        examples=len(items) - attributes - len(statements),
        placeholders=tuple(
            Finding(item.line, item.text) for item in items if is_placeholder(item.text)
        ),
        repairs=tuple(repairs),
        notes=tuple(sorted([*place.notes, *damaged], key=lambda finding: finding.line)),
        not_understood=tuple(place.left[line] for line in sorted(place.left)),
        list_items=sum(map(list_items, lines)),
        items_read=sum(item.bullets for item in items),
        items_left=place.items_left,
    )


def _statements(levels: Sequence[LevelDraft]) -> list[Item]:
    competencies = [each for level in levels for each in level.competencies.values()]
    return [item for competency in competencies for item in competency.statements]
