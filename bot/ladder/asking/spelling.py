"""Words made comparable: one key for a word's plural, and its British and American spellings.

A key is not a word; it is only ever compared with other keys.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.ladder.wording import fold

Words = tuple[str, ...]
"""Folded words in their order."""

SHORTEST_BEGINNING = 3
_WORD = re.compile(r"[^\W_]+(?:\.\d+)*")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")
_LITTLE = frozenset(["a", "an", "and", "at", "for", "in", "level", "my", "of", "on", "the"])

# Left as written or plural, right the word whose key both get.
_IRREGULAR = {
    "adviser": "advisor", "ageing": "aging", "aluminium": "aluminum", "amongst": "among",
    "apis": "api", "artefact": "artifact", "burnt": "burned", "children": "child",
    "cosy": "cozy", "criteria": "criterion", "dreamt": "dreamed", "enquire": "inquire",
    "enquiry": "inquiry", "feet": "foot", "grey": "gray", "gurus": "guru", "halves": "half",
    "ids": "id", "indices": "index", "jewellery": "jewelry", "knives": "knife",
    "learnt": "learned", "lives": "life", "matrices": "matrix", "men": "man", "menus": "menu",
    "mice": "mouse", "moveable": "movable", "mould": "mold", "odour": "odor", "people": "person",
    "phenomena": "phenomenon", "plateaus": "plateau", "plough": "plow", "quizzes": "quiz",
    "selves": "self", "shelves": "shelf", "sizeable": "sizable",
    "speciality": "specialty", "spelt": "spelled",
    "sulphur": "sulfur", "themselves": "themself", "useable": "usable", "vertices": "vertex",
    "whilst": "while", "wolves": "wolf", "women": "woman",
}  # fmt: skip

_PLURALS = (
    (re.compile(r"(?<=..)ies?$"), "y"),  # stories, cookie
    (re.compile(r"(?<=..s)[ie]s$"), ""),  # analysis, processes
    (re.compile(r"(?<=..[xz])es?$|(?<=.[cs]h)es?$|(?<=..s)e$"), ""),  # boxes, cache, release
    (re.compile(r"(?<=..o)es?$"), ""),  # heroes
    (re.compile(r"(?<=...)(?<![su])s$|(?<=^[^\Waeiou_]{2})s$"), ""),  # teams, prs
)
_SPELLINGS = (
    (re.compile(r"(?<=\w\w[aeiouy])z(?=[aeiouy]|$)"), "s"),  # organize
    (re.compile(r"(?<=\w\w\w)our"), "or"),  # behaviour
    (re.compile(r"(?<=[bt])re(?=$|d$)"), "er"),  # centre
    (re.compile(r"(?<=[bt]er)d$"), "ed"),  # centred
    (re.compile(r"(?<=\w\w\w)ogue$"), "og"),  # catalogue
    (re.compile(r"(?<=\w\w\w)ogu(?=ed$|er$|ing$)"), "og"),  # cataloguing
    (re.compile(r"(?<=lic)ence|(?<=def)ence|(?<=off)ence|(?<=ret)ence"), "ense"),  # defence
    (re.compile(r"^practis"), "practic"),
    (re.compile(r"^scepti"), "skepti"),
    (re.compile(r"^man(?:oeuv|euv)(?:re|er)"), "maneuver"),
    (re.compile(r"(?<=\w\w)aed"), "ed"),  # encyclopaedia
    (re.compile(r"(?<=\w\w\w)ll"), "l"),  # modelling, fulfill
    (re.compile(r"(?<=focu)ss"), "s"),  # focussed
    (re.compile(r"(?<=\w\w\w)mme$"), "m"),  # programme
    (re.compile(r"dgem"), "dgm"),  # judgement
    (re.compile(r"(?<=\w\w[kz])eable$"), "able"),  # likeable
)
_TWO_SPELLINGS = re.compile(r"z|our|re|ogu|enc|pract|scept|man|aed|ll|uss|mme|dgem|eable")


def words(text: str) -> Words:
    """Every word of the text, folded; `team's` counts as `teams`, `on-call` as two."""
    return tuple(_WORD.findall(fold(text).translate(_APOSTROPHES)))


@lru_cache(maxsize=4096)
def telling(text: str) -> Words:
    """The text's words without the little ones that carry no meaning in a name."""
    return tuple(word for word in words(text) if word not in _LITTLE)


@lru_cache(maxsize=16384)
def key(word: str) -> str:
    """What a folded word has in common with its plural and its other spelling."""
    found = _one_spelling(_IRREGULAR.get(word, word))
    for pattern, instead in _PLURALS:
        found = pattern.sub(instead, found)
    return _one_spelling(_IRREGULAR.get(found, found))


def _one_spelling(word: str) -> str:
    if _TWO_SPELLINGS.search(word):
        for pattern, instead in _SPELLINGS:
            word = pattern.sub(instead, word)
    return word


def keys(found: Words) -> Words:
    """The key of each word."""
    return tuple(map(key, found))


def starting(known: Sequence[str], start: str) -> Iterator[str]:
    """The known words, which are sorted, that begin so."""
    for place in range(bisect_left(known, start), len(known)):
        if not known[place].startswith(start):
            return
        yield known[place]


def slips(word: str) -> int:
    """How many typing errors are forgiven in a word of this length; none where it has digits."""
    if len(word) < 4 or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < 8 else 2
