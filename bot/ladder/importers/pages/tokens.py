"""A page's lines cut into tokens, with what a line cannot know by itself.

A Markdown syntax tree loses what level pages hold (lists inside HTML, lists continued without
indentation), so the page is read line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.ladder.importers.pages.lines import (
    BREAK,
    FOLD_TAG,
    LONGEST_LINE,
    SUMMARY_END,
    Kind,
    Token,
    html_list,
    list_items,
    plain,
    shape,
)

_FENCE = re.compile(r"\s*(```|~~~)")
_UNDERLINE = re.compile(r"\s{0,3}(?:(=)={1,}|-{2,})\s*")
_SENTENCE = re.compile(r".{80,}|.*[.,;!?]|[*_]{1,3}[^*_]+[*_:]+.*")
_FRONT_MATTER = re.compile(r"\s*|[\w\"'-][\w \"'-]*:.*|\s+\S.*|-\s.*")
_LONGEST_FRONT_MATTER = 100
_CLOSING_TAGS = re.compile(r"(?:<\s*/\s*(?:details|summary|li|ul|ol|p)\s*>\s*)+$", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\s*<\s*p\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_ENDS_ITEM = re.compile(r"<\s*/\s*(?:li|ul|ol)", re.IGNORECASE)


def tokens(lines: Sequence[str]) -> Iterator[Token]:
    """The page as tokens; each line, counted from 1, gives one or more.

    The underline of a heading (`====`) gives none.
    """
    return _Splitter(lines).split()


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines the page's front matter takes, with the dashes around it."""
    fence = lines[0].rstrip() if lines else ""
    if fence not in ("---", "+++"):
        return 0
    for number, line in enumerate(lines[1:_LONGEST_FRONT_MATTER], 2):
        if line.rstrip() == fence:
            return number
        if not _FRONT_MATTER.fullmatch(line) and fence == "---":
            return 0
    return 0


class _Splitter:
    """Cuts lines into tokens and knows when it is inside a fence, a comment or a summary tag."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.fence = ""
        self.in_comment = False
        self.label: list[str] | None = None
        self.label_line = 0
        self.may_be_heading = True
        self.underline = 0

    def split(self) -> Iterator[Token]:
        start = _front_matter(self.lines)
        for number, text in enumerate(self.lines, 1):
            if number <= start:
                items = list_items(text)
                yield Token(Kind.FRONT_MATTER, number, text.strip(), items=items)
            elif number != self.underline:
                yield from self._line(number, text)
                self.may_be_heading = (
                    not text.strip() or shape(number, text).kind in _ENDS_PARAGRAPH
                )
        if self.label is not None:
            yield self._end_label()

    def _line(self, number: int, text: str) -> Iterator[Token]:
        if len(text) > LONGEST_LINE:
            start = f"{text[:60].strip()}…"
            yield Token(Kind.TOO_LONG, number, start, items=list_items(text))
        elif self._in_code(text):
            yield Token(Kind.CODE, number, text.strip(), items=list_items(text))
        elif self._commented(text):
            yield Token(Kind.COMMENT, number, text.strip(), items=list_items(text))
        elif depth := self._underlined(number, text):
            self.underline = number + 1
            yield Token(Kind.HEADING, number, text.strip(), depth)
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

    def _underlined(self, number: int, text: str) -> int:
        """The depth of the heading that a line is by `====` or `----` below it, else 0."""
        below = self.lines[number : number + 1]
        underline = _UNDERLINE.fullmatch(below[0]) if below and self.may_be_heading else None
        if not underline or self.label is not None or FOLD_TAG.match(text):
            return 0
        if not _is_text(number, text):
            return 0
        if underline[1]:
            return 1
        return 0 if _SENTENCE.fullmatch(text.strip()) else 2

    def _pieces(self, number: int, text: str) -> Iterator[Token]:
        if self.label is not None and not _is_text(number, text):
            yield self._end_label()
        cut = inside_label = False
        while tag := self._next_cut(text):
            cut = True
            if self.label is not None:
                self.label.append(text[: tag.start()])
                inside_label = self.label_line < number and bool(text[: tag.start()].strip())
                yield self._end_label()
            elif (token := self._tag(number, tag)) is not None:
                yield token
            text = text[tag.end() :]
        if self.label is not None:
            self.label.append(text)
        elif inside_label and text.strip():
            yield plain(number, text)
        elif text.strip() or not cut:
            yield from _with_closing_tags(number, text)

    def _next_cut(self, text: str) -> re.Match[str] | None:
        return FOLD_TAG.match(text) if self.label is None else SUMMARY_END.search(text)

    def _tag(self, number: int, tag: re.Match[str]) -> Token | None:
        if tag["name"].lower() == "summary":
            self.label = None if tag["close"] else []
            self.label_line = number
            return None
        return Token(Kind.FOLD_END if tag["close"] else Kind.FOLD, number)

    def _end_label(self) -> Token:
        label = _ANY_TAG.sub("", " ".join(self.label or ())).replace(BREAK, " ")
        self.label = None
        return Token(Kind.FOLD_LABEL, self.label_line, label.strip())


_ENDS_PARAGRAPH = frozenset(
    [Kind.HEADING, Kind.RULE, Kind.TAGS, Kind.TABLE, Kind.ASIDE]
)  # fmt: skip


def _is_text(number: int, text: str) -> bool:
    return shape(number, text).kind is Kind.TEXT and not list_items(text)


def _with_closing_tags(number: int, text: str) -> Iterator[Token]:
    tail = _CLOSING_TAGS.search(text)
    yield from _broken(number, text[: tail.start()] if tail else text)
    if tail and _ENDS_ITEM.search(tail.group()):
        yield Token(Kind.RULE, number)
    if tail and "details" in tail.group().lower():
        yield Token(Kind.FOLD_END, number)


def _broken(number: int, text: str) -> Iterator[Token]:
    """The tokens of a line without fold tags; what follows a line-break tag goes on below it."""
    for token in list(html_list(number, text)) or [_shape(number, text)]:
        first, *others = token.text.split(BREAK)
        if token.kind is Kind.HEADING:
            first, others = token.text.replace(BREAK, " "), []
        yield replace(token, text=first.strip())
        kind = Kind.QUOTE if token.kind is Kind.QUOTE else Kind.TEXT
        yield from (
            Token(kind, number, part.strip(), token.depth) for part in others if part.strip()
        )


def _shape(number: int, text: str) -> Token:
    paragraph = _PARAGRAPH.match(text)
    return plain(number, text[paragraph.end() :]) if paragraph else shape(number, text)
