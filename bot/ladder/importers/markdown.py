"""A Markdown level page, read without losing a word: what is not understood is reported."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import ClassVar

from bot.ladder.importers.drafts import CompetencyDraft, Item, LevelDraft, Quote
from bot.ladder.importers.lines import (
    Kind,
    Token,
    is_list_item,
    split_emoji,
    tokens,
    without_emphasis,
)
from bot.ladder.importers.repair import looks_damaged, repair
from bot.ladder.importers.report import Finding, ImportedLevel, ImportReport
from bot.ladder.wording import is_placeholder

_LEVEL = re.compile(
    r"(?P<id>(?:level\s+|(?!q\d|h\d|fy)[a-z]{1,2}-?)\d{1,2}(?:\.\d{1,2})*)"
    r"(?:\s*\\?(?:[:|–—-]|\.(?=\s))\s*|\s+|$)(?P<title>.*)",
    re.IGNORECASE,
)
_LEVEL_WORD = re.compile(r"level\s+", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?P<mark>\*{1,3}|_{1,3})(?P<name>[^*_:]{2,80}?)\s*"
    r"(?:\\?:\s*(?P=mark)\s*\\?:?|(?P=mark)\s*(?:\\?:|[–—-]\s))\s*(?P<value>.*)"
)
_PLAIN_ATTRIBUTE = re.compile(r"(?P<name>[^:*_`<>\[\]]{2,60}?)\s*\\?:(?:\s+(?P<value>.*)|$)")
_USUAL_ATTRIBUTES = frozenset(
    ["planning horizon", "impact radius", "evaluation", "evaluated by", "scope", "autonomy",
     "responsibility and direction needed", "responsibility", "direction needed", "complexity",
     "experience", "reports to"]
)  # fmt: skip
_EXAMPLES = re.compile(
    r"(?:some |for )?examples?\b.{0,60}|what .{1,40} looks? like|what does .{1,40} look like"
    r"|success looks like|in practice",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"see also|references?|further reading|resources|(?:related |useful )?links|related|notes?"
    r"|(?:table of )?contents|change ?log",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?P<mark>\*{2,3}|__|\*|_)(?P<text>[^*_]+)(?P=mark)(?P<colon>\s*:)?")
_AROUND_LABEL = " \t\u00a0:*_?.!…"


_UNREADABLE = {
    Kind.CODE: "inside a block of code",
    Kind.COMMENT: "a comment",
    Kind.TOO_LONG: "longer than any line of a level page",
}


class _Section(Enum):
    """Where on the page the reader is."""

    OUTSIDE = auto()
    HEADER = auto()
    COMPETENCY = auto()
    CLOSING = auto()
    ASIDE = auto()


def read_page(text: str, file_name: str) -> tuple[ImportedLevel | None, ImportReport]:
    """The first level on the page, or None where there is no level heading."""
    levels, report = read_levels(text, file_name)
    return (levels[0] if levels else None), report


def read_levels(text: str, file_name: str) -> tuple[tuple[ImportedLevel, ...], ImportReport]:
    """Every level on the page in its order, and the account of all its lines."""
    raw = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines, repairs = _mend(raw)
    reader = _PageReader()
    for token in tokens(lines):
        reader.take(token)
    reader.finish()
    return tuple(level.done() for level in reader.levels), _report(
        file_name, lines, reader, repairs
    )


def _mend(raw: list[str]) -> tuple[list[str], list[Finding]]:
    """The lines with damaged text and line-break backslashes undone, and what was done."""
    lines, findings = [], []
    for number, line in enumerate(raw, 1):
        mended = repair(line)
        if mended != line:
            message = f"damaged text, now reads: {mended.strip()}"
            findings.append(Finding(number, message))
        unbroken = _without_break(mended)
        if unbroken != mended:
            findings.append(Finding(number, "a line-break backslash at the end, left out"))
        lines.append(unbroken)
    return lines, findings


def _without_break(line: str) -> str:
    """The line without a single backslash at its end, Markdown's sign for a line break."""
    end = line.rstrip()
    single = end.endswith("\\") and not end.endswith("\\\\")
    return end[:-1] if single else line


def _report(
    file_name: str, lines: list[str], reader: _PageReader, repairs: list[Finding]
) -> ImportReport:
    levels = reader.levels
    competencies = [each for level in levels for each in level.competencies]
    items = [item for level in levels for item in level.items()]
    damaged = [
        Finding(number, f"looks damaged, kept as it is: {line.strip()}")
        for number, line in enumerate(lines, 1)
        if looks_damaged(line)
    ]
    return ImportReport(
        file=file_name,
        attributes=sum(len(level.attributes) for level in levels),
        competencies=len(competencies),
        statements=sum(len(each.statements) for each in competencies),
        examples=len(items)
        - sum(len(level.attributes) for level in levels)
        - sum(len(each.statements) for each in competencies),
        placeholders=tuple(
            Finding(item.line, item.text) for item in items if is_placeholder(item.text)
        ),
        repairs=tuple(repairs),
        notes=tuple(sorted([*reader.notes, *damaged], key=lambda finding: finding.line)),
        not_understood=tuple(reader.left[line] for line in sorted(reader.left)),
        list_items=sum(is_list_item(line) for line in lines),
        items_read=sum(item.bullet for item in items),
        items_left=sum(is_list_item(lines[line - 1]) for line in reader.left),
    )


