"""A table with one statement in each row: `track, level, title, competency, statement`."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.ladder.importers.names import emoji_and_name
from bot.ladder.importers.tables.account import Account
from bot.ladder.importers.tables.cells import content_of, one_line, says_nothing
from bot.ladder.importers.tables.drafts import CompetencyDraft, Item, LevelDraft
from bot.ladder.importers.tables.headings import (
    Role,
    level_called,
    level_in,
    plain,
    role_of,
)
from bot.ladder.importers.tables.layout import is_list_heading
from bot.ladder.importers.tables.sheet import Cell, Row

_CARRIED = (Role.TRACK, Role.LEVEL, Role.COMPETENCY)
_ABOUT = frozenset({Role.DESCRIPTION, Role.EMOJI})
_KNOWN = frozenset(
    {*_CARRIED, Role.TITLE, Role.KIND, Role.EMOJI, Role.STATEMENT, Role.EXAMPLES, Role.DESCRIPTION}
)


@dataclass
class ListReader:
    """Reads the rows one by one; a cell that is left empty repeats the one above it."""

    rows: list[Row]
    account: Account
    levels: dict[tuple[str, str], LevelDraft] = field(default_factory=dict)
    columns: dict[int, Role] = field(default_factory=dict)
    carried: dict[Role, Cell] = field(default_factory=dict)

    def read(self) -> dict[tuple[str, str], LevelDraft]:
        """The levels by the name of their track, empty where none is given, and their id."""
        for row in self.rows:
            if is_list_heading(row):
                self._heading(row)
            elif row:
                self._row(row)
        return self.levels

    def _heading(self, row: Row) -> None:
        if self.columns:
            self.account.note(next(iter(row.values())), "the heading of the table once more")
        roles = {column: role_of(cell.text) for column, cell in row.items()}
        says = Role.STATEMENT if Role.STATEMENT in roles.values() else Role.DESCRIPTION
        self.columns = {
            column: Role.STATEMENT if role is says else role
            for column, role in roles.items()
            if role in _KNOWN
        }
        self.account.use(*(row[column] for column in self.columns))
        self.account.leave(row.values(), "a heading that is not known")

    def _row(self, row: Row) -> None:
        cells = {role: row[column] for column, role in self.columns.items() if column in row}
        if Role.LEVEL in cells and cells[Role.LEVEL] != self.carried.get(Role.LEVEL):
            self.carried.pop(Role.COMPETENCY, None)
        self.carried |= {role: cells[role] for role in _CARRIED if role in cells}
        said: dict[Role, Cell] = {
            r: cell for r, cell in cells.items() if r in {Role.STATEMENT, Role.EXAMPLES}
        }
        if self.columns and Role.LEVEL in self.carried and said:
            self._take(cells, said)
        reason = "in a column that is not known" if said else "no statement stands beside it"
        self.account.leave(row.values(), reason if self.columns else "above the table")

    def _take(self, cells: dict[Role, Cell], said: dict[Role, Cell]) -> None:
        level = self._level(cells)
        name = self.carried.get(Role.COMPETENCY)
        kind = role_of(cells[Role.KIND].text) if Role.KIND in cells else None
        if name is None:
            return
        fact = Role.KIND in cells and kind in {Role.ATTRIBUTE, Role.ATTRIBUTES}
        self.account.use(*(c for role, c in cells.items() if role not in {*said, *_ABOUT}))
        for role, cell in said.items():
            if says_nothing(cell.text):
                self.account.leave([cell], "a dash, read as nothing")
                continue
            self.account.use(cell)
            if fact or role_of(name.text) is Role.ATTRIBUTE:
                self._fact(level, name, cell)
            elif role_of(name.text) is Role.SUMMARY:
                level.summary.append(one_line(cell.text))
            else:
                self._place(self._section(level, name, cells), cell, role)

    def _fact(self, level: LevelDraft, name: Cell, cell: Cell) -> None:
        words = plain(name.text)
        self.account.note(name, f"“{words}” was read as a fact about the level, not as a skill")
        level.add_fact(words, cell.line, one_line(cell.text))

    def _place(self, section: CompetencyDraft, cell: Cell, role: Role) -> None:
        content = content_of(cell.text)
        if role is Role.EXAMPLES:
            content.examples[:0] = content.statements
            content.statements = []
        section.statements += [Item(cell.line, text) for text in content.statements]
        section.examples += [Item(cell.line, text) for text in content.examples]

    def _level(self, cells: dict[Role, Cell]) -> LevelDraft:
        cell, track = self.carried[Role.LEVEL], self.carried.get(Role.TRACK)
        named = level_in(cell.text) or level_called(cell.text, len(self.levels) + 1)
        key = (plain(track.text) if track else "", named.id.casefold())
        title = cells.get(Role.TITLE)
        level = self.levels.setdefault(key, LevelDraft(named.id, "", cell.line))
        level.title = level.title or (one_line(title.text) if title else named.title)
        return level

    def _section(self, level: LevelDraft, name: Cell, cells: dict[Role, Cell]) -> CompetencyDraft:
        emoji, words = emoji_and_name(" ".join(name.text.split()))
        section = level.competency(words)
        if section is None:
            icon = cells.get(Role.EMOJI)
            section = CompetencyDraft(words, icon.text if icon else emoji, name.line)
            level.competencies.append(section)
        about = cells.get(Role.DESCRIPTION)
        if about and not section.description:
            section.description = one_line(about.text)
            self.account.use(about)
        if Role.EMOJI in cells:
            self.account.use(cells[Role.EMOJI])
        return section
