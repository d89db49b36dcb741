"""Sealing anew: every table, beside writers, through interruptions, and never over an edit."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, LargeBinary, MetaData, String, Table

from bot.cli import main
from bot.journal.store import entries
from bot.storage import rotation
from bot.storage.canary import prove_keys
from bot.storage.crypto import KeyRing, Place, SealError, new_key, parse_key
from bot.storage.database import Database, DatabaseError
from bot.storage.keys import load_key_ring
from bot.storage.migrate import migrate
from bot.storage.rotation import census, older, seal_anew
from bot.storage.schema import metadata
from tests.storage.sealed_rows import (
    BOTH,
    NEW,
    NEW_RING,
    OLD,
    OLD_RING,
    TEAM,
    Texts,
    cells,
    id_of,
    place_in,
    sealed_columns,
    sealed_tables,
)

COLUMNS = [(table.name, c.name) for table in sealed_tables() for c in sealed_columns(table)]


@pytest.fixture
def texts(database_url: str) -> Iterator[Texts]:
    """A database on either engine, with the old key."""
    database = Database(database_url)
    migrate(database)
    prove_keys(database, OLD_RING, TEAM)
    yield Texts(database)
    database.close()


def marks(database: Database) -> dict[bytes, int]:
    with database.read() as tx:
        return dict(census(tx))


def quiet(_done: int) -> None:
    """Progress that nobody watches."""


def test_every_sealed_column_of_every_table_gets_the_new_key(
    texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    texts.write_everywhere(OLD_RING, 7)
    assert len(texts.kept) == 7 * len(COLUMNS) > 7 * 4
    told: list[int] = []
    assert seal_anew(texts.database, BOTH, told.append) == []
    texts.all_open(NEW_RING)
    assert marks(texts.database) == {NEW_RING.mark: len(texts.kept) + 1}
    assert told[-1] == len(texts.kept) + 1, "the canary too"
    prove_keys(texts.database, NEW_RING, TEAM)
    with pytest.raises(DatabaseError, match="not the one"):
        prove_keys(texts.database, OLD_RING, TEAM)


def test_a_text_of_the_new_key_is_left_as_it_is_and_an_absent_one_stays_absent(
    texts: Texts,
) -> None:
    texts.write_everywhere(NEW_RING, 2)
    table = next(t for t in sealed_tables() if any(c.nullable for c in sealed_columns(t)))
    column = next(c for c in sealed_columns(table) if c.nullable)
    with texts.database.write() as tx:
        tx.execute(table.update().values({column: None}))
        before = dict(cells(tx))
    seal_anew(texts.database, BOTH, quiet)
    with texts.database.read() as tx:
        assert dict(cells(tx)) == before
    assert len(before) == len(texts.kept) - 2


class Racing(Database):
    """A database in which somebody else commits right before one of our writes."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.first = lambda: None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        first, self.first = self.first, lambda: None
        first()
        with super().write() as tx:
            yield tx


@pytest.mark.parametrize("editor", [OLD_RING, BOTH], ids=["by the old key", "by the new key"])
def test_an_edit_at_the_same_moment_is_never_overwritten(texts: Texts, editor: KeyRing) -> None:
    texts.write_everywhere(OLD_RING, 1)
    url = texts.database.url.render_as_string(hide_password=False)
    for place in list(texts.kept):
        racing = Racing(url)
        racing.first = lambda place=place: texts.edit(editor, place, f"edited {place.column}")
        seal_anew(racing, BOTH, quiet)
        racing.close()
        assert texts.kept[place].startswith("edited")
        texts.all_open(NEW_RING)
        for each, text in texts.kept.items():
            texts.edit(OLD_RING, each, text)


def test_a_row_deleted_at_the_same_moment_stays_deleted(texts: Texts) -> None:
    texts.write_everywhere(OLD_RING, 2)
    racing = Racing(texts.database.url.render_as_string(hide_password=False))

    def delete() -> None:
        with texts.database.write() as tx:
            for table in sealed_tables():
                tx.execute(table.delete().where(id_of(table) == "row0001"))
        texts.kept = {p: t for p, t in texts.kept.items() if p.row_id != "row0001"}

    racing.first = delete
    seal_anew(racing, BOTH, quiet)
    racing.close()
    texts.all_open(NEW_RING)


def test_what_is_written_meanwhile_with_the_old_key_is_caught(
    texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 5)
    texts.write_everywhere(OLD_RING, 10)
    late = iter(range(30))

    def write_one_more(_done: int) -> None:
        for number in itertools.islice(late, 1):
            # sorts before what was looked at already, and behind it
            texts.write(OLD_RING, sealed_tables()[0], f"{'a' if number % 2 else 'z'}{number}")

    seal_anew(texts.database, BOTH, write_one_more)
    assert next(late, None) is None, "or it stopped before all was written"
    texts.all_open(NEW_RING)


def test_the_canary_is_last_so_that_half_way_no_start_goes_without_the_old_key(
    texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    texts.write_everywhere(OLD_RING, 3)
    left: list[int] = []

    def look(_done: int) -> None:
        left.append(marks(texts.database).get(OLD_RING.mark, 0))
        if left[-1]:
            with pytest.raises(DatabaseError, match="not the one"):
                prove_keys(texts.database, NEW_RING, TEAM)

    seal_anew(texts.database, BOTH, look)
    assert left[0] > 1
    assert left[-1] == 0
    prove_keys(texts.database, NEW_RING, TEAM)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[".".join(each) for each in COLUMNS])
