"""A name as it is drawn: letters of several faces, emoji as pictures, lines of a measured width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image
from PIL.ImageDraw import ImageDraw
from PIL.ImageFont import FreeTypeFont

from bot.coverage.faces import (
    HAN,
    JOINERS,
    KANA,
    LAID_OUT_SIMPLY,
    REGULAR,
    SIMPLIFIED,
    draws,
    emoji_file,
    emoji_picture,
    face,
    face_for,
    script_of,
)

ELLIPSIS = "…"
MOST_CLUSTERS = 160
MOST_MARKS = 3
RIGHT_TO_LEFT = ("R", "AL")
HYPHENS = "-‐–/"
NEVER_FIRST, NEVER_LAST = ("Pe", "Pf", "Po", "Pd", "Lm"), ("Ps", "Pi")
"""Kinds of characters that do not begin, or end, a line that is parted without a space."""
_ONE = "[\U0001f000-\U0001faff\u2300-\u2bff\u3030\u303d\u3297\u3299]"
_JOINED = "[\U0001f000-\U0001faff\u2190-\u2bff]"
_TURNED = "(?:\ufe0f|[\U0001f3fb-\U0001f3ff])*"
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[0-9#*]\ufe0f?\u20e3"
    "|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    f"|(?:{_ONE}(?!\ufe0e)|.(?=\ufe0f)){_TURNED}(?:\u200d{_JOINED}{_TURNED})*",
    re.DOTALL,
)


class NotDrawable(Exception):
    """A name has letters that no face here can draw properly."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters of one face, or one emoji; `width` in pixels.

    `direction` is as Pillow names it; without one the letters tell.
    """

    width: float
    text: str = ""
    face: FreeTypeFont | None = None
    emoji: Image.Image | None = None
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn upon, and the pen that belongs to it."""

    canvas: Image.Image
    pen: ImageDraw


@dataclass(frozen=True, slots=True)
class Lettering:
    """How names are set: the height of letters in pixels, their weight, and the face of `east`."""

    size: int
    weight: int = REGULAR
    east: str = SIMPLIFIED

    def lines(self, left: list[str], width: int, most: int) -> list[list[Piece]]:
        """Clusters in at most so many lines that fit the width, the last one cut with an ellipsis.

        Raises NotDrawable, also for no clusters at all.
        """
        directions = {unicodedata.bidirectional(each[0]) for each in left if not is_emoji(each)}
        is_turned = not directions.isdisjoint(RIGHT_TO_LEFT)
        if not left or (is_turned and "L" in directions):
            raise NotDrawable  # runs of both directions would have to be put in order
        found: list[list[Piece]] = []
        while left and len(found) < most:
            line, left = self._line(left, width, is_last=len(found) == most - 1)
            found.append(_turned(self.pieces(line)) if is_turned else self.pieces(line))
        return found

    def pieces(self, letters: Sequence[str]) -> list[Piece]:
        """Clusters joined into runs of one face; raises NotDrawable."""
        found: list[Piece] = []
        name, run = "", ""
        for cluster in letters:
            picture = self._emoji(cluster)
            new = "" if picture else self._face_of(cluster, name)
            if run and new != name:
                found.append(self._run(name, run))
                run = ""
            name, run = new, run + ("" if picture else cluster)
            found += [Piece(picture.width + self.size / 8, emoji=picture)] if picture else []
        return [*found, self._run(name, run)] if run else found

    def width(self, letters: Sequence[str]) -> float:
        """How many pixels the clusters take in a line."""
        return sum(piece.width for piece in self.pieces(letters))

    def draw(self, sheet: Sheet, at: tuple[float, float], line: Sequence[Piece], ink: str) -> None:
        """Puts a line onto the sheet; `at` is where its letters stand, at the left."""
        x, base = at
        for piece in line:
            if piece.emoji:
                top = round(base - piece.emoji.height * 0.84)
                sheet.canvas.paste(piece.emoji, (round(x), top), piece.emoji)
            else:
                sheet.pen.text(
                    (x, base),
                    piece.text,
                    font=piece.face,
                    fill=ink,
                    anchor="ls",
                    direction=piece.direction,
                )
            x += piece.width

    def _line(self, left: list[str], width: int, *, is_last: bool) -> tuple[list[str], list[str]]:
        """What fits the line, parted where a reader would, and what is left over."""
        if self.width(left) <= width:
            return left, []
        fits = self._longest(left, width - (self.width([ELLIPSIS]) if is_last else 0))
        if is_last:
            return [*_stripped(left[:fits]), ELLIPSIS], []
        places = [at for at in range(1, fits + 1) if _may_part(left[at - 1], left[at])]
        cut = places[-1] if places else max(1, fits)
        return _stripped(left[:cut]), _stripped(left[cut:])

    def _longest(self, left: list[str], width: float) -> int:
        """How many clusters fit, found by halving; fewer than all of them."""
        low, high = 0, len(left) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.width(left[:middle]) <= width else (low, middle - 1)
        return low

    def _emoji(self, cluster: str) -> Image.Image | None:
        return emoji_picture(cluster, round(self.size * 1.1)) if is_emoji(cluster) else None

    def _face_of(self, cluster: str, current: str) -> str:
        """The face that is in use, as long as it serves; raises NotDrawable where none does."""
        if current and all(draws(current, letter) for letter in cluster):
            return current
        name = face_for(cluster[0], self.east)
        if not name or not all(draws(name, letter) for letter in cluster):
            raise NotDrawable
        return name

    def _run(self, name: str, text: str) -> Piece:
        font = face(name, self.size, self.weight)
        return Piece(font.getlength(text), text, font)


