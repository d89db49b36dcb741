"""The account of a table: what became of each filled cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.ladder.importers.report import Finding, ImportReport
from bot.ladder.importers.tables.drafts import LevelDraft
from bot.ladder.importers.tables.sheet import Cell, Row
from bot.ladder.repair import looks_damaged, repair
from bot.ladder.wording import is_placeholder, short

_SHOWN = 100


@dataclass
class Account:
    """Keeps the cells that were used apart from those that were left, each with its reason."""

    used: set[Cell] = field(default_factory=set)
    left: dict[Cell, str] = field(default_factory=dict)
    notes: dict[tuple[int, str], Finding] = field(default_factory=dict)
    repairs: list[Finding] = field(default_factory=list)

    def mended(self, rows: list[Row]) -> list[Row]:
        """The rows with damaged text undone, each repair noted."""
        return [{column: self._mend(cell) for column, cell in row.items()} for row in rows]

    def use(self, *cells: Cell) -> None:
        """These cells became a part of the ladder."""
        self.used.update(cells)

    def leave(self, cells: Iterable[Cell], reason: str) -> None:
        """These cells did not, unless they already have."""
        for cell in cells:
            if cell not in self.used:
                self.left.setdefault(cell, reason)

    def note(self, cell: Cell, message: str) -> None:
        """Something that the owner should know, said once for each line."""
        self.notes.setdefault((cell.line, message), Finding(cell.line, message))

    def report(self, file: str, cells: set[Cell], levels: list[LevelDraft]) -> ImportReport:
        """The account of these cells, the levels being what was made of them."""
        competencies = [each for level in levels for each in level.competencies]
        items = [item for level in levels for item in level.items()]
        placed = sum(len(level.attributes) for level in levels)
        statements = sum(len(each.statements) for each in competencies)
        left = {cell: reason for cell, reason in self.left.items() if cell not in self.used}
        return ImportReport(
            file=file,
            attributes=placed,
            competencies=len(competencies),
            statements=statements,
            examples=len(items) - placed - statements,
            placeholders=tuple(_placeholders(levels)),
            repairs=tuple(self.repairs),
            notes=tuple(sorted([*self.notes.values(), *_damaged(cells)], key=lambda n: n.line)),
            not_understood=tuple(
                Finding(cell.line, f"{left[cell]}: {short(cell.text, _SHOWN)}")
                for cell in sorted(left, key=lambda cell: cell.place)
            ),
            list_items=len(cells),
            items_read=len(cells & self.used),
            items_left=len(cells & left.keys()),
        )

    def _mend(self, cell: Cell) -> Cell:
        text = "\n".join(repair(line) for line in cell.text.split("\n"))
        if text != cell.text:
            self.repairs.append(
                Finding(cell.line, f"damaged text, now reads: {short(text, _SHOWN)}")
            )
        return Cell(text, cell.line, cell.place)


def _placeholders(levels: list[LevelDraft]) -> list[Finding]:
    items = [item for level in levels for item in level.items() if is_placeholder(item.text)]
    return [Finding(item.line, item.text) for item in sorted(items, key=lambda item: item.line)]


def _damaged(cells: set[Cell]) -> list[Finding]:
    return [
        Finding(cell.line, f"looks damaged, kept as it is: {short(cell.text, _SHOWN)}")
        for cell in cells
        if looks_damaged(cell.text)
    ]
