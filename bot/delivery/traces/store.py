"""The rows of parcels to a person, or about them."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, literal, or_, select

from bot.delivery.model import IN_DOUBT, State, StillSending
from bot.delivery.store import parcel_of, parcels
from bot.privacy.records import Value
from bot.slack.member import Member

NAMELESS = "erased"


def about(tx: Connection, member: Member) -> list[tuple[Value, ...]]:
    """Every parcel to a person or about them: kind, to whom, state, reason, planned, tried."""
    query = select(parcels).where(*_about(member)).order_by(parcels.c.not_before, parcels.c.key)
    return [
        (row.kind, row.recipient_id, row.state, row.reason, row.not_before, row.claimed_at)
        for row in tx.execute(query)
    ]


def hold_about(tx: Connection, member: Member) -> None:
    """Nobody else changes a parcel to a person or about them until the commit."""
    query = select(parcels.c.id).where(*_about(member)).order_by(parcels.c.id)
    tx.execute(query.with_for_update()).all()


def remove_about(tx: Connection, member: Member) -> None:
    """Removes every parcel to a person or about them, sent or not.

    What is being taken back goes on without a name, also from their own messages: or they would
    keep for good what others had shared with them. The subjects of such name nobody.
    Raises StillSending while one to somebody else may be on the wire.
    """
    to_others = (*_about(member), parcels.c.recipient_id != member.user_id)
    doubtful = parcels.c.state.in_([state.value for state in IN_DOUBT])
    if tx.execute(select(parcels.c.id).where(*to_others, doubtful)).first():
        raise StillSending
    closing = select(parcels).where(*_about(member), parcels.c.state == State.CLOSING.value)
    for row in tx.execute(closing).all():
        nameless = replace(parcel_of(row), key=f"{NAMELESS}|{uuid.uuid4().hex}")
        values = {"id": nameless.id, "key": nameless.key}
        if row.recipient_id == member.user_id:
            values["recipient_id"] = NAMELESS
        is_it = (parcels.c.team_id == row.team_id, parcels.c.id == row.id)
        tx.execute(parcels.update().where(*is_it).values(values))
    tx.execute(parcels.delete().where(*_about(member)))


def _about(member: Member) -> tuple[Any, ...]:
    """Keys and subjects are words between bars or spaces; whoever they concern is one of them."""
    words = literal("|") + parcels.c.key + "|" + parcels.c.subject + "|"
    named = func.replace(words, " ", "|").contains(f"|{member.user_id}|", autoescape=True)
    is_they = parcels.c.recipient_id == member.user_id
    return parcels.c.team_id == member.team_id, or_(is_they, named)
