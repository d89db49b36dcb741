"""A level page half read: pieces that still grow line by line."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.ladder.importers.lines import without_emphasis
from bot.ladder.importers.report import ImportedCompetency, ImportedLevel


@dataclass
class Item:
    """A statement, an example or an attribute's value, with the lines that continue it."""

    line: int
    parts: list[str]
    bullet: bool = True
    indent: int = 0

    @property
    def text(self) -> str:
        """The item on one line; its words are as they were."""
        return " ".join(part for part in self.parts if part)


@dataclass
class Quote:
    """A quoted passage: paragraphs of lines."""

    paragraphs: list[list[str]] = field(default_factory=list)

    def add(self, line: str) -> None:
        """One more quoted line; an empty one ends the paragraph."""
        if not line:
            self.break_paragraph()
        elif self.paragraphs:
            self.paragraphs[-1].append(line)
        else:
            self.paragraphs.append([line])

    def break_paragraph(self) -> None:
        """The next line starts a paragraph of its own."""
        if self.paragraphs and self.paragraphs[-1]:
            self.paragraphs.append([])

    @property
    def text(self) -> str:
        """The passage without the emphasis around it, paragraphs parted by an empty line."""
        paragraphs = [" ".join(lines) for lines in self.paragraphs if lines]
        plain = "\n\n".join(without_emphasis(paragraph) for paragraph in paragraphs)
        return without_emphasis(plain)


@dataclass
class CompetencyDraft:
    """One competency's section of the page."""

    name: str
    emoji: str
    line: int
    description: Quote = field(default_factory=Quote)
    statements: list[Item] = field(default_factory=list)
    examples: list[Item] = field(default_factory=list)

    def done(self) -> ImportedCompetency:
        """The section as it will be handed on."""
        return ImportedCompetency(
            name=self.name,
            emoji=self.emoji,
            description=self.description.text,
            statements=tuple(item.text for item in self.statements),
            examples=tuple(item.text for item in self.examples),
            line=self.line,
        )


@dataclass
class LevelDraft:
    """One level of the page."""

    id: str
    title: str
    line: int
    summary: Quote = field(default_factory=Quote)
    attributes: dict[str, Item] = field(default_factory=dict)
    competencies: list[CompetencyDraft] = field(default_factory=list)
    examples: list[Item] = field(default_factory=list)

    def competency(self, name: str) -> CompetencyDraft | None:
        """The section with that name, whatever its capitals."""
        same = (c for c in self.competencies if c.name.casefold() == name.casefold())
        return next(same, None)

    def items(self) -> list[Item]:
        """Every attribute, statement and example."""
        own = [*self.attributes.values(), *self.examples]
        return own + [item for c in self.competencies for item in (*c.statements, *c.examples)]

    def done(self) -> ImportedLevel:
        """The level as it will be handed on."""
        return ImportedLevel(
            id=self.id,
            title=self.title,
            summary=self.summary.text,
            attributes=tuple((name, item.text) for name, item in self.attributes.items()),
            competencies=tuple(competency.done() for competency in self.competencies),
            examples=tuple(item.text for item in self.examples),
            line=self.line,
        )
