"""One table whose columns are levels, read row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.ladder.importers.names import emoji_and_name
from bot.ladder.importers.tables.account import Account
from bot.ladder.importers.tables.cells import (
    content_of,
    is_rule,
    one_line,
    points_elsewhere,
    says_nothing,
)
from bot.ladder.importers.tables.drafts import CompetencyDraft, Item, LevelDraft
from bot.ladder.importers.tables.headings import (
    Role,
    exemplified,
    is_title,
    level_in,
    plain,
    role_of,
)
from bot.ladder.importers.tables.layout import Table
from bot.ladder.importers.tables.sheet import Cell, Row

_BESIDE: dict[Role | None, Role] = {
    role: role for role in (Role.DESCRIPTION, Role.EMOJI, Role.KIND, Role.TRACK, Role.EXAMPLES)
}
_LONGEST_NAME = 120

_ABOUT = frozenset({Role.DESCRIPTION, Role.EMOJI})

Key = tuple[str, int]
"""A level of the table: the name of its track, empty where none is given, and its column."""


@dataclass
class MatrixReader:
    """Reads one table into levels; each filled cell is used or left with its reason."""

    table: Table
    account: Account
    levels: dict[Key, LevelDraft] = field(default_factory=dict)
    tracks: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)
    owners: dict[int, int] = field(default_factory=dict)
    drafts: dict[str, CompetencyDraft] = field(default_factory=dict)
    named: int | None = None
    track: str = ""
    group: Role | None = None
    aside: bool = False
    before: Callable[[Row], None] | None = None
    competency: CompetencyDraft | None = None

    def read(self) -> dict[Key, LevelDraft]:
        """The levels of the table by track and column."""
        self._columns()
        for row in self.table.rows[: self.table.header]:
            self._above(row)
        for place, row in enumerate(self.table.rows[self.table.header + 1 :]):
            self._row(row, first=place == 0)
        self._silent_levels()
        for (_, column), level in self.levels.items():
            level.title = self.titles.get(column, level.title)
        return dict(sorted(self.levels.items(), key=lambda item: item[0][1]))

    def _silent_levels(self) -> None:
        """Levels about which the table says nothing are levels all the same."""
        for column in self.table.levels.keys() - {column for _, column in self.levels}:
            self._level(column)

    # The heading, and what stands above it.

    def _columns(self) -> None:
        header, levels = self.table.rows[self.table.header], self.table.levels
        for column, cell in header.items():
            if column in levels:
                self._name_level(cell, column)
            elif (role := _BESIDE.get(role_of(cell.text))) and self._fits(role, column):
                self.roles[column] = role
                self.account.use(cell)
        self.named = self._name_column(header)
        if self.named in header:
            corner = header[self.named]
            self.account.use(corner)
            if role_of(corner.text) is None:
                said = plain(corner.text)
                self.account.note(corner, f"the heading of the first column is not kept: {said}")
        self._example_columns(header)
        self.account.leave(header.values(), "a heading that names no level")

    def _fits(self, role: Role, column: int) -> bool:
        return role is not Role.EXAMPLES or column > min(self.table.levels, default=column)

    def _name_level(self, cell: Cell, column: int) -> None:
        level = self.table.levels[column]
        self.account.use(cell)
        if not level.numbered and level.id != level.title:
            self.account.note(cell, f"“{level.title}” has no id here, so it is called {level.id}")
        elif level.known_by and level.known_by != level.id:
            self.account.note(cell, f"“{level.known_by}” is called {level.id}")

    def _name_column(self, header: Row) -> int | None:
        """The column that names the competencies: headed so, else the last before the levels."""
        if self.table.label is not None:
            return self.table.label
        first = min(self.table.levels, default=0)
        filled = {column for row in self.table.rows for column in row}
        left = [c for c in sorted(filled) if c < first and c not in self.roles]
        said = [c for c in left if c in header and role_of(header[c].text) is Role.COMPETENCY]
        return next(reversed(said or left), None)

    def _example_columns(self, header: Row) -> None:
        for column, cell in header.items():
            of = exemplified(cell.text)
            if of and column not in self.table.levels and self._fits(Role.EXAMPLES, column):
                self.roles[column] = Role.EXAMPLES
                for own in self._levels_called(of)[:1]:
                    self.owners[column] = own
                self.account.use(cell)

    def _levels_called(self, name: str) -> list[int]:
        named = level_in(name)
        wanted = {name.casefold()} | ({named.id.casefold()} if named else set())
        levels = self.table.levels.items()
        return [c for c, each in levels if wanted & {each.id.casefold(), each.title.casefold()}]

    def _above(self, row: Row) -> None:
        """A row of titles, of tracks, or of labels above the heading."""
        over = {column: cell for column, cell in row.items() if column in self.table.levels}
        label = row.get(self.named) if self.named is not None else None
        role = role_of(label.text) if label else None
        if over and (role is Role.TITLE or (not label and len(over) == len(self.table.levels))):
            self._take_titles(row)
        elif over and (role is Role.TRACK or all(_names_track(c.text) for c in over.values())):
            self._take_tracks(over, spread=True)
            self.account.use(*([label] if label else []))
        self.account.leave(row.values(), "above or beside the headings")

    def _take_titles(self, row: Row) -> None:
        for column, cell in row.items():
            if column in self.table.levels:
                self.titles[column] = one_line(cell.text)
                self.account.use(cell)
                named = self.table.levels[column].title
                if named not in {"", self.titles[column]}:
                    message = f"“{self.titles[column]}” is kept as the title, not “{named}”"
                    self.account.note(cell, message)
        self._use_name(row)

    def _take_tracks(self, over: Row, *, spread: bool) -> None:
        name = ""
        for column in self.table.levels:
            own = plain(over[column].text) if column in over else ""
            name = own or (name if spread else "")
            self.tracks[column] = name
        self.account.use(*over.values())

    # The rows below it.

    def _row(self, row: Row, *, first: bool) -> None:
        if not row:
            self.before = None
            return
        name = row.get(self.named) if self.named is not None else None
        if all(is_rule(cell.text) for cell in row.values()):
            self.account.leave(row.values(), "a line of dashes")
            return
        if self.aside or self._is_aside(row, name):
            self.account.leave(row.values(), "in a legend or a note")
            return
        self._side_cells(row)
        if self._repeats_heading(row):
            self.account.use(*row.values())
            self.account.note(next(iter(row.values())), "the heading of the table once more")
        elif not self._level_cells(row):
            self._heading(row, name)
        else:
            self._filled(row, name, first=first)
        self.account.leave(row.values(), "in a column that has no level in its heading")

    def _side_cells(self, row: Row) -> None:
        """Group labels left of the name, and the row's track."""
        for column, cell in row.items():
            if self.roles.get(column) is Role.TRACK:
                self.track = plain(cell.text)
                self.account.use(cell)
            elif self._is_group(column):
                self.group = role_of(cell.text)
                if self.group in {Role.ATTRIBUTES, Role.COMPETENCIES}:
                    self.account.use(cell)
                else:
                    self.account.leave([cell], "a group's label is not kept, what it groups is")

    def _is_group(self, column: int) -> bool:
        beside = self.named is not None and column < self.named and column not in self.roles
        return beside and column not in self.table.levels

    def _is_aside(self, row: Row, name: Cell | None) -> bool:
        words = name or next(iter(row.values()))
        told = role_of(words.text.partition(":")[0]) is Role.ASIDE
        few = len(self._level_cells(row)) < 2
        self.aside = told and few and not self.table.turned
        return told or (len(row) == 1 and words.text.startswith(("#", "//")))

    def _repeats_heading(self, row: Row) -> bool:
        header = self.table.rows[self.table.header]
        return {c: plain(cell.text) for c, cell in row.items()} == {
            c: plain(cell.text) for c, cell in header.items()
        }

    def _level_cells(self, row: Row) -> Row:
        """The row's cells that belong to a level, examples beside it included."""
        levels = self.table.levels
        return {
            column: cell
            for column, cell in row.items()
            if column in levels or self.roles.get(column) is Role.EXAMPLES or self._goes_on(column)
        }

    def _goes_on(self, column: int) -> bool:
        """Whether this was a row that leaves its level out because the row above names it."""
        nameless = column not in self.table.rows[self.table.header]
        return self.table.turned and nameless and column > min(self.table.levels, default=column)

    def _heading(self, row: Row, name: Cell | None) -> None:
        """A row with nothing under any level: a heading of a part, or a silent competency."""
        self.before = None
        role = role_of(name.text) if name else None
        if name and not self.table.turned:
            self.group = role
        self.competency = self._draft(row, name) if name and role is None else None
        if name and role in {Role.ATTRIBUTES, Role.COMPETENCIES}:
            self.account.use(name)
        self.account.leave(row.values(), "nothing under any level stands beside it")

    def _filled(self, row: Row, name: Cell | None, *, first: bool) -> None:
        if name is None and first and self._looks_like_titles(row):
            self._take_titles(row)
            return
        if name is None:
            if self.before:
                self.before(row)
            self.account.leave(row.values(), "no competency is named beside it")
            return
        self.before = self._taker(row, name)
        self.before(row)

    def _looks_like_titles(self, row: Row) -> bool:
        levels = self.table.levels.values()
        untitled = sum(not level.title for level in levels)
        titles = all(is_title(cell.text) for cell in self._level_cells(row).values())
        return titles and 2 * untitled >= len(levels)

    def _taker(self, row: Row, name: Cell) -> Callable[[Row], None]:
        """What to do with this row and with those below it that leave the name out."""
        role = role_of(name.text)
        if role is Role.LEVEL and not self._looks_like_titles(row):
            return lambda more: self.account.leave(more.values(), "neither a skill nor a title")
        self.account.use(name)
        if role in {Role.TITLE, Role.LEVEL}:
            return self._take_titles
        if role is Role.TRACK:
            return lambda more: self._take_tracks(self._level_cells(more), spread=False)
        if role in {Role.SUMMARY, Role.DESCRIPTION}:
            return self._take_summaries
        known = self.drafts.get(emoji_and_name(exemplified(name.text))[1].casefold())
        if role is Role.EXAMPLES or known:
            draft = known or self.competency
            return lambda more: self._take_examples(more, draft)
        if self._is_attribute(row, role):
            return lambda more: self._take_attribute(more, name)
        return self._competency_taker(row, name)

    def _is_attribute(self, row: Row, role: Role | None) -> bool:
        kinds = [role_of(row[c].text) for c in row if self.roles.get(c) is Role.KIND]
        for column in row:
            if self.roles.get(column) is Role.KIND:
                self.account.use(row[column])
        if kinds:
            return kinds[0] in {Role.ATTRIBUTE, Role.ATTRIBUTES}
        if self.group in {Role.ATTRIBUTES, Role.COMPETENCIES}:
            return self.group is Role.ATTRIBUTES
        return role is Role.ATTRIBUTE

    def _competency_taker(self, row: Row, name: Cell) -> Callable[[Row], None]:
        self.competency = draft = self._draft(row, name)
        own = (row[column] for column in row if self.roles.get(column) in _ABOUT)
        self.account.use(*own)
        if len(draft.name) > _LONGEST_NAME:
            self.account.note(name, "a very long name for a competency; is it a sentence?")
        return lambda more: self._take_statements(more, draft)

    def _draft(self, row: Row, name: Cell) -> CompetencyDraft:
        emoji, words = emoji_and_name(" ".join(name.text.split()))
        own = {self.roles.get(column): cell for column, cell in row.items()}
        icon, about = own.get(Role.EMOJI), own.get(Role.DESCRIPTION)
        draft = CompetencyDraft(words, icon.text if icon else emoji, name.line)
        draft.description = one_line(about.text) if about else ""
        self.drafts[words.casefold()] = draft
        return draft

    # What becomes of the cells under the levels.

    def _take_summaries(self, row: Row) -> None:
        for cell, level in self._spoken(row):
            level.summary.append(one_line(cell.text))

    def _take_attribute(self, row: Row, name: Cell) -> None:
        words = plain(name.text)
        if self.group is not Role.ATTRIBUTES:
            self.account.note(name, f"“{words}” was read as a fact about the level, not as a skill")
        for cell, level in self._spoken(row):
            level.add_fact(words, cell.line, one_line(cell.text))

    def _take_statements(self, row: Row, draft: CompetencyDraft) -> None:
        for cell, level in self._spoken(row):
            section = self._section(level, draft)
            content = content_of(cell.text)
            if content.split:
                self.account.note(cell, "a cell was parted at its semicolons")
            for text in content.statements:
                if points_elsewhere(text):
                    self.account.note(cell, f"leans on another cell, kept as it is: {text}")
            if cell.place in self._example_places(row):
                content.examples[:0] = content.statements
                content.statements = []
            section.statements += [Item(cell.line, text) for text in content.statements]
            section.examples += [Item(cell.line, text) for text in content.examples]

    def _section(self, level: LevelDraft, draft: CompetencyDraft) -> CompetencyDraft:
        section = level.competency(draft.name)
        if section is None:
            section = CompetencyDraft(draft.name, draft.emoji, draft.line, draft.description)
            level.competencies.append(section)
        return section

    def _take_examples(self, row: Row, draft: CompetencyDraft | None) -> None:
        for cell, level in self._spoken(row):
            content = content_of(cell.text)
            target = self._section(level, draft).examples if draft else level.examples
            target += [Item(cell.line, text) for text in content.statements + content.examples]

    def _example_places(self, row: Row) -> set[tuple[int, int]]:
        return {cell.place for c, cell in row.items() if self.roles.get(c) is Role.EXAMPLES}

    def _spoken(self, row: Row) -> list[tuple[Cell, LevelDraft]]:
        """The cells that say something, each with its level; dashes are set aside."""
        spoken = []
        for column, cell in sorted(self._level_cells(row).items()):
            if says_nothing(cell.text):
                self.account.leave([cell], "a dash, read as nothing")
                continue
            self.account.use(cell)
            spoken.append((cell, self._level(column)))
        return spoken

    def _level(self, column: int) -> LevelDraft:
        levels = self.table.levels
        left = max((c for c in levels if c <= column), default=column)
        own = self.owners.get(column, left)
        key = (self.tracks.get(own) or self.track, own)
        if key not in self.levels:
            named = levels[own]
            line = self.table.rows[self.table.header][own].line
            self.levels[key] = LevelDraft(named.id, named.title or named.id, line)
        return self.levels[key]

    def _use_name(self, row: Row) -> None:
        if self.named is not None and self.named in row:
            self.account.use(row[self.named])


def _names_track(text: str) -> bool:
    words = plain(text).casefold()
    return words.endswith((" track", " path", " ladder")) or words.startswith("track:")
