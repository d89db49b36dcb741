"""The rows about one-on-ones and about what was shared; snapshots are sealed."""

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
    or_,
    select,
)

from bot.one_on_ones.model import OneOnOne, Snapshot, items_from_json
from bot.one_on_ones.rhythm import Rhythm
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.crypto import KeyRing, Place
from bot.storage.schema import Instant, id_column, metadata, sealed_column, team_column
from bot.storage.upsert import insert_once, upsert

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

shares = Table(
    "shares",
    metadata,
    team_column(),
    id_column(),
    Column("owner_id", String(64), nullable=False),
    Column("reader_id", String(64), nullable=False),
    sealed_column("items"),
    Column("shared_at", Instant, nullable=False),
    Index("ix_shares_owner", "team_id", "owner_id", "shared_at"),
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
    query = (
        select(one_on_ones)
        .where(one_on_ones.c.team_id == team_id, one_on_ones.c.pre_read_due_at <= now)
        .order_by(one_on_ones.c.pre_read_due_at, one_on_ones.c.engineer_id)
        .limit(limit)
    )
    return [_one_on_one(row) for row in tx.execute(query)]


def insert_share(
    tx: Connection, keys: KeyRing, share_id: str, snapshot: Snapshot, now: datetime
) -> bool:
    """Keeps what was shared; False when this share is there already."""
    place = _place(snapshot.owner.team_id, share_id)
    values = {
        "team_id": snapshot.owner.team_id,
        "id": share_id,
        "owner_id": snapshot.owner.user_id,
        "reader_id": snapshot.reader.user_id,
        "items": keys.seal(snapshot.as_json(), place),
        "shared_at": now,
    }
    return insert_once(tx, shares, values)


def share(tx: Connection, keys: KeyRing, team_id: str, share_id: str) -> Snapshot | None:
    """What was shared under that id, for its delivery."""
    query = select(shares).where(shares.c.team_id == team_id, shares.c.id == share_id)
    row = tx.execute(query).first()
    if row is None:
        return None
    items = items_from_json(keys.open(row.items, _place(team_id, share_id)))
    return Snapshot(Member(team_id, row.owner_id), Member(team_id, row.reader_id), items)


def records_of(tx: Connection, keys: KeyRing, member: Member) -> list[Section]:
    """The person's one-on-one, and each example on each page that they shared."""
    found = tx.execute(select(one_on_ones).where(*_of(member)))
    mine = shares.c.team_id == member.team_id, shares.c.owner_id == member.user_id
    pages = tx.execute(select(shares).where(*mine).order_by(shares.c.shared_at, shares.c.id))
    return [
        Section(
            "one_on_one",
            "One-on-one",
            ("first on", "at", "every how many weeks", "next pre-read at"),
            tuple((row.first_on, row.at, row.weeks, row.pre_read_due_at) for row in found),
        ),
        Section(
            "shared_pages",
            "Examples on pages that were shared",
            ("shared_with", "shared_at", "day", "competency", "example", "link"),
            tuple(
                (row.reader_id, row.shared_at, item.day, item.competency, item.text, item.link)
                for row in pages
                for item in items_from_json(keys.open(row.items, _place(row.team_id, row.id)))
            ),
        ),
    ]


def erase(tx: Connection, member: Member) -> None:
    """Removes the person's one-on-one, and every page that they shared or that names them."""
    remove(tx, member)
    theirs = or_(shares.c.owner_id == member.user_id, shares.c.reader_id == member.user_id)
    tx.execute(shares.delete().where(shares.c.team_id == member.team_id, theirs))


def _of(engineer: Member) -> tuple[Any, Any]:
    return (
        one_on_ones.c.team_id == engineer.team_id,
        one_on_ones.c.engineer_id == engineer.user_id,
    )


def _place(team_id: str, share_id: str) -> Place:
    return Place(team_id, "shares", "items", share_id)


def _one_on_one(row: Row[Any]) -> OneOnOne:
    return OneOnOne(
        engineer=Member(row.team_id, row.engineer_id),
        rhythm=Rhythm(row.first_on, time.fromisoformat(row.at), row.weeks),
        pre_read_due_at=row.pre_read_due_at,
    )
