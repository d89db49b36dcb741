"""The lines of a Markdown level page, told apart by shape alone.

A Markdown syntax tree loses what such pages hold (lists inside HTML, lists continued without
indentation), so the page is read line by line. Whitespace of every kind counts as a space here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

_BULLET = re.compile(r"(?P<indent>\s*)(?P<mark>\\?[-*+•]|\d{1,3}\\?[.)])(?:\s+(?P<text>.*)|$)")
_RULE = re.compile(r"\s*([-*_=])(?:\s*\1){2,}\s*")
_HEADING = re.compile(
    r"\s{0,3}(?P<marks>#{1,6}(?=\s)|#{2,6}(?=[^\s#])|#(?=[Ll]\d))\s*(?P<text>.*?)(?:\s+#+)?\s*"
)
_QUOTE = re.compile(r"\s*\\?>\s?(?P<text>.*)")
_FENCE = re.compile(r"\s*(```|~~~)")
_TAG = re.compile(r"\s*<\s*(?P<close>/?)\s*(?P<name>details|summary)\b[^<>]*>", re.IGNORECASE)
_SUMMARY_END = re.compile(r"<\s*/\s*summary\s*>", re.IGNORECASE)
_CLOSING_TAGS = re.compile(r"(?:<\s*/\s*(?:details|summary)\s*>\s*)+$", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")

_EMPHASIS = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<inner>.+?)(?<=\S)(?P=mark)", re.DOTALL)
_SHORTCODE = re.compile(
    r"(?P<front>:[a-z0-9_+-]+:)\s*(?P<rest>.*)|(?P<head>.*?)\s*(?P<back>:[a-z0-9_+-]+:)"
)
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_JOINER = re.compile("[\ufe0f\u200d\u20e3\U000e0020-\U000e007f]")


_LONGEST_LINE = 4_000


class Kind(Enum):
    """What a line, or a part of one, is."""

    BLANK = auto()
    TEXT = auto()
    HEADING = auto()
    BULLET = auto()
    QUOTE = auto()
    RULE = auto()
    FOLD = auto()
    FOLD_END = auto()
    FOLD_LABEL = auto()
    CODE = auto()
    COMMENT = auto()
    TOO_LONG = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line; `text` is its content, `depth` a heading's level or an indentation."""

    kind: Kind
    line: int
    text: str = ""
    depth: int = 0
    mark: str = ""


def is_list_item(line: str) -> bool:
    """Whether the line is a bullet or a numbered item; the count that a report is held against."""
    line = line[:_LONGEST_LINE]
    while tag := _TAG.match(line):
        line = line[tag.end() :]
        if tag["name"].lower() == "summary" and not tag["close"]:
            end = _SUMMARY_END.search(line)
            line = line[end.end() :] if end else ""
    return bool(_BULLET.fullmatch(line)) and not _RULE.fullmatch(line)


def tokens(lines: Iterable[str]) -> Iterator[Token]:
    """The page as tokens; each line, counted from 1, gives one or more."""
    return _Splitter().split(lines)