def is_emoji(cluster: str) -> bool:
    """Whether it is shown as a picture; an arrow or a tick of a text face is not."""
    return bool(_EMOJI.fullmatch(cluster)) and emoji_file(cluster) is not None


def clusters(text: str) -> list[str]:
    """What a reader calls characters, at most 160: emoji sequences whole, letters with marks.

    Characters that only steer others are left out, and so are pictographs that nobody drew.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    found: list[str] = []
    at = 0
    while at < len(plain) and len(found) < MOST_CLUSTERS:
        emoji = _EMOJI.match(plain, at)
        if emoji and emoji_file(emoji[0]):
            found.append(emoji[0])
            at = emoji.end()
            continue
        _add(found, plain[at])
        at += 1
    return _stripped(found)


def _add(found: list[str], letter: str) -> None:
    kind = unicodedata.category(letter)
    if letter in JOINERS and found and _is_shaped(found[-1][0]):
        found[-1] += letter
    elif kind[0] == "M" and not 0xFE00 <= ord(letter) <= 0xFE0F and found:
        found[-1] += letter if len(found[-1]) <= MOST_MARKS else ""
    elif kind[0] != "C" and kind[0] != "M" and not _is_pictograph(letter):
        found.append(letter)


def _is_shaped(letter: str) -> bool:
    """Whether a joiner behind it changes how the letter looks."""
    return unicodedata.category(letter)[0] == "L" and script_of(letter) not in LAID_OUT_SIMPLY


def _is_pictograph(letter: str) -> bool:
    """An ornament that nothing here draws: left out rather than boxed."""
    return unicodedata.category(letter) == "So" and not face_for(letter)


def _turned(line: Sequence[Piece]) -> list[Piece]:
    """A line that is read from the right, as it is drawn from the left."""
    return [replace(piece, direction="rtl") for piece in reversed(line)]


def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between the two: at a space, behind a hyphen, beside an ideograph."""
    if after[0].isspace() or before in HYPHENS:
        return True
    first, last = unicodedata.category(after[0]), unicodedata.category(before[0])
    return (
        not {script_of(before[0]), script_of(after[0])}.isdisjoint({*KANA, *HAN})
        and first not in NEVER_FIRST
        and last not in NEVER_LAST
        and " SMALL " not in unicodedata.name(after[0], "")
    )


def _stripped(letters: Sequence[str]) -> list[str]:
    kept = list(letters)
    while kept and kept[-1].isspace():
        kept.pop()
    while kept and kept[0].isspace():
        kept.pop(0)
    return kept
