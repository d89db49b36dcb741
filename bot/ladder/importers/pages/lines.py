"""The shapes that a line of a Markdown level page can have, told apart without its neighbours.

Whitespace of every kind counts as a space here, since pages hold non-breaking ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

BREAK = "\x0b"
LONGEST_LINE = 4_000

_DOTS = "•◦▪▫‣●○■□"
_BULLET = re.compile(
    rf"(?P<indent>\s*)(?P<mark>\\?[-*+·∙–{_DOTS}]|\d{{1,3}}\\?[.)]|[a-h]\))(?:\s+(?P<text>.*)|$)"
    rf"|(?P<tight_indent>\s*)(?P<tight_mark>[{_DOTS}]|-(?=[A-Z]))(?P<tight>\S.*)",
    re.DOTALL,
)
_RULE = re.compile(r"\s*([-*_=])(?:\s*\1){2,}\s*|\s*<\s*hr\s*/?\s*>\s*", re.IGNORECASE)
_HEADING = re.compile(
    r"\s{0,3}(?P<marks>#{1,6}(?=\s)|#{2,6}(?=[^\s#])|#(?=[Ll]\d))\s*(?P<text>.*?)(?:\s+#+)?\s*"
)
_HTML_HEADING = re.compile(
    r"\s*<h(?P<depth>[1-6])\b[^<>]*>(?P<text>.*)</h[1-6]\s*>\s*", re.IGNORECASE
)
_QUOTE = re.compile(r"\s*\\?>\s?(?P<text>.*)")
_TABLE = re.compile(r"\s*\|.*\|\s*|\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*")
_ASIDE = re.compile(
    r"\s{0,3}(?:\[\^?[^\[\]]+\]:\s.*|!\[[^\[\]]*\]\([^()]*\)\s*|:::.*|\[\[?_?TOC_?\]\]?\s*)"
)
_ONLY_TAGS = re.compile(r"\s*(?:</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>\s*)+")
_LIST_TAG = re.compile(r"\s*<\s*(?P<close>/?)\s*(?P<name>ul|ol|li)\b[^<>]*>\s*", re.IGNORECASE)

FOLD_TAG = re.compile(r"\s*<\s*(?P<close>/?)\s*(?P<name>details|summary)\b[^<>]*>", re.IGNORECASE)
SUMMARY_END = re.compile(r"<\s*/\s*summary\s*>", re.IGNORECASE)


class Kind(Enum):
    """What a line, or a part of one, is."""

    BLANK = auto()
    TEXT = auto()
    HEADING = auto()
    BULLET = auto()
    QUOTE = auto()
    TABLE = auto()
    RULE = auto()
    FOLD = auto()
    FOLD_END = auto()
    FOLD_LABEL = auto()
    FRONT_MATTER = auto()
    CODE = auto()
    COMMENT = auto()
    TAGS = auto()
    ASIDE = auto()
    TOO_LONG = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line; `text` is its content, `depth` a heading's level or an indentation.

    `items` counts the list items in it, also where it is not read as a list.
    """

    kind: Kind
    line: int
    text: str = ""
    depth: int = 0
    mark: str = ""
    items: int = 0


def list_items(line: str) -> int:
    """How many list items the line holds; the count that a report is held against."""
    line = line[:LONGEST_LINE]
    while tag := FOLD_TAG.match(line):
        line = line[tag.end() :]
        if tag["name"].lower() == "summary" and not tag["close"]:
            end = SUMMARY_END.search(line)
            line = line[end.end() :] if end else ""
    if _LIST_TAG.match(line):
        return sum(_opens_item(tag) for tag in _LIST_TAG.finditer(line))
    return int(bool(_BULLET.fullmatch(line)) and not _RULE.fullmatch(line))


def shape(number: int, text: str) -> Token:
    """The line, which has that number on its page, as the one token it would be by itself."""
    if not text.strip():
        return Token(Kind.BLANK, number)
    if _RULE.fullmatch(text):
        return Token(Kind.RULE, number, text.strip())
    if found := _HEADING.fullmatch(text):
        return Token(Kind.HEADING, number, found["text"].strip(), len(found["marks"]))
    if found := _HTML_HEADING.fullmatch(text):
        return Token(Kind.HEADING, number, found["text"].strip(), int(found["depth"]))
    if found := _QUOTE.fullmatch(text):
        return Token(Kind.QUOTE, number, found["text"].strip())
    if found := _BULLET.fullmatch(text):
        return _bullet(number, found)
    for kind, pattern in ((Kind.TABLE, _TABLE), (Kind.ASIDE, _ASIDE), (Kind.TAGS, _ONLY_TAGS)):
        if pattern.fullmatch(text):
            return Token(kind, number, text.strip())
    return plain(number, text)


def _bullet(number: int, found: re.Match[str]) -> Token:
    """The list item; many write it without a space after its mark."""
    indent = len((found["indent"] or found["tight_indent"] or "").expandtabs(4))
    text = (found["text"] or found["tight"] or "").strip()
    return Token(Kind.BULLET, number, text, indent, found["mark"] or found["tight_mark"], 1)


def plain(number: int, text: str) -> Token:
    """The line as mere text, whatever it looks like."""
    return Token(Kind.TEXT, number, text.strip(), len(text) - len(text.lstrip()))


def html_list(number: int, text: str) -> Iterator[Token]:
    """The items on a line that begins with a tag of an HTML list; nothing for any other line.

    Every tag but `<li>` ends what came before it, as a rule would.
    """
    tag = _LIST_TAG.match(text)
    while tag:
        following = _LIST_TAG.search(text, tag.end())
        inner = text[tag.end() : following.start() if following else len(text)].strip()
        if _opens_item(tag):
            yield Token(Kind.BULLET, number, inner, mark="<li>", items=1)
        else:
            yield Token(Kind.RULE, number, tag.group().strip())
            if inner:
                yield plain(number, inner)
        tag = following


def _opens_item(tag: re.Match[str]) -> bool:
    return tag["name"].lower() == "li" and not tag["close"]
