"""The coverage as a PNG: one row a competency, one box a month, the number in each box.

It is 720 pixels wide, so that a phone shows it whole, and no letter is smaller than 22 of them.
A box is darker the more it holds, in one hue, and never says anything by its colour alone.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

from PIL import Image, ImageDraw

from bot.coverage.faces import BOLD, east_asian
from bot.coverage.lettering import Lettering, NotDrawable, Piece, Sheet, clusters, is_emoji
from bot.coverage.model import Coverage, Row
from bot.ladder.model import Competency

WIDTH, MARGIN = 720, 24
NAMES, GUTTER, GAP = 312, 36, 8
TOP, HEADS, ROW, FOOT = 104, 44, 70, 64
BOX_HEIGHT, LINE = 54, 28
MOST_ROWS = 40
MOST_SAID = 100
PAPER, INK, SOFT, EDGE = "#ffffff", "#14202e", "#4a5766", "#a3adb9"
SHADES = (
    (1, "#d3e5f6", INK),
    (2, "#9dc4e8", INK),
    (3, "#2e71b0", PAPER),
    (5, "#123e70", PAPER),
)
"""From how many examples on a box has that shade, and the ink on it."""
TITLE, NAME, NUMBER, SMALL = Lettering(32, BOLD), Lettering(24), Lettering(26, BOLD), Lettering(22)
LATEST = Lettering(22, BOLD)
EXPLAINED = "A number counts examples; an empty box means none."
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG; `instead` are the competencies that stand in it by their id, which is drawable."""

    png: bytes
    width: int
    height: int
    instead: tuple[Competency, ...] = ()


class _Written(io.BytesIO):
    """By its name Pillow knows what to write, and loads no other format to find out."""

    name = "examples.png"


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands at the left of a row; `is_name` is False where it is the id."""

    emoji: list[Piece]
    lines: list[list[Piece]]
    is_name: bool


def draw(coverage: Coverage) -> Picture:
    """Draws at most 40 rows, and says how many there are beyond."""
    with _one_at_a_time:
        rows = coverage.rows[:MOST_ROWS]
        height = TOP + HEADS + ROW * max(1, len(rows)) + FOOT
        canvas = Image.new("RGB", (WIDTH, height), PAPER)
        sheet = Sheet(canvas, ImageDraw.Draw(canvas))
        _head(sheet, coverage)
        names = replace(NAME, east=east_asian("".join(row.competency.name for row in rows)))
        captions = [caption(row.competency, names) for row in rows]
        gutter = GUTTER if any(each.emoji for each in captions) else 0
        for number, (row, each) in enumerate(zip(rows, captions, strict=True)):
            _row(sheet, TOP + HEADS + number * ROW, row, each, gutter)
        _foot(sheet, height, len(coverage.rows) - len(rows))
        written = _Written()
        canvas.save(written, compress_level=1)
    instead = [row.competency for row, each in zip(rows, captions, strict=True) if not each.is_name]
    return Picture(written.getvalue(), WIDTH, height, tuple(instead))


def shade_of(count: int) -> tuple[str, str]:
    """Paper and ink of a box with so many examples in it, at least one."""
    return next((paper, ink) for least, paper, ink in reversed(SHADES) if count >= least)


def caption(competency: Competency, names: Lettering = NAME) -> Caption:
    """What stands beside the boxes; the id where no face here draws the name properly."""
    letters = clusters(competency.label)
    emoji = letters[:1] if len(letters) > 1 and is_emoji(letters[0]) else []
    words = letters[len(emoji) :][1 if emoji and letters[1].isspace() else 0 :]
    for spelt, is_name in ((words, True), (clusters(competency.id), False)):
        try:
            lines = names.lines(spelt, NAMES - GUTTER, 2)
        except NotDrawable:
            continue
        return Caption(names.pieces(emoji), lines, is_name)
    return Caption(names.pieces(emoji), [names.pieces("–")], is_name=False)


def _head(sheet: Sheet, coverage: Coverage) -> None:
    months = coverage.months
    first = f"{months[0]:%B}" if months[0].year == months[-1].year else f"{months[0]:%B %Y}"
    TITLE.draw(sheet, (MARGIN, 52), TITLE.pieces("My examples, month by month"), INK)
    SMALL.draw(sheet, (MARGIN, 90), SMALL.pieces(f"{first} to {months[-1]:%B %Y}"), SOFT)
    for column, month in enumerate(months):
        last = column == len(months) - 1
        sides = _column(column, len(months))
        _centred(sheet, LATEST if last else SMALL, f"{month:%b}", sides, TOP + 32, INK)


def _row(sheet: Sheet, top: int, row: Row, words: Caption, gutter: int) -> None:
    base = top + ROW // 2 + 8 - LINE * (len(words.lines) - 1) // 2
    NAME.draw(sheet, (MARGIN, top + ROW // 2 + 9), words.emoji, INK)
    widest = max(map(_width, words.lines))
    for line in words.lines:
        indent = widest - _width(line) if line[0].direction else 0
        NAME.draw(sheet, (MARGIN + gutter + indent, base), line, INK)
        base += LINE
    for column, count in enumerate(row.counts):
        _box(sheet, _column(column, len(row.counts)), top + (ROW - BOX_HEIGHT) // 2, count)


def _box(sheet: Sheet, sides: tuple[int, int], top: int, count: int) -> None:
    left, right = sides
    box = _mask(right - left, BOX_HEIGHT, filled=count > 0)
    paper, ink = shade_of(count) if count else (EDGE, INK)
    sheet.canvas.paste(paper, (left, top), box)
    if count:
        said = str(count) if count < MOST_SAID else "99+"
        _centred(sheet, NUMBER if count < MOST_SAID else SMALL, said, sides, top + 36, ink)


def _foot(sheet: Sheet, height: int, beyond: int) -> None:
    said = f"{beyond} more competencies are in the text." if beyond else EXPLAINED
    SMALL.draw(sheet, (MARGIN, height - 28), SMALL.pieces(said), SOFT)


def _centred(
    sheet: Sheet, lettering: Lettering, text: str, sides: tuple[int, int], base: int, ink: str
) -> None:
    left, right = sides
    line = lettering.pieces(text)
    lettering.draw(sheet, ((left + right - _width(line)) / 2, base), line, ink)


def _width(line: list[Piece]) -> float:
    return sum(piece.width for piece in line)


def _column(number: int, of: int) -> tuple[int, int]:
    """Left and right of a box."""
    start = MARGIN + NAMES + 2 * GAP
    step = (WIDTH - MARGIN - start + GAP) / of
    return round(start + number * step), round(start + (number + 1) * step) - GAP


@lru_cache(16)
def _mask(width: int, height: int, *, filled: bool) -> Image.Image:
    """A box with round corners, smooth because it was drawn four times as large."""
    large = Image.new("L", (width * 4, height * 4), 0)
    pen, edge = ImageDraw.Draw(large), (0, 0, width * 4 - 1, height * 4 - 1)
    if filled:
        pen.rounded_rectangle(edge, 36, fill=255)
    else:
        pen.rounded_rectangle(edge, 36, outline=255, width=6)
    return large.resize((width, height), Image.Resampling.LANCZOS)
