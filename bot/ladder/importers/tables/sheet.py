"""A file of cells, opened: its text, the sign between cells, and the line of each record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.ladder.files.yaml_reader import MAX_BYTES
from bot.ladder.model import Problem

_SEPARATORS = (",", ";", "\t", "|")
_SAVE = "Save it as “CSV UTF-8” and import that."
_ZIPPED, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell; `line` is where its record starts in the file, `place` is (row, column)."""

    text: str
    line: int
    place: tuple[int, int]


Row = dict[int, Cell]
"""The filled cells of one row by their column; empty for a blank line."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file under one way of parting its cells; `mistake` is why reading ended early."""

    separator: str
    rows: list[Row]
    mistake: Problem | None = None


def transposed(rows: list[Row]) -> list[Row]:
    """The same cells with rows and columns changed over."""
    width = max((column for row in rows for column in row), default=-1) + 1
    turned: list[Row] = [{} for _ in range(width)]
    for number, row in enumerate(rows):
        for column, cell in row.items():
            turned[column][number] = cell
    return turned


def open_table(file: Path) -> str | Problem:
    """The table's text, or the one reason why it cannot be read."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Problem(str(file), 1, "There is no such table.", "Check the path.")
    except OSError as error:
        reason = error.strerror or str(error)
        return Problem(str(file), 1, f"This table cannot be read: {reason}.", "Check its path.")
    return _decoded(file, content)


def _decoded(file: Path, content: bytes) -> str | Problem:
    if len(content) > MAX_BYTES:
        return Problem(str(file), 1, "This table is larger than 1 MiB.", "Import it in parts.")
    if not content.strip(b"\xef\xbb\xbf \t\r\n,;|"):
        return Problem(str(file), 1, "This table is empty.", "Give a table with levels in it.")
    if content.startswith((_ZIPPED, _OLD_EXCEL)):
        return Problem(str(file), 1, "This is a spreadsheet file, not CSV.", _SAVE)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(str(file), 1, "This table is in UTF-16.", _SAVE)
    if b"\x00" in content:
        line = _line_at(content, content.index(b"\x00"))
        return Problem(str(file), line, "This is not a text file.", _SAVE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_at(content, error.start)
        return Problem(str(file), line, "This table is not in UTF-8.", _SAVE)


def _line_at(content: bytes, position: int) -> int:
    before = content[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1


def ways_to_read(text: str, name: str) -> Iterator[Sheet]:
    """The text under each sign that may part its cells; Excel's `sep=;` line settles it."""
    lines = list(io.StringIO(text, newline=""))
    first = lines[0].strip().strip('"') if lines else ""
    if first.lower().startswith("sep=") and (sign := first[4:5] or "\t") in _SEPARATORS:
        yield _read(["\n", *lines[1:]], sign, name)
        return
    for separator in _SEPARATORS:
        yield _read(lines, separator, name)


def _read(lines: list[str], separator: str, name: str) -> Sheet:
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    rows: list[Row] = []
    start = 1
    while True:
        start = reader.line_num + 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            return Sheet(separator, rows, _mistake(name, start, reader.line_num, str(error)))
        if record is None:
            return Sheet(separator, rows)
        rows.append(_row(record, start, len(rows)))


def _row(record: list[str], line: int, number: int) -> Row:
    texts = enumerate(text.strip(" \t\r\n\u00a0\ufeff") for text in record)
    return {column: Cell(text, line, (number, column)) for column, text in texts if text}


def _mistake(name: str, start: int, line: int, error: str) -> Problem:
    if "unexpected end" in error:
        message = "A quotation mark that opens in this row is never closed."
        return Problem(name, start, message, 'Close it, or write "" for a mark inside a cell.')
    if "field larger" in error:
        message = "A cell that begins here is longer than any cell of a ladder."
        return Problem(name, start, message, "Look for a quotation mark that is never closed.")
    message = "Text follows a closing quotation mark within one cell."
    return Problem(name, line, message, 'Write "" for a mark inside a cell, and quote all of it.')
