"""One row for each workspace: its pause, its budget, and when a bot last looked after it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, select

from bot.delivery.pace.model import Pace
from bot.storage.schema import Instant, metadata, team_column
from bot.storage.upsert import insert_once

offices = Table(
    "delivery_offices",
    metadata,
    team_column(),
    Column("paused_until", Instant),
    Column("pause_reason", String(64), nullable=False),
    Column("free_at", Instant),
    Column("alive_at", Instant),
    Column("look_before", Instant),
)


def look(tx: Connection, team_id: str) -> Pace:
    """The pace as it is now."""
    row = tx.execute(select(offices).where(offices.c.team_id == team_id)).first()
    return Pace(row.paused_until, row.pause_reason, row.free_at) if row else Pace()


def hold(tx: Connection, team_id: str) -> Pace:
    """The same; nobody else changes it before this transaction ends."""
    query = select(offices).where(offices.c.team_id == team_id).with_for_update()
    row = tx.execute(query).first()
    if row is None:
        insert_once(tx, offices, {"team_id": team_id, "pause_reason": ""})
        row = tx.execute(query).one()
    return Pace(row.paused_until, row.pause_reason, row.free_at)


def save(tx: Connection, team_id: str, pace: Pace) -> None:
    """Writes what was held."""
    values = {
        "paused_until": pace.paused_until,
        "pause_reason": pace.pause_reason[:64],
        "free_at": pace.free_at,
    }
    tx.execute(offices.update().where(offices.c.team_id == team_id).values(values))


def forget_reason(tx: Connection, team_id: str, real: datetime) -> None:
    """A message got through: whoever pauses from now on tells the operator anew."""
    told = (offices.c.team_id == team_id, offices.c.pause_reason != "")
    over = offices.c.paused_until <= real
    tx.execute(offices.update().where(*told, over).values(pause_reason=""))


def alive_at(tx: Connection, team_id: str) -> datetime | None:
    """When a bot last looked after the workspace, by the bot's clock."""
    return tx.execute(select(offices.c.alive_at).where(offices.c.team_id == team_id)).scalar()


def signs(tx: Connection, team_id: str) -> tuple[datetime | None, datetime | None]:
    """When a bot last looked, and before when what was due may have been sent already."""
    query = select(offices.c.alive_at, offices.c.look_before).where(offices.c.team_id == team_id)
    row = tx.execute(query).first()
    return (row.alive_at, row.look_before) if row else (None, None)


def leave_signs(tx: Connection, team_id: str, now: datetime, look_before: datetime | None) -> None:
    """Notes that a bot looked; both notes only ever grow, unless a backup was restored."""
    insert_once(tx, offices, {"team_id": team_id, "pause_reason": ""})
    for column, value in ((offices.c.alive_at, now), (offices.c.look_before, look_before)):
        if value is not None:
            which = (offices.c.team_id == team_id, column.is_(None) | (column < value))
            tx.execute(offices.update().where(*which).values({column: value}))
