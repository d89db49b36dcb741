"""The clock of the database server, which all replicas share."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import text

from bot.storage.database import Database


def server_time(database: Database) -> datetime | None:
    """PostgreSQL's real time at this moment, in UTC; None on SQLite, which has none of its own."""
    if database.is_sqlite:
        return None
    with database.read() as tx:
        moment: datetime = tx.execute(text("SELECT clock_timestamp()")).scalar_one()
    return moment.astimezone(UTC)
