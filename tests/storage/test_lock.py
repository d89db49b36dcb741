"""One heartbeat for each SQLite file, any number on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import Database, DatabaseError
from bot.storage.lock import HeartbeatLock
from tests.postgres import Postgres


def test_a_second_holder_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/rung.db")
    first = HeartbeatLock(database)
    with pytest.raises(DatabaseError, match="Another Rung runs on"):
        HeartbeatLock(database)
    first.release()
    HeartbeatLock(database).release()


def test_replicas_on_postgresql_do_not_hold_each_other_up(postgres: Postgres) -> None:
    database = Database(postgres.new_database())
    HeartbeatLock(database)
    HeartbeatLock(database)
