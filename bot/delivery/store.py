"""The outbox rows; they hold ids and states, never text."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    case,
    func,
    literal,
    or_,
    select,
)

from bot.delivery.model import Parcel, Posted, State, StillSending
from bot.privacy.records import Value
from bot.slack.member import Member
from bot.storage.schema import Instant, id_column, metadata, team_column
from bot.storage.upsert import dialect_insert, insert_once

parcels = Table(
    "parcels",
    metadata,
    team_column(),
    id_column(),
    Column("key", String(200), nullable=False),
    Column("recipient_id", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(100), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("claimed_at", Instant),
    Column("channel_id", String(64)),
    Column("message_ts", String(32)),
    UniqueConstraint("team_id", "key"),
    Index("ix_parcels_due", "team_id", "state", "not_before"),
)


NAMELESS = "erased"
_TAKEN_BACK = {
    State.READY: State.SUPPRESSED,
    State.SENDING: State.RECALLED,
    State.SENT: State.CLOSING,
}
_RECALLED_NOW = {State.SENT: State.CLOSING, State.READY: State.SUPPRESSED}


def insert(tx: Connection, parcel: Parcel) -> bool:
    """Plans a parcel; False when its occurrence was planned before."""
    return insert_once(tx, parcels, _row(parcel))


def insert_many(tx: Connection, new: Sequence[Parcel]) -> int:
    """Plans those whose occurrence was not planned before; returns how many."""
    if not new:
        return 0
    statement = dialect_insert(tx, parcels).on_conflict_do_nothing().returning(parcels.c.id)
    return len(tx.execute(statement, [_row(each) for each in new]).all())


def _row(parcel: Parcel) -> dict[str, Any]:
    return {
        "team_id": parcel.recipient.team_id,
        "id": parcel.id,
        "key": parcel.key,
        "recipient_id": parcel.recipient.user_id,
        "kind": parcel.kind,
        "subject": parcel.subject,
        "state": State.READY.value,
        "reason": "",
        "attempts": 0,
        "not_before": parcel.not_before,
        "expires_at": parcel.expires_at,
    }


def miss(tx: Connection, parcel: Parcel, reason: str) -> bool:
    """Plans one that is expired already."""
    if not insert(tx, parcel):
        return False
    return _move(tx, parcel, State.READY, state=State.EXPIRED.value, reason=reason)


def behind(tx: Connection, recipient: Member, ts: str) -> Parcel | None:
    """The parcel that became that message."""
    query = select(parcels).where(
        parcels.c.team_id == recipient.team_id,
        parcels.c.recipient_id == recipient.user_id,
        parcels.c.message_ts == ts,
    )
    row = tx.execute(query).first()
    return _parcel(row) if row else None


def ready(tx: Connection, team_id: str, now: datetime, limit: int) -> list[Parcel]:
    """Parcels whose time has come, the oldest first."""
    query = (
        select(parcels)
        .where(
            parcels.c.team_id == team_id,
            parcels.c.state == State.READY.value,
            parcels.c.not_before <= now,
        )
        .order_by(parcels.c.not_before, parcels.c.key)
        .limit(limit)
    )
    return [_parcel(row) for row in tx.execute(query)]


def claim(tx: Connection, parcel: Parcel, wall: datetime) -> bool:
    """Takes a ready parcel for one attempt at the real time `wall`; False when another has it."""
    return _move(
        tx,
        parcel,
        State.READY,
        state=State.SENDING.value,
        attempts=parcels.c.attempts + 1,
        claimed_at=wall,
    )


def settle(tx: Connection, parcel: Parcel, state: State, reason: str = "", **columns: Any) -> bool:
    """Ends the attempt that this process made; what was recalled meanwhile goes on from there."""
    columns |= {"reason": reason[:100]}
    recalled = _RECALLED_NOW.get(state, state)
    return _move(tx, parcel, State.SENDING, state=state.value, **columns) or _move(
        tx, parcel, State.RECALLED, state=recalled.value, **columns
    )


def take_back(tx: Connection, team_id: str, keys: Sequence[str]) -> set[State]:
    """Moves each of these parcels on its way out of Slack; returns the states they were in."""
    which = (parcels.c.team_id == team_id, parcels.c.key.in_(keys))
    before = tx.execute(select(parcels.c.state).where(*which).with_for_update()).scalars().all()
    moves = {old.value: new.value for old, new in _TAKEN_BACK.items()}
    onward = case(moves, value=parcels.c.state, else_=parcels.c.state)
    tx.execute(parcels.update().where(*which).values(state=onward))
    return {State(state) for state in before}


def closing(tx: Connection, team_id: str, limit: int) -> list[Posted]:
    """Messages in whose place other words are to stand."""
    query = select(parcels).where(
        parcels.c.team_id == team_id, parcels.c.state == State.CLOSING.value
    )
    found = tx.execute(query.order_by(parcels.c.not_before, parcels.c.key).limit(limit))
    return [Posted(_parcel(row), row.channel_id or "", row.message_ts or "") for row in found]


def close(tx: Connection, parcel: Parcel, state: State, reason: str) -> bool:
    """Ends the taking back of a message; False when another process ended it."""
    return _move(tx, parcel, State.CLOSING, state=state.value, reason=reason[:100])


def place_of(tx: Connection, parcel: Parcel) -> tuple[str, str] | None:
    """Channel and timestamp of the message that the parcel became."""
    query = select(parcels.c.channel_id, parcels.c.message_ts).where(
        parcels.c.team_id == parcel.recipient.team_id, parcels.c.id == parcel.id
    )
    row = tx.execute(query).first()
    return (row.channel_id, row.message_ts) if row and row.message_ts else None


def stands_with(tx: Connection, recipient: Member, channel: str, ts: str) -> bool:
    """Whether a parcel to the person became that message."""
    query = select(parcels.c.id).where(
        parcels.c.team_id == recipient.team_id,
        parcels.c.recipient_id == recipient.user_id,
        parcels.c.channel_id == channel,
        parcels.c.message_ts == ts,
    )
    return tx.execute(query.limit(1)).first() is not None


def has_reached(tx: Connection, recipient: Member, kind: str) -> bool:
    """Whether the person was sent one of that kind."""
    query = select(parcels.c.id).where(
        parcels.c.team_id == recipient.team_id,
        parcels.c.recipient_id == recipient.user_id,
        parcels.c.kind == kind,
        parcels.c.state == State.SENT.value,
    )
    return tx.execute(query.limit(1)).first() is not None


def cut_short(tx: Connection, team_id: str, before: datetime) -> int:
    """How many attempts were begun before that real time and never ended."""
    query = select(func.count()).select_from(parcels).where(*_cut_short(team_id, before))
    return tx.execute(query).scalar_one()


def abandon(tx: Connection, team_id: str, before: datetime) -> None:
    """Posted or not, nobody knows of these: so they are never repeated."""
    values = {"state": State.UNCONFIRMED.value, "reason": "the process ended during the attempt"}
    tx.execute(parcels.update().where(*_cut_short(team_id, before)).values(values))


def about(tx: Connection, member: Member) -> list[tuple[Value, ...]]:
    """Every parcel to a person or about them: kind, to whom, state, reason, planned, tried."""
    query = select(parcels).where(*_about(member)).order_by(parcels.c.not_before, parcels.c.key)
    return [
        (row.kind, row.recipient_id, row.state, row.reason, row.not_before, row.claimed_at)
        for row in tx.execute(query)
    ]


def remove_about(tx: Connection, member: Member) -> None:
    """Removes every parcel to a person or about them, sent or not.

    What is being taken back from somebody else's messages goes on under a key without a name; only
    shared pages are ever taken back, and their subject names none.
    Raises StillSending while one to somebody else is on the wire.
    """
    to_others = (*_about(member), parcels.c.recipient_id != member.user_id)
    on_the_wire = parcels.c.state.in_([State.SENDING.value, State.RECALLED.value])
    if tx.execute(select(parcels.c.id).where(*to_others, on_the_wire)).first():
        raise StillSending
    closing = select(parcels).where(*to_others, parcels.c.state == State.CLOSING.value)
    for row in tx.execute(closing).all():
        nameless = replace(_parcel(row), key=f"{NAMELESS}|{uuid.uuid4().hex}")
        is_it = (parcels.c.team_id == row.team_id, parcels.c.id == row.id)
        tx.execute(parcels.update().where(*is_it).values(id=nameless.id, key=nameless.key))
    tx.execute(parcels.delete().where(*_about(member)))


def _about(member: Member) -> tuple[Any, ...]:
    """Keys and subjects are words between bars or spaces; whoever they concern is one of them."""
    words = literal("|") + parcels.c.key + "|" + parcels.c.subject + "|"
    named = func.replace(words, " ", "|").contains(f"|{member.user_id}|", autoescape=True)
    is_they = parcels.c.recipient_id == member.user_id
    return parcels.c.team_id == member.team_id, or_(is_they, named)


def _cut_short(team_id: str, before: datetime) -> tuple[Any, ...]:
    return (
        parcels.c.team_id == team_id,
        parcels.c.state.in_([State.SENDING.value, State.RECALLED.value]),
        parcels.c.claimed_at < before,
    )


def _move(tx: Connection, parcel: Parcel, expected: State, **columns: Any) -> bool:
    is_it = (
        parcels.c.team_id == parcel.recipient.team_id,
        parcels.c.id == parcel.id,
        parcels.c.state == expected.value,
    )
    return tx.execute(parcels.update().where(*is_it).values(**columns)).rowcount == 1


def _parcel(row: Row[Any]) -> Parcel:
    return Parcel(
        recipient=Member(row.team_id, row.recipient_id),
        kind=row.kind,
        key=row.key,
        subject=row.subject,
        not_before=row.not_before,
        expires_at=row.expires_at,
    )