def test_a_text_that_was_moved_to_any_other_place_does_not_open(
    tmp_path: Path, table: str, column: str
) -> None:
    database = Database(f"sqlite:///{tmp_path}/rung.db")
    migrate(database)
    texts = Texts(database)
    texts.write_everywhere(OLD_RING, 2)
    home = place_in(metadata.tables[table], column, "row0000")
    with database.read() as tx:
        held = dict(cells(tx))
    others = [*(set(held) - {home}), replace(home, team_id="T2")]
    assert len(others) == 2 * len(COLUMNS)
    for other in others:
        with pytest.raises(SealError, match="moved"):
            OLD_RING.open(held[home], other)
    assert OLD_RING.open(held[home], home) == texts.kept[home]
    database.close()


def test_texts_that_were_bound_to_nobody_are_bound_to_their_people_by_a_change_of_keys(
    texts: Texts,
) -> None:
    before, now = Place(TEAM, "entries", "text", "row0000"), place_in(entries, "text", "row0000")
    texts.write(OLD_RING, entries, "row0000")
    with texts.database.write() as tx:
        tx.execute(entries.update().values(text=OLD_RING.seal("from long ago", before)))
    texts.kept[now] = "from long ago"
    texts.all_open(OLD_RING)
    assert seal_anew(texts.database, BOTH, quiet) == []
    texts.all_open(NEW_RING)
    with texts.database.read() as tx:
        sealed = dict(cells(tx))[now]
    for other in (before, place_in(entries, "text", "row0000", "UOTHER")):
        with pytest.raises(SealError):
            NEW_RING.open(sealed, other)


def test_a_text_that_was_moved_is_named_and_everything_else_is_sealed_anew(texts: Texts) -> None:
    texts.write_everywhere(OLD_RING, 2)
    table = sealed_tables()[0]
    column = sealed_columns(table)[0]
    with texts.database.write() as tx:
        sealed = next(s for p, s in cells(tx) if p.column == column.name and p.row_id == "row0000")
        tx.execute(table.update().where(id_of(table) == "row0001").values({column: sealed}))
    moved = place_in(table, column.name, "row0001")
    assert seal_anew(texts.database, BOTH, quiet) == [moved]
    assert marks(texts.database)[OLD_RING.mark] == 1
    with texts.database.write() as tx:
        tx.execute(table.delete().where(id_of(table) == "row0001"))
    texts.kept = {
        p: t for p, t in texts.kept.items() if (p.table, p.row_id) != (table.name, "row0001")
    }
    texts.all_open(NEW_RING)


def test_a_text_whose_key_is_lost_is_left_alone(texts: Texts) -> None:
    lost = KeyRing([parse_key(new_key())])
    texts.write_everywhere(lost, 1)
    with texts.database.read() as tx:
        before = dict(cells(tx))
    assert seal_anew(texts.database, BOTH, quiet) == []
    with texts.database.read() as tx:
        assert dict(cells(tx)) == before
        assert older(census(tx), BOTH) == 0
        assert census(tx)[lost.mark] == len(before)


def test_a_table_that_no_imported_store_knows_stops_everything(texts: Texts) -> None:
    with texts.database.write() as tx:
        kind = "BLOB" if texts.database.is_sqlite else "BYTEA"
        tx.exec_driver_sql(f"CREATE TABLE forgotten (team_id TEXT, id TEXT, note {kind})")
    with pytest.raises(LookupError, match="forgotten"):
        seal_anew(texts.database, BOTH, quiet)


def test_every_table_with_sealed_columns_is_named_by_a_workspace_and_one_id() -> None:
    for table in sealed_tables():
        names = [column.name for column in table.primary_key.columns]
        assert len(names) == 2, table.name
        assert names[0] == "team_id"
        assert all(isinstance(column.type, LargeBinary) for column in sealed_columns(table))


def test_a_bot_that_writes_all_the_while_loses_nothing_and_ends_with_the_new_key(
    texts: Texts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On SQLite the bot follows the key file; on PostgreSQL it was started with both keys."""
    url = texts.database.url.render_as_string(hide_password=False)
    on_sqlite = texts.database.is_sqlite
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("RUNG_KEYS", "" if on_sqlite else f"{NEW},{OLD}")
    if on_sqlite:
        assert texts.database.file
        path = texts.database.file.with_name("rung.db.key")
        path.write_text(OLD + "\n", encoding="utf-8")
    ring = load_key_ring(texts.database, () if on_sqlite else (NEW, OLD), fresh=False)
    texts.write_everywhere(OLD_RING, 60)
    stop, wrote = threading.Event(), threading.Event()
    failed: list[Exception] = []

    def bot() -> None:
        table = sealed_tables()[0]
        edited = [place for place in texts.kept if place.row_id == "row0030"]
        for number in itertools.count():
            try:
                texts.write(ring, table, f"meanwhile{number}")
                texts.edit(ring, edited[number % len(edited)], f"edited {number}")
            except DatabaseError as error:
                failed.append(error)
            wrote.set()
            if stop.is_set():
                return

    monkeypatch.setattr(rotation, "BATCH", 10)
    writer = threading.Thread(target=bot)
    writer.start()
    try:
        assert wrote.wait(10)
        assert main(["keys", "rotate"]) == 0, capsys.readouterr()
    finally:
        stop.set()
        writer.join(10)
    assert failed == [], "the bot was kept from writing"
    newest = load_key_ring(texts.database, () if on_sqlite else (NEW, OLD), fresh=False).mark
    assert set(marks(texts.database)) == {newest}
    texts.all_open(ring)
    assert ring.mark == newest
    assert any(text.startswith("edited") for text in texts.kept.values())


def test_a_sealed_table_with_another_primary_key_is_a_mistake() -> None:
    odd = Table("odd", MetaData(), Column("team_id", String(9), primary_key=True))
    with pytest.raises(ValueError, match="unpack"):
        rotation._sealed(odd)
    assert metadata.tables
