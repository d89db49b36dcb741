"""What a heading says: a level, a competency with its emoji, examples, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.ladder.importers.names import emoji_and_name

_NUMBER = r"\d{1,2}(?:\.\d{1,2})*"
_WORDY = r"(?:level|lvl\.?|grade|band|l|ic)\s+"
_LETTERS = r"(?!q\d|h\d|v\d|fy)[a-z]{1,4}-?"
_USUAL = r"(?:(?:level|lvl\.?|grade|band)\s+|l|ic|m|e|em|tl|se|pm)"
_MARK = r"\s*\\?(?:[:|·•–—,-]|\.(?=\s))\s*"

_LEADING = re.compile(
    rf"(?P<id>(?:{_WORDY}|{_LETTERS}){_NUMBER})(?:(?P<mark>{_MARK})|\s+|$)(?P<title>.*)", re.I
)
_WRAPPED = re.compile(
    rf"[(\[]\s*(?P<id>{_USUAL}{_NUMBER})\s*[)\]](?:{_MARK}|\s+)(?P<title>.+)", re.I
)
_TRAILING = re.compile(
    rf"(?P<title>.+?)(?:\s*[(\[]\s*(?P<in>(?:{_USUAL}|p){_NUMBER})\s*[)\]]"
    rf"|{_MARK}(?P<after>{_USUAL}{_NUMBER})|\s+(?P<bare>(?-i:L|IC){_NUMBER}))",
    re.I,
)
_ONLY_A_NUMBER = re.compile(r"(?P<id>\d{1,2})\s*[.:)–—-]\s+(?P<title>[^\W\d].*)")
_IN_FILE_NAME = re.compile(
    rf"(?P<id>(?:level[ _-]?|l|ic|m){_NUMBER})(?:[ _.–—-]+(?P<title>.*))?", re.I
)
_ANOTHER = re.compile(
    rf"(?:(?:to|and|or|vs\.?|versus|through)\s+|[&/→+>–—-]+\s*)?(?:{_USUAL}){_NUMBER}\b", re.I
)
_WORD_FOR_LEVEL = re.compile(r"(?:level|lvl\.?|grade|band)[\s_-]*|l\s+", re.I)

_EXAMPLES = re.compile(
    r"(?:some |for )?examples?\b.{0,60}|what .{1,40} looks? like(?: .{1,40})?"
    r"|what does .{1,40} look like(?: .{1,40})?|success looks like|in practice",
    re.I,
)
_ASIDE = re.compile(
    r"see also|references?|further reading|resources|(?:related |useful )?links|related|notes?"
    r"|(?:table of )?contents|(?:change ?log|revision history|history)|footnotes|faq",
    re.I,
)
_ABOUT_THE_LEVEL = re.compile(
    r"summary|overview|at a glance|attributes|key facts|profile|about(?: (?:this|the) \w+)?"
    r"|(?:role|level) (?:summary|description|overview)",
    re.I,
)
_OVER_COMPETENCIES = re.compile(
    r"(?:core |key |our |the )*(?:competenc(?:y|ies)|expectations|skills|dimensions|capabilities"
    r"|behaviou?rs|areas|pillars)|what (?:we|is) expect(?:ed)?.{0,30}",
    re.I,
)

_ANCHOR = re.compile(r"\s*(?:\{:?\s*#[^{}]*\}|<a\s[^<>]*>\s*</a>|<a\s[^<>]*/>)\s*")
_CLOSING_HASHES = re.compile(r"\s+#+$")
_AROUND_NAME = " \t\u00a0:|·•–—-"


@dataclass(frozen=True, slots=True)
class LevelName:
    """The id and title in a level's heading; `said` is the id as it was written."""

    id: str
    title: str
    said: str


def level_in(heading: str) -> LevelName | None:
    """The level that a heading names, with its id in front, behind or in brackets, if it does.

    A heading about several levels (`L3 to L5`), a quarter (`Q3`) or a product (`K8s`) names none.
    """
    plain = " ".join(heading.replace("*", "").split())
    if found := _LEADING.fullmatch(plain):
        return _leading(found["id"], found["mark"], found["title"])
    if found := _WRAPPED.fullmatch(plain):
        return _named(found["id"], found["title"])
    if (found := _TRAILING.fullmatch(plain)) and not _is_prose_about(found["title"], found):
        return _named(found["in"] or found["after"] or found["bare"], found["title"])
    return None


def numbered_level_in(heading: str) -> LevelName | None:
    """The level in a heading such as `4. Lead`, which only the rest of the page can confirm."""
    found = _ONLY_A_NUMBER.fullmatch(heading.replace("*", "").strip())
    return LevelName(f"L{found['id']}", found["title"].strip(), found["id"]) if found else None


def level_in_file_name(stem: str) -> LevelName | None:
    """The level that a file's name without its ending begins with, as in `L4-Lead-Engineer`."""
    found = _IN_FILE_NAME.fullmatch(stem.strip())
    title = " ".join(re.split(r"[\s_-]+", found["title"] or "")) if found else ""
    return _named(found["id"], title) if found and not _ANOTHER.match(title) else None


def _leading(level_id: str, mark: str | None, title: str) -> LevelName | None:
    letters = level_id.rstrip("0123456789.").rstrip(" -")
    usual = re.fullmatch(_USUAL.replace(r"\s+", ""), letters, re.I)
    if _ANOTHER.match(title) or (mark in ("-", "–") and title[:1].isdigit()):
        return None
    if not usual and len(letters) > 2 and not (mark and letters.isupper()):
        return None
    if not usual and not mark and title[:1].islower():
        return None
    return _named(level_id, title)


def _is_prose_about(title: str, found: re.Match[str]) -> bool:
    """Whether the id at the end is only mentioned, as in “How we promote to L4”."""
    if _LEADING.fullmatch(title) or title.rstrip().endswith(("/", "&", "+", "→")):
        return True
    return bool(found["bare"]) and any(word[:1].islower() for word in title.split())


def _named(said: str, title: str) -> LevelName:
    level_id = re.sub(r"^ic\s+", "IC", _WORD_FOR_LEVEL.sub("L", said, count=1), flags=re.I)
    title = title.strip()
    if re.fullmatch(r"\([^()]*\)|\[[^\[\]]*\]", title):
        title = title[1:-1].strip()
    return LevelName(level_id, title.strip(_AROUND_NAME) or level_id, said)


def is_about_examples(title: str) -> bool:
    """Whether the words announce examples."""
    return bool(_EXAMPLES.fullmatch(title))


def is_aside(title: str) -> bool:
    """Whether a section of that title is no part of any ladder."""
    return bool(_ASIDE.fullmatch(title))


def is_about_the_level(title: str) -> bool:
    """Whether what follows is still the level's own summary and attributes."""
    return bool(_ABOUT_THE_LEVEL.fullmatch(title))


def is_over_competencies(title: str) -> bool:
    """Whether a heading may only hold the competencies together that come under it."""
    return bool(_OVER_COMPETENCIES.fullmatch(title))


def without_anchor(title: str) -> str:
    """The heading without an anchor such as `{#l4}`, and hashes that close it before that."""
    bare = _ANCHOR.sub(" ", title).strip()
    return title.strip() if bare == title.strip() else _CLOSING_HASHES.sub("", bare)


def words_of(heading: str) -> str:
    """The heading's words, without an anchor, an emoji or emphasis."""
    return emoji_and_name(without_anchor(heading))[1]
