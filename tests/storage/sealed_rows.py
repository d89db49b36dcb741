"""Rows for every table with sealed columns, from the metadata, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zlib import crc32

from sqlalchemy import Column, Connection, Table, select

import bot.wiring  # every store makes its tables known
from bot.storage.canary import key_canary
from bot.storage.crypto import KeyRing, Place, new_key, parse_key
from bot.storage.database import Database
from bot.storage.schema import SEALED, WHOSE, metadata

assert bot.wiring

TEAM = "T1"
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
OLD, NEW = new_key(), new_key()
OLD_RING, BOTH = KeyRing([parse_key(OLD)]), KeyRing([parse_key(NEW), parse_key(OLD)])
NEW_RING = KeyRing([parse_key(NEW)])
VALUES: dict[type, Any] = {
    str: "x",
    int: 1,
    bool: True,
    date: NOW.date(),
    datetime: NOW,
    bytes: b"x",
    object: NOW,  # our own Instant
}


def sealed_tables() -> list[Table]:
    """All but the canary's, which the bot writes itself."""
    tables = [table for table in metadata.sorted_tables if sealed_columns(table)]
    return [table for table in tables if table is not key_canary]


def sealed_columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.info.get(SEALED)]


def id_of(table: Table) -> Column[Any]:
    """The column that names a row within its workspace."""
    _, row_id = table.primary_key.columns
    return row_id


def whose(table: Table) -> list[str]:
    """The columns with the people whom a row's texts are bound to."""
    return [column.name for column in table.columns if column.info.get(WHOSE)]


def place_in(table: Table, column: str, row_id: str, owner: str = VALUES[str]) -> Place:
    """A place in a row as it is written here, where everybody has the same name."""
    return Place(TEAM, table.name, column, row_id, tuple(owner for _ in whose(table)))


@dataclass
class Texts:
    """What was written, by place, to be compared with what the database gives back."""

    database: Database
    kept: dict[Place, str] = field(default_factory=dict)

    def write(self, ring: KeyRing, table: Table, row_id: str, text: str = "") -> list[Place]:
        """A row with a text of its own in each sealed column."""
        places = [place_in(table, c.name, row_id) for c in sealed_columns(table)]
        with self.database.write() as tx:
            texts = {
                place: f"{text} {place.column} of {row_id} in {table.name}" for place in places
            }
            tx.execute(table.insert(), _row(table, row_id, ring, texts))
        self.kept |= texts
        return places

    def write_everywhere(self, ring: KeyRing, rows: int, text: str = "") -> None:
        """So many rows in each table."""
        for table in sealed_tables():
            for number in range(rows):
                self.write(ring, table, f"{text or 'row'}{number:04}", text)

    def edit(self, ring: KeyRing, place: Place, text: str) -> None:
        """As a store does: sealed inside the transaction that writes it."""
        table = metadata.tables[place.table]
        with self.database.write() as tx:
            change = table.update().where(id_of(table) == place.row_id)
            tx.execute(change.values({place.column: ring.seal(text, place)}))
        self.kept[place] = text

    def all_open(self, ring: KeyRing) -> None:
        """Each text as it was written last; fails where one is lost or older."""
        with self.database.read() as tx:
            found = {place: ring.open(sealed, place) for place, sealed in cells(tx)}
        assert found == self.kept


def cells(tx: Connection) -> Iterator[tuple[Place, bytes]]:
    """Every sealed text of every table, but the canary."""
    for table in sealed_tables():
        for row in tx.execute(select(table)).mappings():
            for column in sealed_columns(table):
                if row[column.name] is not None:
                    row_id = row[id_of(table).name]
                    people = tuple(row[each] for each in whose(table))
                    place = Place(row["team_id"], table.name, column.name, row_id, people)
                    yield place, row[column.name]


def _row(table: Table, row_id: str, ring: KeyRing, texts: dict[Place, str]) -> dict[str, Any]:
    row = {
        column.name: VALUES[column.type.python_type]
        for column in table.columns
        if not column.nullable and not column.info.get(SEALED)
    }
    row |= {
        name: crc32(row_id.encode()) >> 1 for name, value in row.items() if value is VALUES[int]
    }
    sealed = {place.column: ring.seal(text, place) for place, text in texts.items()}
    return row | sealed | {"team_id": TEAM, id_of(table).name: row_id}
