"""Where the tables of a sheet are, and whether their levels are columns or rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from bot.ladder.importers.tables.headings import (
    CORNER,
    LevelName,
    Role,
    exemplified,
    is_title,
    level_called,
    level_in,
    plain,
    role_of,
)
from bot.ladder.importers.tables.sheet import Cell, Row, transposed

Levels = dict[int, LevelName]
"""The levels that a heading row names, by column."""

_BESIDE = CORNER | {Role.TRACK, Role.KIND, Role.DESCRIPTION, Role.EMOJI, Role.TITLE, None}
_LONG = (
    frozenset({Role.LEVEL, Role.COMPETENCY, Role.STATEMENT}),
    frozenset({Role.LEVEL, Role.COMPETENCY, Role.DESCRIPTION}),
)


class Form(Enum):
    """How a table is laid out; a list has one statement in each row."""

    COLUMNS = auto()
    ROWS = auto()
    LIST = auto()


def _none_named(_row: Row, _corner: Role) -> Levels:
    return {}


@dataclass(frozen=True)
class Layout:
    """How a sheet is laid out: `levels` show it, told by `named`, in `column` if they are rows."""

    form: Form
    levels: int
    named: Callable[[Row, Role], Levels] = _none_named
    column: int = 0


@dataclass(frozen=True)
class Table:
    """One table, turned so that its levels are columns.

    `header` is the row that names them, `label` the column that names the other rows where that
    is known; `lines` stand alone above or between the rows.
    """

    rows: list[Row]
    header: int
    levels: Levels
    lines: list[Cell] = field(default_factory=list)
    turned: bool = False
    label: int | None = None


def layout_of(rows: list[Row]) -> Layout | None:
    """How the sheet is laid out, or None where no level is to be seen in it."""
    if any(is_list_heading(row) for row in rows):
        return Layout(Form.LIST, len(rows))
    turned = transposed(_without_lone_cells(rows))
    for named in (_numbered_across, _titled_across):
        across = max((_distinct(named(row, Role.COMPETENCY)) for row in rows), default=0)
        lengths = [_distinct(named(row, Role.LEVEL)) for row in turned]
        down = max(lengths, default=0)
        if across and across >= down:
            return Layout(Form.COLUMNS, across, named)
        if down:
            return Layout(Form.ROWS, down, named, lengths.index(down))
    return None


def _distinct(levels: Levels) -> int:
    """How many levels are there, those with an id counting before those with a title."""
    numbered = {level.id for level in levels.values() if level.numbered}
    return len(numbered or {level.id for level in levels.values()})


def is_list_heading(row: Row) -> bool:
    """Whether the row heads a list with a level, a competency and a statement in each row."""
    roles = {role_of(cell.text) for cell in row.values()}
    return any(needed <= roles for needed in _LONG)


def _numbered_across(row: Row, corner: Role) -> Levels:
    """Levels with an id, and those with a mere title among them."""
    named = {column: level_in(cell.text) for column, cell in row.items()}
    found = {column: level for column, level in named.items() if level}
    beside = {column: role_of(cell.text) for column, cell in row.items() if column not in found}
    left = [role for column, role in beside.items() if column < min(found, default=0)]
    if not found:
        return _counted_across(row, corner)
    lonely = len(found) == 1 and not CORNER & set(left)
    if min(found) == 0 or lonely or not set(left) <= _BESIDE:
        return {}
    inner = [c for c, role in beside.items() if role is None and is_title(row[c].text)]
    titled = {c: level_called(row[c].text, c) for c in inner if left or c > min(found)}
    return dict(sorted({**found, **titled}.items()))


def _counted_across(row: Row, corner: Role) -> Levels:
    """Levels that are headed 1, 2, 3."""
    if not row or role_of(row[min(row)].text) is not corner:
        return {}
    numbers = {c: cell for c, cell in row.items() if cell.text.isdecimal() and len(cell.text) < 3}
    rising = [int(cell.text) for _, cell in sorted(numbers.items())]
    if len(rising) < 2 or len(numbers) < len(row) - 1 or rising != sorted(set(rising)):
        return {}
    return {column: level_called(cell.text, column) for column, cell in numbers.items()}


def _titled_across(row: Row, corner: Role) -> Levels:
    """Levels that have titles only: known ones, or any beside a heading for competencies."""
    nameless = [c for c in sorted(row) if c and role_of(row[c].text) is None]
    free = [column for column in nameless if not exemplified(row[column].text)]
    known = [column for column in free if is_title(row[column].text)]
    if not (len(known) > 1 and len(known) >= len(free) - 1):
        named = row and role_of(row[min(row)].text) is corner
        known = [column for column in free if column > min(row)] if named else []
    if any(len(row[column].text) > 60 or "\n" in row[column].text for column in known):
        return {}
    return {c: level_called(row[c].text, place) for place, c in enumerate(known, 1)}


def tables_in(rows: list[Row], layout: Layout) -> list[Table]:
    """The tables of the sheet in their order; every filled cell is in one of them."""
    down = layout.form is Form.ROWS
    starts = _starts_down(rows, layout) if down else _starts_across(rows, layout)
    later = [_beginning(rows, last + 1, start) for last, start in pairwise(starts)]
    begins = [0, *later]
    ends = [*later, len(rows)]
    make = _table_down if down else _table_across
    parts = zip(begins, starts, ends, strict=True)
    return [make(rows[begin:end], start - begin, layout) for begin, start, end in parts]


def _starts_across(rows: list[Row], layout: Layout) -> list[int]:
    """The rows that head a table: the first, and those like it."""
    named = [_distinct(layout.named(row, Role.COMPETENCY)) for row in rows]
    first = next(place for place, count in enumerate(named) if 2 * count >= layout.levels)
    return [
        place
        for place in range(len(rows))
        if place == first
        or (place > first and 2 * named[place] >= named[first] and _heads_again(rows, place, first))
    ]


def _heads_again(rows: list[Row], place: int, first: int) -> bool:
    """Whether this is a heading like the first one; a mere repetition needs a title above it."""
    corner, cell = _first_text(rows[first]), rows[place][min(rows[place])]
    above = next((row for row in reversed(rows[:place]) if row), {})
    if len(above) > 1 and _texts(rows[place]) == _texts(rows[first]):
        return False
    if level_in(cell.text):
        return place == 0 or len(rows[place - 1]) < 2
    return plain(cell.text) == corner or role_of(cell.text) in CORNER


def _starts_down(rows: list[Row], layout: Layout) -> list[int]:
    column = layout.column
    named = layout.named(transposed(_without_lone_cells(rows))[column], Role.LEVEL)
    first = next((p for p in range(min(named) - 1, -1, -1) if len(rows[p]) > 1), min(named) - 1)
    corner = _text_at(rows[first], column)
    starts = [first]
    for place in range(first + 1, len(rows)):
        text = _text_at(rows[place], column)
        again = bool(text) and (plain(text) == plain(corner) or role_of(text) in CORNER)
        parted = len(rows[place - 1]) < 2 and place + 1 in named
        if len(rows[place]) > 1 and (again or (not text and parted)):
            starts.append(place)
    return starts


def _beginning(rows: list[Row], after: int, start: int) -> int:
    """Where the table that is headed at `start` begins: its title belongs to it."""
    begin = start
    if begin > after and not rows[begin - 1]:
        begin -= 1
    while begin > after and len(rows[begin - 1]) == 1:
        begin -= 1
    return begin


def _table_across(rows: list[Row], header: int, layout: Layout) -> Table:
    lines = [cell for row in rows[:header] if len(row) == 1 for cell in row.values()]
    body = [{} if n < header and len(row) == 1 else row for n, row in enumerate(rows)]
    return Table(body, header, layout.named(rows[header], Role.COMPETENCY), lines)


def _table_down(rows: list[Row], header: int, layout: Layout) -> Table:
    body = _without_lone_cells(rows)
    lines = [
        cell for row, kept in zip(rows, body, strict=True) for cell in row.values() if not kept
    ]
    turned = transposed(body)
    levels = layout.named(turned[layout.column], Role.LEVEL)
    levels = {place: level for place, level in levels.items() if place > header}
    return Table(turned, layout.column, levels, lines, turned=True, label=header)


def _without_lone_cells(rows: list[Row]) -> list[Row]:
    """The rows without those that hold one cell which is no level: titles, comments, legends."""
    return [
        {} if len(row) == 1 and not level_in(_first_text(row)) and not _goes_on(rows, n) else row
        for n, row in enumerate(rows)
    ]


def _goes_on(rows: list[Row], place: int) -> bool:
    """Whether the only cell of a row continues the row above, which names the level."""
    return place > 0 and len(rows[place - 1]) > 1 and min(rows[place]) > min(rows[place - 1])


def _texts(row: Row) -> dict[int, str]:
    return {column: plain(cell.text) for column, cell in row.items()}


def _first_text(row: Row) -> str:
    return plain(row[min(row)].text) if row else ""


def _text_at(row: Row, column: int) -> str:
    return row[column].text if column in row else ""
