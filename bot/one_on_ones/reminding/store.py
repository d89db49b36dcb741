"""The rows about reminders: one for each person who ever promised something as a partner."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
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

from bot.one_on_ones.reminding.model import Reminder
from bot.slack.member import Member
from bot.storage.schema import Instant, id_column, metadata, team_column
from bot.storage.upsert import insert_once, upsert

reminders = Table(
    "promise_reminders",
    metadata,
    team_column(),
    id_column("user_id"),
    Column("due_at", Instant),
    Column("last_on", Date),
    Column("pair_id", String(64)),
    Column("unanswered", Integer, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Index("ix_promise_reminders_due", "team_id", "due_at"),
)

_DUE = (  # made once, for it is asked at each heartbeat
    select(reminders)
    .where(reminders.c.team_id == bindparam("team"), reminders.c.due_at <= bindparam("now"))
    .order_by(reminders.c.due_at, reminders.c.user_id)
    .limit(bindparam("most"))
)


def due(tx: Connection, team_id: str, now: datetime, limit: int) -> list[Reminder]:
    """Those whose due date has come, the longest first."""
    found = tx.execute(_DUE, {"team": team_id, "now": now, "most": limit})
    return [_reminder(row) for row in found]


def find(tx: Connection, member: Member, *, lock: bool = False) -> Reminder | None:
    """The person's, or None; `lock` lets nobody else change it until the commit."""
    query = select(reminders).where(*_of(member))
    row = tx.execute(query.with_for_update() if lock else query).first()
    return _reminder(row) if row else None


def hold(tx: Connection, member: Member) -> Reminder:
    """The person's, made where there was none, before any row that is held after it."""
    key = {"team_id": member.team_id, "user_id": member.user_id}
    insert_once(tx, reminders, key | {"unanswered": 0, "stopped": False})
    return find(tx, member, lock=True) or Reminder(member)


def save(tx: Connection, new: Reminder) -> None:
    """Makes or overwrites it."""
    key = {"team_id": new.member.team_id, "user_id": new.member.user_id}
    values = {
        "due_at": new.due_at,
        "last_on": new.last,
        "pair_id": new.pair_id or None,
        "unanswered": new.unanswered,
        "stopped": new.stopped,
    }
    upsert(tx, reminders, key, values)


def erase(tx: Connection, member: Member) -> None:
    """Removes it."""
    tx.execute(reminders.delete().where(*_of(member)))


def _of(member: Member) -> tuple[Any, Any]:
    return reminders.c.team_id == member.team_id, reminders.c.user_id == member.user_id


def _reminder(row: Row[Any]) -> Reminder:
    return Reminder(
        member=Member(row.team_id, row.user_id),
        due_at=row.due_at,
        last=row.last_on,
        pair_id=row.pair_id or "",
        unanswered=row.unanswered,
        stopped=row.stopped,
    )
