"""Where on the page the reader is, what it has so far, and its account of the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from bot.ladder.importers.pages.drafts import CompetencyDraft, Item, LevelDraft, Quote
from bot.ladder.importers.pages.headings import LevelName
from bot.ladder.importers.pages.lines import BREAK, Token
from bot.ladder.importers.report import Finding

LABEL_DEPTH = 7


class Section(Enum):
    """The part of the page that a line belongs to."""

    OUTSIDE = auto()
    HEADER = auto()
    COMPETENCY = auto()
    CLOSING = auto()
    ASIDE = auto()


_WHY_NOT = {
    Section.OUTSIDE: "before the first level heading",
    Section.HEADER: "neither a summary nor an attribute",
    Section.ASIDE: "in a section that is not a competency",
}


@dataclass
class Place:
    """What every line is read against; the depths are those of the headings now open.

    `item` and `quote` are what the next line may go on with, unless a blank line (`gap`) parts
    them. `folds` holds, for each fold now open, whether examples stood around it. A list item
    that announces examples is at `label_indent`, and `nested` once deeper ones followed.
    """

    levels: list[LevelDraft] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    left: dict[int, Finding] = field(default_factory=dict)
    items_left: int = 0
    section: Section = Section.OUTSIDE
    level_depth: int = 0
    competency_depth: int = 0
    aside_depth: int = 0
    competency: CompetencyDraft | None = None
    in_examples: bool = False
    folds: list[bool] = field(default_factory=list)
    label_indent: int | None = None
    nested: bool = False
    item: Item | None = None
    quote: Quote | None = None
    gap: bool = False
    callout: bool = False
    table_head: list[str] = field(default_factory=list)

    @property
    def level(self) -> LevelDraft:
        """The level that is being read; there must be one."""
        return self.levels[-1]

    def start_level(self, token: Token, name: LevelName, depth: int) -> None:
        """A level begins; what follows is its header."""
        if name.id != name.said:
            self.note(token.line, f"“{name.said}” is called {name.id}")
        self.levels.append(LevelDraft(name.id, name.title, token.line))
        self.level_depth, self.competency_depth = depth, 0
        self.enter(Section.HEADER)

    def start_competency(self, token: Token, emoji: str, name: str, depth: int) -> None:
        """A competency begins, or goes on when the level has one of that name."""
        self.enter(Section.COMPETENCY)
        self.competency_depth = depth
        self.competency = self.level.competency(name)
        if self.competency:
            self.note(token.line, f"“{name}” comes twice on this page; both parts were joined")
            return
        if emoji.startswith(":"):
            said = f"the emoji {emoji} is kept as a short code, which Slack understands"
            self.note(token.line, said)
        self.competency = CompetencyDraft(name, emoji, token.line, depth == LABEL_DEPTH)
        self.level.add(self.competency)

    def enter(self, section: Section) -> None:
        """Another section begins: no competency, no examples, no fold is open in it yet."""
        self.end_block()
        self.section, self.competency = section, None
        self.aside_depth = 0
        self.in_examples = False
        self.label_indent = None
        self.folds.clear()

    def end_block(self) -> None:
        """Nothing that came before goes on."""
        self.item = self.quote = None
        self.callout = False
        self.table_head = []

    def list_target(self) -> list[Item] | None:
        """Where a list item belongs here, if anywhere."""
        if self.competency:
            return self.competency.examples if self.in_examples else self.competency.statements
        if self.section is Section.CLOSING or (self.section is Section.HEADER and self.in_examples):
            return self.level.examples
        return self.level.loose if self.section is Section.HEADER else None

    def note(self, line: int, message: str) -> None:
        """Something on that line that was read, and is worth knowing."""
        self.notes.append(Finding(line, message))

    def leave(self, token: Token, reason: str) -> None:
        """The token could not be put anywhere; its owner is told."""
        self.leave_line(token.line, reason, token.text, token.items)

    def leave_line(self, line: int, reason: str, text: str, items: int = 0) -> None:
        """The same for a text on that line which holds so many list items."""
        message = f"{reason}: {text.replace(BREAK, ' ')}" if text else reason
        if line in self.left:
            message = f"{self.left[line].message}; {message}"
        self.left[line] = Finding(line, message)
        self.items_left += items

    def why_not(self) -> str:
        """Why a line that fits nowhere does not fit here."""
        return _WHY_NOT.get(self.section, "neither a list item nor a quotation")
