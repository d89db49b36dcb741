"""What the headings of a table mean: which name a level, which a fact, which are only labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot.ladder.importers.names import without_emphasis
from bot.ladder.wording import fold


class Role(Enum):
    """What a heading says about the cells beside or below it."""

    COMPETENCY = auto()
    LEVEL = auto()
    TRACK = auto()
    KIND = auto()
    GROUP = auto()
    TITLE = auto()
    SUMMARY = auto()
    DESCRIPTION = auto()
    EMOJI = auto()
    STATEMENT = auto()
    EXAMPLES = auto()
    ATTRIBUTE = auto()
    ATTRIBUTES = auto()
    COMPETENCIES = auto()
    ASIDE = auto()


_WORDS = {
    Role.COMPETENCY: "competency; competence; competency name; skill; skills;"
    " sub competency; sub competencies; subcompetency; skill area; dimension; strand; behaviour;"
    " behavior; criterion; criteria; skill / level; skill \\ level; competency / level;"
    " competency \\ level; competence area; kompetenz; kompetenzen; competence; competencia",
    Role.LEVEL: "level; levels; level id; grade; band; rung; step; role; position; job; seniority;"
    " level / competency; level \\ competency",
    Role.TRACK: "track; career track; path; career path; ladder; discipline; job family;"
    " role family; profession",
    Role.KIND: "kind; type; row type",
    Role.GROUP: "group; category; area; theme; pillar; section; topic group; domain; function;"
    " function objective; core competencies",
    Role.TITLE: "title; job title; level title; level name; role title; name; titles",
    Role.SUMMARY: "summary; overview; in short; in a nutshell; about this level; level summary;"
    " purpose; headline; role summary",
    Role.DESCRIPTION: "description; definition; meaning; what it means; what it is; about;"
    " explanation",
    Role.EMOJI: "emoji; icon; symbol",
    Role.STATEMENT: "statement; statements; expectation; expectations; text; sentence;"
    " what is expected; expected behaviour; expected behavior",
    Role.EXAMPLES: "example; examples; for example; what it looks like; in practice",
    Role.ATTRIBUTE: "planning horizon; impact radius; evaluation; evaluated by; scope; autonomy;"
    " responsibility and direction needed; responsibility; direction needed; complexity;"
    " experience; years of experience; reports to; scope of impact; sphere of influence;"
    " typical experience; salary band; pay band; attribute; fact",
    Role.ATTRIBUTES: "attributes; level attributes; facts; about the level; basics; general",
    Role.COMPETENCIES: "competencies; competences; capabilities; behaviours; behaviors",
    Role.ASIDE: "legend; key; notes; note; comment; comments; how to read this; remarks; remark;"
    " explanations; abbreviations; sources; source; changelog; change log; owner; updated;"
    " last updated; status; tags; last edited; last edited time; last edited by; created;"
    " created time; created by",
}
_ROLES = {
    " ".join(word.split()): role for role, words in _WORDS.items() for word in words.split(";")
}
CORNER = frozenset({Role.COMPETENCY, Role.LEVEL, Role.COMPETENCIES, Role.GROUP})
"""Roles of a heading that stands where the headings of rows and of columns meet."""

_ID = r"(?:(?!q\d|h\d|fy)[a-z]{1,2}-?|(?-i:[A-Z]{3,4})-?)\d{1,2}(?:\.\d{1,2})*(?!\w)"
_RANGE = rf"{_ID}(?:[-–/][a-z]{{0,4}}\d{{1,2}}(?!\w))?\+?"
_NUMBERED = (
    r"(?P<word>level|lvl|stufe|niveau|nivel|livello|grade|band|tier|step|rung|stage)\.?\s*"
    r"(?P<number>\d{1,2}(?:\.\d)?)"
)
_ID_FIRST = re.compile(
    rf"(?:(?P<id>{_RANGE})|{_NUMBERED})"
    r"(?:\s*[:–—\n]\s*|\s+-\s*|\s*-\s+|\s+|\s*(?=\()|$)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ID_LAST = re.compile(
    rf"(?P<title>\S.*?)(?:\s*[(\[]|\s+[-–—]?\s*|\s*[,:–—\n]\s*)(?:(?P<id>{_RANGE})|{_NUMBERED})[)\]]?",
    re.IGNORECASE | re.DOTALL,
)
_LEVEL_WORDS = frozenset({"level", "lvl", "stufe", "niveau", "nivel", "livello"})
_AROUND_TITLE = " \t\r\n()[]:–—-"
_SENIORITY = frozenset(re.findall(r"\w+",
    "intern trainee apprentice graduate entry junior associate mid middle medior intermediate"
    " regular senior staff principal lead distinguished fellow expert head director manager vp"
    " chief architect ii iii iv vi novice beginner proficient advanced basic",
))  # fmt: skip
_LEANS = re.compile(r"(?:same|as|like|see|from|until|up to|than)\b", re.IGNORECASE)
_LONGEST_TITLE = 8
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9._]+")


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level as its heading names it; `known_by` is what was read as its id."""

    id: str
    title: str
    known_by: str
    numbered: bool = True