class _Splitter:
    """Cuts lines into tokens and knows when it is inside a fence, a comment or a summary tag."""

    def __init__(self) -> None:
        self.fence = ""
        self.in_comment = False
        self.label: list[str] | None = None
        self.label_line = 0

    def split(self, lines: Iterable[str]) -> Iterator[Token]:
        for number, text in enumerate(lines, 1):
            yield from self._line(number, text)
        if self.label is not None:
            yield self._end_label()

    def _line(self, number: int, text: str) -> Iterator[Token]:
        if len(text) > _LONGEST_LINE:
            yield Token(Kind.TOO_LONG, number, f"{text[:60].strip()}…")
        elif self._in_code(text):
            yield Token(Kind.CODE, number, text.strip())
        elif self._commented(text):
            yield Token(Kind.COMMENT, number, text.strip())
        else:
            yield from self._pieces(number, text)

    def _in_code(self, text: str) -> bool:
        fence = _FENCE.match(text)
        if self.fence:
            self.fence = "" if fence and fence[1] == self.fence else self.fence
            return True
        self.fence = fence[1] if fence else ""
        return bool(fence)

    def _commented(self, text: str) -> bool:
        starts = text.lstrip().startswith("<!--")
        inside = self.in_comment or starts
        if inside:
            self.in_comment = "-->" not in text
        return inside

    def _pieces(self, number: int, text: str) -> Iterator[Token]:
        if self.label is not None and _shape(number, text).kind is not Kind.TEXT:
            yield self._end_label()
        cut = False
        while tag := self._next_cut(text):
            cut = True
            if self.label is not None:
                self.label.append(text[: tag.start()])
                yield self._end_label()
            elif (token := self._tag(number, tag)) is not None:
                yield token
            text = text[tag.end() :]
        if self.label is not None:
            self.label.append(text)
        elif text.strip() or not cut:
            yield from _with_closing_tags(number, text)

    def _next_cut(self, text: str) -> re.Match[str] | None:
        return _TAG.match(text) if self.label is None else _SUMMARY_END.search(text)

    def _tag(self, number: int, tag: re.Match[str]) -> Token | None:
        if tag["name"].lower() == "summary":
            self.label = None if tag["close"] else []
            self.label_line = number
            return None
        return Token(Kind.FOLD_END if tag["close"] else Kind.FOLD, number)

    def _end_label(self) -> Token:
        label = _ANY_TAG.sub("", " ".join(self.label or ()))
        self.label = None
        return Token(Kind.FOLD_LABEL, self.label_line, label.strip())


def _with_closing_tags(number: int, text: str) -> Iterator[Token]:
    tail = _CLOSING_TAGS.search(text)
    yield _shape(number, text[: tail.start()] if tail else text)
    if tail and "details" in tail.group().lower():
        yield Token(Kind.FOLD_END, number)


def _shape(number: int, text: str) -> Token:
    if not text.strip():
        return Token(Kind.BLANK, number)
    if _RULE.fullmatch(text):
        return Token(Kind.RULE, number, text.strip())
    if found := _HEADING.fullmatch(text):
        return Token(Kind.HEADING, number, found["text"].strip(), len(found["marks"]))
    if found := _QUOTE.fullmatch(text):
        return Token(Kind.QUOTE, number, found["text"].strip())
    if found := _BULLET.fullmatch(text):
        indent = len(found["indent"].expandtabs(4))
        return Token(Kind.BULLET, number, (found["text"] or "").strip(), indent, found["mark"])
    indent = len(text) - len(text.lstrip())
    return Token(Kind.TEXT, number, text.strip(), indent)


def without_emphasis(text: str) -> str:
    """The text without the one pair of asterisks or underscores that wraps the whole of it."""
    found = _EMPHASIS.fullmatch(text.strip())
    if not found:
        return text.strip()
    mark, inner = re.escape(found["mark"]), found["inner"]
    opens_again = re.search(rf"(?<!\w){mark}(?=\S)|(?<=\S){mark}(?!\w)", inner)
    return text.strip() if opens_again else inner


def split_emoji(title: str) -> tuple[str, str]:
    """The emoji or `:shortcode:` at either end of a heading, and the heading without it."""
    if found := _SHORTCODE.fullmatch(title):
        return (found["front"] or found["back"]), (found["rest"] or found["head"] or "")
    length = _emoji_length(title)
    if length:
        return title[:length], title[length:].strip()
    words = title.rsplit(maxsplit=1)
    if len(words) == 2 and _emoji_length(words[1]) == len(words[1]):
        return words[1], words[0]
    return "", title


def _emoji_length(text: str) -> int:
    """How many characters at the start are emoji, with their joiners and skin tones."""
    if keycap := _KEYCAP.match(text):
        return keycap.end()
    length = 0
    for letter in text:
        if not _is_emoji(letter) and not (length and _JOINER.match(letter)):
            break
        length += 1
    return length


def _is_emoji(letter: str) -> bool:
    return unicodedata.category(letter) == "So" or "\U0001f000" <= letter <= "\U0001faff"
