"""The rows about one-on-ones: when they take place."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    String,
    Table,
    bindparam,
    select,
)

from bot.one_on_ones.model import OneOnOne
from bot.one_on_ones.rhythm import Rhythm
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.schema import Instant, id_column, metadata, team_column
from bot.storage.upsert import upsert

one_on_ones = Table(
    "one_on_ones",
    metadata,
    team_column(),
    id_column("engineer_id"),
    Column("first_on", Date, nullable=False),
    Column("at", String(5), nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("pre_read_due_at", Instant, nullable=False),
    Index("ix_one_on_ones_due", "team_id", "pre_read_due_at"),
)

_DUE = (  # made once, for it is asked at each heartbeat
    select(one_on_ones)
    .where(
        one_on_ones.c.team_id == bindparam("team"),
        one_on_ones.c.pre_read_due_at <= bindparam("now"),
    )
    .order_by(one_on_ones.c.pre_read_due_at, one_on_ones.c.engineer_id)
    .limit(bindparam("most"))
)


def find(tx: Connection, engineer: Member) -> OneOnOne | None:
    """The engineer's one-on-one, or None when none was set up."""
    row = tx.execute(select(one_on_ones).where(*_of(engineer))).first()
    return _one_on_one(row) if row else None


def save(tx: Connection, new: OneOnOne) -> None:
    """Sets the engineer's one-on-one up, or changes it."""
    key = {"team_id": new.engineer.team_id, "engineer_id": new.engineer.user_id}
    values = {
        "first_on": new.rhythm.first,
        "at": f"{new.rhythm.at:%H:%M}",
        "weeks": new.rhythm.weeks,
        "pre_read_due_at": new.pre_read_due_at,
    }
    upsert(tx, one_on_ones, key, values)


def remove(tx: Connection, engineer: Member) -> None:
    """Ends the engineer's one-on-one."""
    tx.execute(one_on_ones.delete().where(*_of(engineer)))


def due(tx: Connection, team_id: str, now: datetime, limit: int) -> list[OneOnOne]:
    """One-on-ones whose pre-read is due, the longest due first."""
    found = tx.execute(_DUE, {"team": team_id, "now": now, "most": limit})
    return [_one_on_one(row) for row in found]


def records_of(tx: Connection, member: Member) -> list[Section]:
    """When the person's one-on-one is."""
    found = tx.execute(select(one_on_ones).where(*_of(member)))
    columns = ("first_on", "at", "every_weeks", "next_pre_read_at")
    rows = tuple((row.first_on, row.at, row.weeks, row.pre_read_due_at) for row in found)
    return [Section("one_on_one", "One-on-one", columns, rows)]


def _of(engineer: Member) -> tuple[Any, Any]:
    return (
        one_on_ones.c.team_id == engineer.team_id,
        one_on_ones.c.engineer_id == engineer.user_id,
    )


def _one_on_one(row: Row[Any]) -> OneOnOne:
    return OneOnOne(
        engineer=Member(row.team_id, row.engineer_id),
        rhythm=Rhythm(row.first_on, time.fromisoformat(row.at), row.weeks),
        pre_read_due_at=row.pre_read_due_at,
    )
