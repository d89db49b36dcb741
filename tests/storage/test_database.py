"""One database behind two engines: nothing is lost, nothing is half done, time is UTC."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Column, String, Table, insert, select
from sqlalchemy.exc import StatementError

from bot.storage.database import Database, DatabaseError
from bot.storage.schema import Instant
from bot.storage.schema import metadata as ours

MOMENT = datetime(2026, 12, 3, 11, 40, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
UPDATES = 60


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database on either engine, with one table to count in."""
    opened = Database(database_url)
    with opened.write() as tx:
        tx.exec_driver_sql("CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER)")
        tx.exec_driver_sql("INSERT INTO counter VALUES (1, 0)")
    yield opened
    opened.close()


def count(database: Database) -> int:
    with database.read() as tx:
        return int(tx.exec_driver_sql("SELECT n FROM counter").scalar() or 0)


def test_two_writers_lose_no_update(database: Database) -> None:
    def work() -> None:
        for _ in range(UPDATES):
            with database.write() as tx:
                lock = "" if database.is_sqlite else " FOR UPDATE"
                n = tx.exec_driver_sql(f"SELECT n FROM counter{lock}").scalar()
                tx.exec_driver_sql(f"UPDATE counter SET n = {n} + 1")

    writers = [threading.Thread(target=work) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert count(database) == 2 * UPDATES


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as tx:
        tx.exec_driver_sql("UPDATE counter SET n = 99")
        raise ZeroDivisionError
    assert count(database) == 0


def test_reading_sees_one_moment_and_keeps_nothing(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/rung.db")
    with database.write() as tx:
        tx.exec_driver_sql("CREATE TABLE counter (n INTEGER)")
        tx.exec_driver_sql("INSERT INTO counter VALUES (0)")
    with database.read() as reader:
        before = reader.exec_driver_sql("SELECT n FROM counter").scalar()
        with database.write() as writer:
            writer.exec_driver_sql("UPDATE counter SET n = 1")
        assert reader.exec_driver_sql("SELECT n FROM counter").scalar() == before
    with database.read() as reader:
        reader.exec_driver_sql("UPDATE counter SET n = 77")
    assert count(database) == 1
    database.close()


def test_sqlite_is_set_up_to_survive_a_crash_and_to_forget_what_was_deleted(
    tmp_path: Path,
) -> None:
    database = Database(f"sqlite:///{tmp_path}/deep/down/rung.db")
    with database.read() as tx:
        shown = {
            name: tx.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
        patience = tx.exec_driver_sql("PRAGMA busy_timeout").scalar()
    assert shown == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    assert 1000 <= int(patience or 0) < 3000, "an answer to Slack has three seconds in all"
    database.close()


@pytest.fixture
def times(database: Database) -> Table:
    table = Table(
        "times", type(ours)(), Column("id", String(9), primary_key=True), Column("at", Instant)
    )
    with database.write() as tx:
        table.create(tx)
    return table


def test_an_instant_comes_back_in_utc_to_the_microsecond(database: Database, times: Table) -> None:
    with database.write() as tx:
        tx.execute(insert(times).values(id="a", at=MOMENT))
        tx.execute(insert(times).values(id="b", at=None))
    with database.read() as tx:
        found = dict(tx.execute(select(times.c.id, times.c.at)).all())
        assert tx.execute(select(times.c.id).where(times.c.at <= MOMENT)).scalar() == "a"
    assert found == {"a": MOMENT, "b": None}
    assert found["a"].tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(database: Database, times: Table) -> None:
    with pytest.raises(StatementError, match="needs a time zone"), database.write() as tx:
        tx.execute(insert(times).values(id="a", at=datetime(2026, 12, 3)))  # noqa: DTZ001


def test_a_database_that_is_held_by_somebody_else_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/rung.db"
    holder, waiting = Database(url), Database(url)
    with (
        holder.write(),
        pytest.raises(DatabaseError, match="Another process holds"),
        waiting.write(),
    ):
        pass
    with waiting.write():
        pass
    holder.close()
    waiting.close()


def test_the_password_of_a_database_is_never_shown() -> None:
    assert "secret-word" not in str(Database("postgresql://me:secret-word@127.0.0.1:1/x").url)


def test_a_second_look_at_the_file_costs_the_first_none_of_its_locks(tmp_path: Path) -> None:
    """Closing any descriptor of a file drops a process's POSIX locks on it, SQLite's too.

    Another process then takes itself for the last one, and removes the log that is still in use:
    what is written from then on, nobody else sees, and it is gone with the process.
    https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
    """
    database = Database(f"sqlite:///{tmp_path}/rung.db")
    with database.write() as tx:
        tx.exec_driver_sql("CREATE TABLE written (word TEXT)")
    Database(f"sqlite:///{tmp_path}/rung.db").close()
    assert read_by_another_process(tmp_path) == "[]"
    with database.write() as tx:
        tx.exec_driver_sql("INSERT INTO written VALUES ('later')")
    assert read_by_another_process(tmp_path) == "[('later',)]"
    database.close()


def read_by_another_process(folder: Path) -> str:
    """What stands there for somebody who opens the file and closes it again."""
    look = (
        "import contextlib, sqlite3\n"
        f"with contextlib.closing(sqlite3.connect({str(folder / 'rung.db')!r})) as file:\n"
        "    print(file.execute('SELECT * FROM written').fetchall())"
    )
    return subprocess.check_output([sys.executable, "-c", look], text=True).strip()
