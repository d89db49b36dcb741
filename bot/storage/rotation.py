"""Sealing anew what older keys sealed: in small steps, each of which may be the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    Table,
    bindparam,
    func,
    inspect,
    or_,
    select,
    tuple_,
)

from bot.storage.canary import key_canary
from bot.storage.crypto import MARK_BYTES, KeyRing, Place, SealError
from bot.storage.database import Database
from bot.storage.schema import SEALED, WHOSE, metadata

BATCH = 200

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table with sealed columns, the one id that names a row within its workspace, and whose
    the row is.
    """

    table: Table
    id: Column[Any]
    whose: tuple[Column[Any], ...]
    columns: tuple[Column[Any], ...]


def sealed_tables(tx: Connection) -> list[SealedTable]:
    """Every table with sealed text, the canary last.

    The canary's key is what a start asks for, so it changes only when nothing else is left.
    """
    if forgotten := sorted(_with_bytes(tx) - set(metadata.tables)):
        raise LookupError(f"tables whose store was not imported: {forgotten}")
    found = [_sealed(table) for table in metadata.sorted_tables if _columns(table)]
    return sorted(found, key=lambda each: each.table is key_canary)


def census(tx: Connection) -> Counter[bytes]:
    """How many texts begin with each mark, so need its key."""
    counted: Counter[bytes] = Counter()
    for sealed in sealed_tables(tx):
        for column in sealed.columns:
            mark = _mark(column)
            query = select(mark, func.count()).where(column.is_not(None)).group_by(mark)
            for row in tx.execute(query):
                counted[bytes(row[0])] += row[1]
    return counted


def older(counted: Mapping[bytes, int], ring: KeyRing) -> int:
    """How many texts one of the ring's keys opens, but not its newest."""
    return sum(counted.get(mark, 0) for mark in ring.marks[1:])


def seal_anew(database: Database, ring: KeyRing, progress: Progress) -> list[Place]:
    """Seals with the newest key until no text is left that an older one of the ring sealed.

    `progress` hears how many texts were done in all. Gives the places of those that were moved or
    changed: they do not open, and stay as they are.
    """
    with database.read() as tx:
        *tables, canary = sealed_tables(tx)
    work = _Work(database, ring, progress)
    return work.exhaust(tables) + work.exhaust([canary])


class _Work:
    """Passes over tables, until one finds nothing to do."""

    def __init__(self, database: Database, ring: KeyRing, progress: Progress) -> None:
        self._database = database
        self._ring = ring
        self._progress = progress
        self._done = 0

    def exhaust(self, tables: Sequence[SealedTable]) -> list[Place]:
        """Also what a bot wrote meanwhile with the old key."""
        while True:
            before = self._done
            stuck = [place for sealed in tables for place in self._pass(sealed)]
            if self._done == before:
                return stuck
            with self._database.write():
                pass  # on SQLite, whoever sealed with the old key has committed by now

    def _pass(self, sealed: SealedTable) -> list[Place]:
        stuck: list[Place] = []
        for rows in self._batches(sealed):
            with self._database.write() as tx:
                for number, column in enumerate(sealed.columns, start=2 + len(sealed.whose)):
                    texts = {_place(sealed, column, row): row[number] for row in rows}
                    self._swap(tx, sealed, column, texts, stuck)
            self._progress(self._done)
        return stuck

    def _batches(self, sealed: SealedTable) -> Iterator[Sequence[Sequence[Any]]]:
        key, after = (sealed.table.c.team_id, sealed.id), ("", "")
        while True:
            old = [_mark(column).in_(self._ring.marks[1:]) for column in sealed.columns]
            query = select(*key, *sealed.whose, *sealed.columns).where(or_(*old))
            later = query.where(tuple_(*key) > tuple_(*after)).order_by(*key)
            with self._database.read() as tx:
                rows = list(tx.execute(later.limit(BATCH)))
            if not rows:
                return
            yield rows
            after = (rows[-1][0], rows[-1][1])

    def _swap(
        self,
        tx: Connection,
        sealed: SealedTable,
        column: Column[Any],
        texts: Mapping[Place, bytes | None],
        stuck: list[Place],
    ) -> None:
        """Puts the new in the place of exactly the old: an edit made meanwhile stays."""
        changes = []
        for place, old in texts.items():
            if old is None or bytes(old[:MARK_BYTES]) not in self._ring.marks[1:]:
                continue
            try:
                new = self._ring.seal(self._ring.open(old, place), place)
            except SealError:
                stuck.append(place)
            else:
                changes.append({"t": place.team_id, "r": place.row_id, "old": old, "new": new})
        here = (sealed.table.c.team_id == bindparam("t"), sealed.id == bindparam("r"))
        same = column == bindparam("old")
        if changes:
            update = sealed.table.update().where(*here, same).values({column: bindparam("new")})
            tx.execute(update, changes)
        self._done += len(changes)


def _place(sealed: SealedTable, column: Column[Any], row: Sequence[Any]) -> Place:
    whose = tuple(row[2 : 2 + len(sealed.whose)])
    return Place(row[0], sealed.table.name, column.name, row[1], whose)


def _with_bytes(tx: Connection) -> set[str]:
    inspector = inspect(tx)
    return {
        name
        for name in inspector.get_table_names()
        if any(isinstance(c["type"], LargeBinary) for c in inspector.get_columns(name))
    }


def _sealed(table: Table) -> SealedTable:
    team, row_id = table.primary_key.columns
    assert team.name == "team_id", f"{table.name} has sealed columns and another primary key"
    return SealedTable(table, row_id, _columns(table, WHOSE), _columns(table))


def _columns(table: Table, kind: str = SEALED) -> tuple[Column[Any], ...]:
    return tuple(column for column in table.columns if column.info.get(kind))


def _mark(column: Column[Any]) -> Any:
    return func.substr(column, 1, MARK_BYTES, type_=LargeBinary)