@dataclass
class _PageReader:
    """Takes the page's tokens in order; each is either put in its place or left and reported."""

    levels: list[LevelDraft] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    left: dict[int, Finding] = field(default_factory=dict)
    section: _Section = _Section.OUTSIDE
    level_depth: int = 0
    competency_depth: int = 0
    competency: CompetencyDraft | None = None
    in_examples: bool = False
    in_fold: bool = False
    item: Item | None = None
    quote: Quote | None = None
    gap: bool = False

    def take(self, token: Token) -> None:
        """Deal with one token."""
        if token.kind is Kind.BLANK:
            self._blank()
            return
        self._TAKERS[token.kind](self, token)
        self.gap = False

    def finish(self) -> None:
        """What can only be said at the end: attributes that never got a value."""
        for level in self.levels:
            for name, item in list(level.attributes.items()):
                if not item.text:
                    del level.attributes[name]
                    self._leave_line(item.line, "a label without a value", name)

    # One method for each kind of token.

    def _blank(self) -> None:
        self.gap = True
        if self.quote:
            self.quote.break_paragraph()
            self.quote = None

    def _heading(self, token: Token) -> None:
        self._end_block()
        self.in_examples = self.in_fold = False
        emoji, title = split_emoji(without_emphasis(token.text))
        title = without_emphasis(title).rstrip(":").rstrip() or emoji
        level = _LEVEL.fullmatch(title.replace("*", ""))
        if level and token.depth == (self.level_depth or token.depth):
            self._start_level(token, level, emoji)
        elif self.section is _Section.OUTSIDE:
            self._leave(token, "before the first level heading")
        elif not title:
            self._leave(token, "an empty heading")
        elif _EXAMPLES.fullmatch(title):
            self._examples_heading(token)
        elif _ASIDE.fullmatch(title) or token.depth <= self.level_depth:
            self.section, self.competency = _Section.ASIDE, None
            self._leave(token, "a section that is not a competency")
        elif token.depth <= (self.competency_depth or token.depth):
            self._start_competency(token, emoji, title)
        else:
            self._leave(token, "a group's label is not kept, what is under it is")

    def _start_level(self, token: Token, found: re.Match[str], emoji: str) -> None:
        level_id = _LEVEL_WORD.sub("L", found["id"])
        title = found["title"].strip() or level_id
        if level_id != found["id"]:
            self._note(token, f"“{found['id']}” is called {level_id}")
        if emoji:
            self._note(token, f"the emoji {emoji} before the level is not kept")
        self.levels.append(LevelDraft(level_id, title, token.line))
        self.level_depth, self.competency_depth = token.depth, 0
        self.section, self.competency = _Section.HEADER, None

    def _start_competency(self, token: Token, emoji: str, title: str) -> None:
        self.competency_depth = token.depth
        self.section = _Section.COMPETENCY
        self.competency = self.levels[-1].competency(title)
        if self.competency:
            self._note(token, f"“{title}” comes twice on this page; both parts were joined")
            return
        if emoji.startswith(":"):
            self._note(token, f"the emoji {emoji} is kept as a short code, which Slack understands")
        self.competency = CompetencyDraft(title, emoji, token.line)
        self.levels[-1].competencies.append(self.competency)

    def _examples_heading(self, token: Token) -> None:
        if self.competency is None or token.depth <= self.competency_depth:
            self.section, self.competency = _Section.CLOSING, None
        self.in_examples = True

    def _quote(self, token: Token) -> None:
        self.item = None
        target = self._quote_target()
        if target is None:
            self._leave(token, "a quotation in a place where none is expected")
            return
        self.quote = target
        target.add(token.text)

    def _quote_target(self) -> Quote | None:
        if self.section is _Section.HEADER:
            return self.levels[-1].summary
        if self.competency and not (self.competency.statements or self.competency.examples):
            return self.competency.description
        return None

    def _bullet(self, token: Token) -> None:
        outer, self.quote = self.item, None
        self.item = None
        if self.section is _Section.HEADER and self._attribute(token):
            return
        target = self._list_target()
        if target is None:
            self._leave(token, self._why_not())
        elif not token.text:
            self._leave(token, "an empty list item")
        elif _is_examples_label(token.text):
            self.in_examples = True
            self._leave(token, "a label, what is under it is kept")
        else:
            self._note_oddities(token, outer)
            self.item = Item(token.line, [token.text], indent=token.depth)
            target.append(self.item)

    def _note_oddities(self, token: Token, outer: Item | None) -> None:
        if token.mark.startswith("\\"):
            self._note(token, "a list item that began with a backslash")
        if outer and token.depth >= outer.indent + 2:
            self._note(token, "indented under another item, read as one of its own")

    def _list_target(self) -> list[Item] | None:
        if self.competency:
            return self.competency.examples if self.in_examples else self.competency.statements
        return self.levels[-1].examples if self.section is _Section.CLOSING else None

    def _text(self, token: Token) -> None:
        if self.section is _Section.HEADER and self._attribute(token):
            return
        if self.competency and self._label(token):
            return
        if self._continues(token):
            return
        self._end_block()
        self._leave(token, self._why_not())

    def _continues(self, token: Token) -> bool:
        if self.quote and not self.gap:
            self.quote.add(token.text)
            return True
        if self.item and (not self.gap or token.depth > self.item.indent):
            self.item.parts.append(token.text)
            return True
        return False

    def _label(self, token: Token) -> bool:
        """Take a line that only says what the lines under it are."""
        continues = self.item is not None and not self.gap
        if _is_examples_label(token.text, alone=not continues):
            self._end_block()
            self.in_examples = True
            return True
        label = _LABEL.fullmatch(token.text)
        if not label or (continues and ":" not in token.text):
            return False
        self._end_block()
        self.in_examples = self.in_examples and self.in_fold
        self._leave(token, "a group's label is not kept, what is under it is")
        return True

    def _attribute(self, token: Token) -> bool:
        found = _ATTRIBUTE.fullmatch(token.text) or _plain_attribute(token)
        if not found:
            return False
        self._end_block()
        name = " ".join(found["name"].split())
        item = Item(token.line, [(found["value"] or "").strip()], token.kind is Kind.BULLET)
        attributes = self.levels[-1].attributes
        if any(name.casefold() == known.casefold() for known in attributes):
            self._leave(token, "this attribute comes twice, the first one is kept")
        else:
            attributes[name] = self.item = replace(item, indent=token.depth)
        return True

    def _fold(self, token: Token) -> None:
        self._end_block()
        self.in_fold = token.kind is Kind.FOLD
        if not self.in_fold:
            self.in_examples = self.section is _Section.CLOSING

    def _fold_label(self, token: Token) -> None:
        if _EXAMPLES.fullmatch(token.text.strip(_AROUND_LABEL)):
            self.in_examples = True
        elif token.text:
            self._leave(token, "a folded part's label is not kept, what is under it is")

    def _rule(self, token: Token) -> None:  # noqa: ARG002
        self._end_block()

    def _unreadable(self, token: Token) -> None:
        self.quote = None
        if token.text:
            self._leave(token, _UNREADABLE[token.kind])

    _TAKERS: ClassVar[dict[Kind, Callable[[_PageReader, Token], None]]] = {
        Kind.HEADING: _heading,
        Kind.QUOTE: _quote,
        Kind.BULLET: _bullet,
        Kind.TEXT: _text,
        Kind.RULE: _rule,
        Kind.FOLD: _fold,
        Kind.FOLD_END: _fold,
        Kind.FOLD_LABEL: _fold_label,
        Kind.CODE: _unreadable,
        Kind.COMMENT: _unreadable,
        Kind.TOO_LONG: _unreadable,
    }

    # What the methods above share.

    def _end_block(self) -> None:
        self.item = self.quote = None

    def _note(self, token: Token, message: str) -> None:
        self.notes.append(Finding(token.line, message))

    def _leave(self, token: Token, reason: str) -> None:
        self._leave_line(token.line, reason, token.text)

    def _leave_line(self, line: int, reason: str, text: str) -> None:
        message = f"{reason}: {text}" if text else reason
        if line in self.left:
            message = f"{self.left[line].message}; {message}"
        self.left[line] = Finding(line, message)

    def _why_not(self) -> str:
        if self.section is _Section.OUTSIDE:
            return "before the first level heading"
        if self.section is _Section.ASIDE:
            return "in a section that is not a competency"
        if self.section is _Section.HEADER:
            return "neither a summary nor an attribute"
        return "neither a list item nor a quotation"


def _plain_attribute(token: Token) -> re.Match[str] | None:
    """An attribute without emphasis: any short name on a bullet, a usual one on a bare line."""
    found = _PLAIN_ATTRIBUTE.fullmatch(token.text)
    usual = found and found["name"].strip().casefold() in _USUAL_ATTRIBUTES
    return found if usual or (found and found["value"] and token.kind is Kind.BULLET) else None


def _is_examples_label(text: str, *, alone: bool = False) -> bool:
    """Whether a line announces examples; one that stands alone needs no colon or emphasis."""
    core = text.strip(_AROUND_LABEL)
    set_off = text.endswith((":", "*", "_")) or (alone and len(core.split()) <= 2)
    return set_off and bool(_EXAMPLES.fullmatch(core))
