"""A level half read: what the cells of a table have said of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.ladder.importers.report import ImportedCompetency, ImportedLevel


@dataclass(frozen=True, slots=True)
class Item:
    """A statement, an example or a fact, with the line that its cell begins on."""

    line: int
    text: str


@dataclass
class CompetencyDraft:
    """One competency as the table words it for one level."""

    name: str
    emoji: str
    line: int
    description: str = ""
    statements: list[Item] = field(default_factory=list)
    examples: list[Item] = field(default_factory=list)

    def done(self) -> ImportedCompetency:
        """The competency as it will be handed on."""
        return ImportedCompetency(
            name=self.name,
            emoji=self.emoji,
            description=self.description,
            statements=tuple(item.text for item in self.statements),
            examples=tuple(item.text for item in self.examples),
            line=self.line,
        )


@dataclass
class LevelDraft:
    """One level of the table."""

    id: str
    title: str
    line: int
    summary: list[str] = field(default_factory=list)
    attributes: dict[str, Item] = field(default_factory=dict)
    competencies: list[CompetencyDraft] = field(default_factory=list)
    examples: list[Item] = field(default_factory=list)

    def competency(self, name: str) -> CompetencyDraft | None:
        """What is said of the competency with that name, whatever its capitals."""
        same = (c for c in self.competencies if c.name.casefold() == name.casefold())
        return next(same, None)

    def add_fact(self, name: str, line: int, text: str) -> None:
        """One more fact, or more words for one that is known."""
        known = next((each for each in self.attributes if each.casefold() == name.casefold()), name)
        before = self.attributes.get(known)
        self.attributes[known] = Item(line, f"{before.text} {text}" if before else text)

    def join(self, other: LevelDraft) -> None:
        """Everything that another table says of the same level."""
        self.attributes = other.attributes | self.attributes
        self.examples += other.examples
        self.summary += other.summary
        for section in other.competencies:
            same = self.competency(section.name)
            if same is None:
                self.competencies.append(section)
            else:
                same.statements += section.statements
                same.examples += section.examples

    def items(self) -> list[Item]:
        """Every fact, statement and example."""
        own = [*self.attributes.values(), *self.examples]
        return own + [item for c in self.competencies for item in (*c.statements, *c.examples)]

    def done(self) -> ImportedLevel:
        """The level as it will be handed on."""
        return ImportedLevel(
            id=self.id,
            title=self.title or self.id,
            summary="\n\n".join(self.summary),
            attributes=tuple((name, item.text) for name, item in self.attributes.items()),
            competencies=tuple(competency.done() for competency in self.competencies),
            examples=tuple(item.text for item in self.examples),
            line=self.line,
        )
