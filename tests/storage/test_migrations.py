"""The migrations lead to the tables that the stores believe in, once, and refuse what they must."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, String, inspect, text

import bot.wiring  # every store registers its tables in the metadata
from bot.journal import store as journal_store
from bot.journal.model import Pin
from bot.ladder.asking.answers import Standing
from bot.nudges import store as nudge_store
from bot.nudges.when.manners import Manners
from bot.people import store
from bot.people.standings import Standings
from bot.slack.member import Member
from bot.storage import migrate as migrating
from bot.storage.crypto import KeyRing, Place
from bot.storage.database import Database, DatabaseError
from bot.storage.migrate import HEAD, SCRIPTS, migrate, revision
from bot.storage.schema import metadata

assert bot.wiring

KEYS = KeyRing([b"k" * 32])


def differences(tx: Connection) -> list[object]:
    context = MigrationContext.configure(
        tx, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, metadata))


def test_the_migrations_make_exactly_the_tables_of_the_stores(database_url: str) -> None:
    database = Database(database_url)
    assert migrate(database) is True
    with database.read() as tx:
        assert differences(tx) == []
        assert set(inspect(tx).get_table_names()) == {*metadata.tables, "alembic_version"}
    database.close()


def test_a_table_that_lacks_something_is_noticed(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/rung.db")
    migrate(database)
    with database.write() as tx:
        tx.execute(text("DROP INDEX ix_entries_owner"))
        tx.execute(text("ALTER TABLE people ADD COLUMN nickname TEXT"))
    with database.read() as tx:
        assert len(differences(tx)) == 2


def test_the_head_is_the_last_script() -> None:
    scripts = sorted((SCRIPTS / "versions").glob("*.py"))
    assert scripts[-1].name.startswith(HEAD)


def test_migrating_again_changes_nothing(database_url: str) -> None:
    database = Database(database_url)
    migrate(database)
    with database.write() as tx:
        tx.execute(text("INSERT INTO key_canary VALUES ('T1', 'x', :sealed)"), {"sealed": b"kept"})
    assert migrate(database) is False
    with database.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM key_canary")).scalar() == 1
        assert revision(tx) == HEAD
    database.close()


def test_many_processes_that_start_at_once_migrate_once(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    fresh: list[bool] = []
    starts = [threading.Thread(target=lambda d=d: fresh.append(migrate(d))) for d in databases]
    for start in starts:
        start.start()
    for start in starts:
        start.join(30)
    assert sorted(fresh) == [False, False, False, True]
    for database in databases:
        database.close()


@pytest.fixture
def first_version(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database as the first version of Rung left it: a person, their example, a question."""
    database = Database(database_url)
    with monkeypatch.context() as before:
        before.setattr(migrating, "HEAD", "0001")
        assert migrate(database) is True
    with database.write() as tx:
        tx.execute(
            text(
                "INSERT INTO people VALUES ('T1', 'UADA', 'security', 'L3', 'UTC', 'import',"
                " '2026-11-01 10:00:00', true)"
            )
        )
        entry = "'T1', 'e', 'UADA', 'craft', NULL, 'security', 'L3', '1', '2026-11-01', 'command'"
        instants = "'2026-11-01 10:00:00', '2026-11-01 10:00:00'"
        tx.execute(
            text(f"INSERT INTO entries VALUES ({entry}, :text, NULL, NULL, {instants})"),
            {"text": KEYS.seal("I helped.", Place("T1", "entries", "text", "e"))},
        )
        nudge = "'T1', 'n', 'UADA', 'craft', '2026-11-01', '2026-11-01 10:00:00', 3, true, '', NULL"
        tx.execute(text(f"INSERT INTO nudges VALUES ({nudge})"))
        for user, day, at in (("UADA", 3, "11:30"), ("UBEN", 5, "06:15"), ("UMIA", 3, "23:45")):
            slot = f"'T1', '{user}', 'weekly', {day}, '{at}', '2026-12-03 10:30:00', NULL, true"
            tx.execute(text(f"INSERT INTO nudge_schedules VALUES ({slot})"))
    yield database
    database.close()


def test_people_of_the_first_version_are_kept_and_followed_from_then_on(
    first_version: Database,
) -> None:
    standings = Standings(first_version, "T1")
    assert migrate(first_version) is False
    standings.load()
    ada = Member("T1", "UADA")
    assert standings.stands(ada) == Standing("security", "L3")
    with first_version.write() as tx:
        person = store.find(tx, ada)
        assert person
        store.save(tx, replace(person, level_id="L4"))
        store.mark_placed(tx, "T1", ["UADA"])
    standings.catch_up()
    assert standings.stands(ada) == Standing("security", "L4")


def test_examples_and_questions_of_the_first_version_are_kept(first_version: Database) -> None:
    migrate(first_version)
    ada = Member("T1", "UADA")
    with first_version.read() as tx:
        entry = journal_store.find(tx, KEYS, ada, "e")
        nudge = nudge_store.nudge(tx, ada, "n")
    assert entry
    assert (entry.text, entry.pin) == ("I helped.", Pin("1", "security", "L3"))
    assert nudge
    assert (nudge.days_since, nudge.cue) == (3, None)


def test_whoever_chose_an_hour_or_a_day_of_their_own_is_asked_then_as_before(
    first_version: Database,
) -> None:
    migrate(first_version)
    with first_version.read() as tx:
        found = [nudge_store.schedule(tx, Member("T1", user)) for user in ("UADA", "UBEN", "UMIA")]
        assert nudge_store.is_anything_due(tx, "T1", datetime(2026, 12, 3, 11, tzinfo=UTC))
    manners = [each.manners for each in found if each]
    assert manners[0] == Manners()
    assert manners[1].hours == (time(6, 15), time(17, 30))
    assert manners[1].days == {0, 1, 2, 3, 4, 5}
    assert manners[2].hours == (time(9), time(23, 59))


def test_a_schema_of_a_newer_version_is_refused_and_left_alone(database_url: str) -> None:
    database = Database(database_url)
    migrate(database)
    with database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match=r"another version of Rung.*9999"):
        migrate(database)
    with database.read() as tx:
        assert revision(tx) == "9999"
    database.close()


def test_a_database_of_somebody_else_is_refused_and_left_alone(database_url: str) -> None:
    database = Database(database_url)
    with database.write() as tx:
        tx.execute(text("CREATE TABLE invoices (n INTEGER)"))
    with pytest.raises(DatabaseError, match="something else than Rung's tables"):
        migrate(database)
    with database.read() as tx:
        assert inspect(tx).get_table_names() == ["invoices"]
    database.close()


def test_a_migration_that_fails_half_way_leaves_nothing(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the power went out")

    database = Database(database_url)
    with monkeypatch.context() as patched:
        patched.setattr("alembic.op.create_index", broken)
        with pytest.raises(RuntimeError):
            migrate(database)
    with database.read() as tx:
        assert inspect(tx).get_table_names() == []
    assert migrate(database) is True
    database.close()


def test_every_table_carries_the_workspace_first_and_no_id_is_made_by_the_database() -> None:
    for table in metadata.tables.values():
        keys = list(table.primary_key.columns)
        assert keys[0].name == "team_id", table.name
        for column in table.columns:
            assert column.server_default is None
            assert not column.primary_key or isinstance(column.type, String)
