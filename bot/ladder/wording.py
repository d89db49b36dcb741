"""What can be told from wording alone: folded letters, readable ids, placeholders."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORD = re.compile(r"[a-z0-9]+")
_FILLER = frozenset(
    _WORD.findall(
        "a about across all also always am an and any are as at be been by can do does each for"
        " from get have help i in into is it its make me more most my of on or other others our own"
        " so some such take that the their them they this those through to up us we what when where"
        " which who will with within work would"
    )
)
_WHOLE_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_WORDS_IN_ID = 4
LONGEST_SHOWN = 60
_LETTERS_IN_ID = 48

_AROUND = " \t\r\n\u00a0[](){}<>*_`'\".…:;,-–—!\\"
_SPACES = (
    " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u3000"
)
_PLACEHOLDER = re.compile(
    r"tb[acd]|to ?do|wip|xxx+|n/?a|\?+|placeholder|coming soon|lorem ipsum.*"
    r"|to be (added|agreed|confirmed|decided|defined|determined|done|written)",
    re.IGNORECASE | re.DOTALL,
)
_STILL_TO_WRITE = re.compile(
    r"[\[(<*_]*(?:TB[ACD]|TODO)[\])>*_]*\s*[:(\-–—]|[\[<(](?:TB[ACD]|TODO)\b"
)


def fold(text: str) -> str:
    """The text in small letters without accents and unseen marks, for comparing what people type.

    Folding twice is folding once. Letters that Unicode takes for whole, as ø, become plain too.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(ch for ch in decomposed if not _unheard(ch)).translate(_WHOLE_LETTERS)


def _unheard(character: str) -> bool:
    """Accents, soft hyphens, zero-width joiners, and the marks that colour an emoji."""
    marks = unicodedata.category(character) in {"Cf", "Me"} or "\ufe00" <= character <= "\ufe0f"
    return marks or bool(unicodedata.combining(character))


def is_placeholder(text: str) -> bool:
    """Whether the text only holds a place: empty, dots, `TBD`, `TODO: write this`."""
    core = text.strip(_AROUND)
    return not core or bool(_PLACEHOLDER.fullmatch(core) or _STILL_TO_WRITE.match(text.strip()))


def statement_slug(text: str) -> str:
    """A short readable id from the first words that carry meaning; not yet unique."""
    if is_placeholder(text):
        return "unwritten"
    return "-".join(telling_words(text)[:_WORDS_IN_ID])[:_LETTERS_IN_ID].strip("-") or "statement"


def short(text: str, most: int = LONGEST_SHOWN) -> str:
    """The text as a message can show it: on one line, and cut where it goes on and on."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def trimmed(text: str) -> str:
    """The text without spaces of any kind at its ends; line ends stay."""
    return text.strip(_SPACES)


def telling_words(text: str) -> list[str]:
    """The words that carry meaning, folded; all words where none does."""
    words = _words(text)
    return [word for word in words if word not in _FILLER] or words


def name_slug(name: str) -> str:
    """The id that a name suggests, every word kept; empty when it has no Latin letter or digit."""
    return "-".join(_words(name))[:_LETTERS_IN_ID].strip("-")


def name_from_id(identifier: str) -> str:
    """A name for people, made of an id."""
    return identifier.replace("-", " ").replace("_", " ").title()


def unique(slug: str, taken: Container[str]) -> str:
    """The slug, numbered from 2 on where it is taken."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def _words(text: str) -> list[str]:
    plain = fold(_LINK.sub(r"\1", text)).replace("'", "").replace("’", "")
    return _WORD.findall(plain)


def counted(number: int, singular: str, plural: str = "") -> str:
    """The number with its noun, as in `1 level` and `2 levels`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
