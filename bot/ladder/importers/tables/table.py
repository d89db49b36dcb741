"""A CSV file of somebody's ladder, opened and read: a matrix in either direction, or a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from bot.ladder.files.parts import rank_in
from bot.ladder.importers.report import Harvest, ImportedTrack
from bot.ladder.importers.tables.account import Account
from bot.ladder.importers.tables.drafts import LevelDraft
from bot.ladder.importers.tables.headings import plain
from bot.ladder.importers.tables.layout import Form, Layout, Table, layout_of, tables_in
from bot.ladder.importers.tables.listing import ListReader
from bot.ladder.importers.tables.matrix import MatrixReader
from bot.ladder.importers.tables.sheet import Cell, Row, Sheet, open_table, ways_to_read
from bot.ladder.model import Problem
from bot.ladder.wording import name_from_id, name_slug, unique

SUFFIXES = (".csv", ".tsv")
_TRACK_MARK = "track:"


def harvest_table(file: Path, track_id: str | None, track_name: str | None = None) -> Harvest:
    """The levels of a table in CSV; tracks without an id of their own get it from the file's name.

    `track_id` and `track_name` are for a table that holds one track; with several they are a
    problem.
    """
    text = open_table(file)
    if isinstance(text, Problem):
        return Harvest(problems=(text,))
    sheet, layout = _best_reading(text, str(file))
    if sheet.mistake:
        return Harvest(problems=(sheet.mistake,))
    if layout is None:
        message = "No levels were found in this table, neither as columns nor as rows."
        remedy = "Head it like `Competency, L3: Senior, L4: Lead`, or give a level to each row."
        return Harvest(problems=(Problem(str(file), 1, message, remedy),))
    reader = _TableReader(file)
    reader.read(sheet.rows, layout)
    return reader.harvest(track_id, track_name)


def _best_reading(text: str, name: str) -> tuple[Sheet, Layout | None]:
    """The reading that shows most levels; one that went wrong counts for what it shows."""
    readings = [(sheet, layout_of(sheet.rows)) for sheet in ways_to_read(text, name)]
    readings.sort(key=lambda reading: -(reading[1].levels if reading[1] else 0))
    broken = next((reading for reading in readings if reading[0].mistake), None)
    best = readings[0]
    return broken if broken and best[1] is None else best


@dataclass
class _TrackDraft:
    name: str
    levels: dict[str, LevelDraft] = field(default_factory=dict)


@dataclass
class _TableReader:
    """Reads every table of one file and joins those that speak of one track."""

    file: Path
    account: Account = field(default_factory=Account)
    cells: set[Cell] = field(default_factory=set)
    tracks: dict[str, _TrackDraft] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    current: str = ""

    def read(self, rows: list[Row], layout: Layout) -> None:
        """Everything in the rows becomes a part of a track, or is left with its reason."""
        rows = self.account.mended(rows)
        self.cells = {cell for row in rows for cell in row.values()}
        if layout.form is Form.LIST:
            for (track, _), level in ListReader(rows, self.account).read().items():
                self._add(track, level)
            return
        tables = tables_in(rows, layout)
        for table in tables:
            levels = MatrixReader(table, self.account).read()
            self._join(table, levels, several=len(tables) > 1)

    def _join(
        self, table: Table, levels: dict[tuple[str, int], LevelDraft], *, several: bool
    ) -> None:
        title = self._title(table)
        if title and (several or plain(title.text).casefold().startswith(_TRACK_MARK)):
            name = _track_name(title)
            if title.text.casefold().startswith(_TRACK_MARK) or self._is_other(levels.values()):
                self.current = name
                self.account.use(title)
        self.account.leave(table.lines, "a line that stands alone, not a part of the table")
        seen: dict[tuple[str, str], LevelDraft] = {}
        for (track, _), level in levels.items():
            first = seen.setdefault((track, level.id.casefold()), level)
            if first is level or (table.turned and first.title == level.title):
                self._add(track or self.current, level)
            else:
                self._twice(level)

    def _title(self, table: Table) -> Cell | None:
        """The line right above the table that may be its title."""
        header = [cell.line for cell in table.rows[table.header].values()]
        if table.turned and table.label is not None:
            header = [row[table.label].line for row in table.rows if table.label in row]
        above = [cell for cell in table.lines if cell.line < min(header, default=0)]
        return above[-1] if above and not above[-1].text.startswith("#") else None

    def _is_other(self, levels: Iterable[LevelDraft]) -> bool:
        """Whether a titled table is a track of its own rather than more about the last one."""
        known = self.tracks.get(self.current)
        if known is None:
            return True
        for level in levels:
            before = known.levels.get(level.id.casefold())
            if before is None or before.title != level.title:
                return True
            if any(before.competency(each.name) for each in level.competencies):
                return True
        return False

    def _twice(self, level: LevelDraft) -> None:
        message = f"{level.id} comes twice in this table."
        remedy = "Give each level an id of its own, or say in a `Track` column which is which."
        self.problems.append(Problem(str(self.file), level.line, message, remedy))

    def _add(self, track: str, level: LevelDraft) -> None:
        """Put the level into its track, joined with what another table said of it."""
        levels = self.tracks.setdefault(track, _TrackDraft(track)).levels
        known = levels.setdefault(level.id.casefold(), level)
        if known is not level:
            known.join(level)

    def harvest(self, track_id: str | None, track_name: str | None) -> Harvest:
        """What was read; a problem where one name is given for several tracks."""
        if len(self.tracks) > 1 and (track_id or track_name):
            names = ", ".join(f"“{track.name}”" for track in self.tracks.values())
            message = f"This table holds {len(self.tracks)} tracks: {names}."
            remedy = "Leave out --track and --track-name: each gets its id from its own name."
            self.problems.append(Problem(str(self.file), 1, message, remedy))
        drafts = [level for track in self.tracks.values() for level in track.levels.values()]
        if not any(lv.items() or lv.summary or lv.title not in ("", lv.id) for lv in drafts):
            message = "This table names levels, but says nothing about any of them."
            remedy = "Add rows with what each level expects, and import it again."
            self.problems.append(Problem(str(self.file), 1, message, remedy))
        tracks = () if self.problems else tuple(self._tracks(track_id, track_name))
        report = self.account.report(str(self.file), self.cells, drafts)
        return Harvest(tracks=tracks, reports=(report,), problems=tuple(self.problems[:1]))

    def _tracks(self, track_id: str | None, track_name: str | None) -> list[ImportedTrack]:
        taken: list[str] = []
        done = []
        for track in self.tracks.values():
            made = track_id or unique(name_slug(track.name or self.file.stem) or "track", taken)
            taken.append(made)
            name = track_name or track.name or ""
            levels = tuple(level.done() for level in self._in_order(track))
            done.append(ImportedTrack(made, name or name_from_id(made), levels))
        return done

    def _in_order(self, track: _TrackDraft) -> list[LevelDraft]:
        """The track's levels, turned round where the table begins with the highest."""
        levels = list(track.levels.values())
        ranks = [rank_in(level.id, otherwise=-1) for level in levels]
        if len(levels) > 1 and -1 not in ranks and all(a > b for a, b in pairwise(ranks)):
            line = Cell("", levels[0].line, (0, 0))
            self.account.note(line, "the levels begin with the highest; they were turned round")
            levels.reverse()
        return levels


def _track_name(title: Cell) -> str:
    name = plain(title.text)
    return plain(name[len(_TRACK_MARK) :]) if name.casefold().startswith(_TRACK_MARK) else name
