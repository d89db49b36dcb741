"""A level page half read: pieces that still grow line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.ladder.importers.names import without_emphasis
from bot.ladder.importers.report import ImportedCompetency, ImportedLevel


@dataclass
class Item:
    """A statement, an example or an attribute's value, with the lines that continue it.

    `bullets` counts the list items that it was made of.
    """

    line: int
    parts: list[str]
    bullets: int = 0
    indent: int = 0

    @property
    def text(self) -> str:
        """The item on one line; its words are as they were."""
        return " ".join(part for part in self.parts if part)


@dataclass
class Quote:
    """A passage: paragraphs of lines; `open_at` has the line of each that was not quoted."""

    paragraphs: list[list[str]] = field(default_factory=list)
    open_at: list[int] = field(default_factory=list)

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

    def as_items(self) -> list[Item]:
        """A paragraph each, where none of the passage was quoted."""
        parts = [lines for lines in self.paragraphs if lines]
        if len(parts) != len(self.open_at):
            return []
        return [Item(line, lines) for line, lines in zip(self.open_at, parts, strict=True)]

    @property
    def text(self) -> str:
        """The passage without the emphasis around it, paragraphs parted by an empty line."""
        paragraphs = [" ".join(lines) for lines in self.paragraphs if lines]
        plain = "\n\n".join(without_emphasis(paragraph) for paragraph in paragraphs)
        return without_emphasis(plain)


@dataclass
class CompetencyDraft:
    """One competency's section of the page; `labelled` when a mere label began it."""

    name: str
    emoji: str
    line: int
    labelled: bool = False
    description: Quote = field(default_factory=Quote)
    statements: list[Item] = field(default_factory=list)
    examples: list[Item] = field(default_factory=list)

    @property
    def has_items(self) -> bool:
        """Whether a list under it has begun."""
        return bool(self.statements or self.examples)

    @property
    def is_empty(self) -> bool:
        """Whether nothing but its name is known yet."""
        return not self.has_items and not self.description.paragraphs

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
class Attribute:
    """A fact about the level, under the name that its page uses first."""

    name: str
    value: Item


@dataclass
class LevelDraft:
    """One level of the page; `loose` are list items above the first competency."""

    id: str
    title: str
    line: int
    summary: Quote = field(default_factory=Quote)
    attributes: dict[str, Attribute] = field(default_factory=dict)
    competencies: dict[str, CompetencyDraft] = field(default_factory=dict)
    examples: list[Item] = field(default_factory=list)
    loose: list[Item] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing but its heading is known yet."""
        has = (self.summary.paragraphs, self.attributes, self.competencies, self.examples)
        return not any(has) and not self.loose

    def competency(self, name: str) -> CompetencyDraft | None:
        """The section with that name, whatever its capitals."""
        return self.competencies.get(name.casefold())

    def add(self, competency: CompetencyDraft) -> None:
        """One more section; its name must be new."""
        self.competencies[competency.name.casefold()] = competency

    def lists(self) -> Iterator[list[Item]]:
        """Every list of statements or examples."""
        yield self.examples
        for competency in self.competencies.values():
            yield competency.statements
            yield competency.examples

    def items(self) -> list[Item]:
        """Every attribute, statement and example."""
        facts = [attribute.value for attribute in self.attributes.values()]
        return facts + [item for each in self.lists() for item in each]

    def done(self) -> ImportedLevel:
        """The level as it will be handed on."""
        return ImportedLevel(
            id=self.id,
            title=self.title,
            summary=self.summary.text,
            attributes=tuple((each.name, each.value.text) for each in self.attributes.values()),
            competencies=tuple(each.done() for each in self.competencies.values()),
            examples=tuple(item.text for item in self.examples),
            line=self.line,
        )
