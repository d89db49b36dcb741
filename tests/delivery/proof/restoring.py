"""Yesterday's backup, put back after everything was sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.delivery.proof.stage import DUE, Stage

YESTERDAY = DUE - timedelta(days=1)
REPLICAS = 3


class SqliteBackup:
    """Copied by SQLite's own backup; put back into the file, whoever has it open."""

    def __init__(self, url: str) -> None:
        self._file = url.removeprefix("sqlite:///")
        self._copy = str(Path(self._file).with_suffix(".backup"))
        self._pour(self._file, self._copy)

    def put_back(self) -> None:
        """As the operator does it."""
        self._pour(self._copy, self._file)

    def _pour(self, source: str, target: str) -> None:
        with closing(sqlite3.connect(source)) as full, closing(sqlite3.connect(target)) as fresh:
            full.backup(fresh)


class PostgresBackup:
    """Every row, put back in one transaction beside connections that stay."""

    def __init__(self, url: str) -> None:
        self._url = url
        with psycopg.connect(url) as connection:
            query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            names = [name for (name,) in connection.execute(query)]
            self._rows: Mapping[str, list[Any]] = {
                name: connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)))
                .fetchall()
                for name in names
            }  # fmt: skip

    def put_back(self) -> None:
        """As `pg_restore --data-only --single-transaction` does it."""
        with psycopg.connect(self._url) as connection:
            for name, rows in self._rows.items():
                table = sql.Identifier(name)
                connection.execute(sql.SQL("DELETE FROM {}").format(table))
                for row in rows:
                    marks = sql.SQL(", ").join(sql.Placeholder() * len(row))
                    insert = sql.SQL("INSERT INTO {} VALUES ({})").format(table, marks)
                    connection.execute(insert, row)


def backup(stage: Stage) -> SqliteBackup | PostgresBackup:
    """A copy of the database as it is now."""
    url = str(stage.settings["database_url"])
    return SqliteBackup(url) if stage.engine == "sqlite" else PostgresBackup(url)


def restore(stage: Stage, people: int, *, running: bool, planned: bool) -> None:
    """The backup is of yesterday, and with `planned` it holds already what is to be sent.

    With `running` it is put back under bots that go on as if nothing had happened.
    """
    stage.place(people)
    stage.set_clock(YESTERDAY)
    replicas = [stage.start(now=None, since=YESTERDAY) for _ in range(REPLICAS)]
    assert stage.wait(lambda: stage.alive_at() is not None)
    if planned:
        rung = stage.assembled()
        rung.nudges.plan_due(DUE)
        rung.database.close()
    kept = backup(stage)
    stage.set_clock(DUE)
    assert stage.wait(stage.settled)
    if not running:
        for process in replicas:
            stage.kill(process)
    kept.put_back()
    stage.set_clock(DUE + timedelta(minutes=5))
    stage.run_until_settled(workers=0 if running else 2)
