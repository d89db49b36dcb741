"""What was done already: one row for each deed, written in the transaction of its effect."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Table, select

from bot.storage.schema import Instant, id_column, metadata, team_column
from bot.storage.upsert import insert_once

deeds = Table(
    "deeds",
    metadata,
    team_column(),
    id_column(),
    Column("done_at", Instant, nullable=False),
    Index("ix_deeds_done_at", "done_at"),
)


def first_time(tx: Connection, team_id: str, deed: str, now: datetime) -> bool:
    """True for the first transaction that commits this deed; another one at work is waited for.

    `deed` names it for good: an event's id, a submitted view's id. An empty one is always new.
    """
    if not deed:
        return True
    return insert_once(tx, deeds, {"team_id": team_id, "id": _key(deed), "done_at": now})


def was_done(tx: Connection, team_id: str, deed: str) -> bool:
    """Whether a transaction has committed this deed; an empty one never was."""
    same = deeds.c.team_id == team_id, deeds.c.id == _key(deed)
    return bool(deed) and tx.execute(select(deeds.c.id).where(*same)).first() is not None


def forget_before(tx: Connection, moment: datetime) -> int:
    """Drops deeds so old that Slack sends nothing of them again; returns how many."""
    return tx.execute(deeds.delete().where(deeds.c.done_at < moment)).rowcount


def _key(deed: str) -> str:
    return hashlib.sha256(deed.encode()).hexdigest()