def plain(text: str) -> str:
    """A heading on one line, without emphasis and the marks after it."""
    return without_emphasis(" ".join(text.split())).strip().rstrip(":").rstrip()


def role_of(text: str) -> Role | None:
    """What the heading means by itself, or None for a name."""
    return _ROLES.get(" ".join(fold(plain(text)).split()))


def level_in(text: str) -> LevelName | None:
    """The level that a heading with an id names: `L3`, `L3: Senior`, `Level 4`, `Senior (L3)`."""
    heading = text.replace("*", "").strip()
    if len(heading.split()) > _LONGEST_TITLE or len(heading) > 80:
        return None
    found = _ID_FIRST.fullmatch(heading) or _ID_LAST.fullmatch(heading)
    title = found["title"] or "" if found else ""
    if not found or _LEANS.match(title) or role_of(title.strip(_AROUND_TITLE)) is Role.EXAMPLES:
        return None
    level_id, known_by = _id_in(found)
    title = " ".join(title.strip(_AROUND_TITLE).split())
    return LevelName(level_id, title, known_by)


def _id_in(found: re.Match[str]) -> tuple[str, str]:
    if found["number"]:
        word = found["word"].casefold()
        letter = "L" if word in _LEVEL_WORDS else word[0].upper()
        return letter + found["number"], " ".join(f"{found['word']} {found['number']}".split())
    known_by = found["id"]
    return re.sub("[–/]", "-", known_by).rstrip("+"), known_by


def exemplified(text: str) -> str:
    """What the heading announces examples of, as in `L3 examples` and `Craft: examples`, if any."""
    words = plain(text).casefold()
    end = next((end for end in (" examples", " example") if words.endswith(end)), "")
    return plain(text)[: -len(end)].strip(_AROUND_TITLE) if end else ""


def is_title(text: str) -> bool:
    """Whether the heading looks like a level's title: short, with a word for seniority."""
    words = re.findall(r"[a-z]+", fold(text))
    sentence = text.rstrip().endswith(".") or words[:1] in (["i"], ["we"])
    told = 0 < len(words) < _LONGEST_TITLE - 2 and not sentence and not exemplified(text)
    return told and bool(_SENIORITY & set(words))


def level_called(text: str, position: int) -> LevelName:
    """A level that has only a title, under an id made of it, or of its position from 1."""
    title = plain(text)
    if title.isdecimal():
        return LevelName(f"L{title}", "", title)
    made = _NOT_IN_ID.sub("-", re.sub(r"\s*\(.*\)", "", title)).strip("-._")[:40].strip("-._")
    return LevelName(made or f"L{position}", title, title, numbered=False)
