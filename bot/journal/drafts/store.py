"""The rows of drafts; their text is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Index, Row, Table, select

from bot.journal.drafts.model import Written
from bot.slack.member import Member
from bot.storage.crypto import KeyRing, Place
from bot.storage.schema import (
    Instant,
    id_column,
    metadata,
    sealed_column,
    team_column,
    whose_column,
)
from bot.storage.upsert import insert_once

drafts = Table(
    "drafts",
    metadata,
    team_column(),
    id_column(),
    whose_column("owner_id"),
    sealed_column("text"),
    Column("written_at", Instant, nullable=False),
    Index("ix_drafts_owner", "team_id", "owner_id"),
    Index("ix_drafts_written_at", "written_at"),
)


def insert(tx: Connection, keys: KeyRing, draft: Written) -> bool:
    """Keeps a draft; False when the message is kept already."""
    values = {
        "team_id": draft.owner.team_id,
        "id": draft.id,
        "owner_id": draft.owner.user_id,
        "text": keys.seal(draft.text, _place(draft.owner, draft.id)),
        "written_at": draft.written_at,
    }
    return insert_once(tx, drafts, values)


def rewrite(tx: Connection, keys: KeyRing, draft: Written) -> bool:
    """Puts another text in its place; False when the owner has no such draft."""
    sealed = keys.seal(draft.text, _place(draft.owner, draft.id))
    mine = drafts.update().where(*_own(draft.owner, draft.id))
    return tx.execute(mine.values(text=sealed)).rowcount == 1


def find(tx: Connection, keys: KeyRing, owner: Member, draft_id: str) -> Written | None:
    """The owner's draft of that id."""
    row = tx.execute(select(drafts).where(*_own(owner, draft_id))).first()
    return _written(keys, row) if row else None


def of_owner(tx: Connection, keys: KeyRing, owner: Member) -> Sequence[Written]:
    """All that the owner wrote and has not decided about, the oldest first."""
    query = select(drafts).where(*_owned(owner)).order_by(drafts.c.written_at, drafts.c.id)
    return [_written(keys, row) for row in tx.execute(query)]


def drop(tx: Connection, owner: Member, draft_id: str) -> bool:
    """Removes the row itself; False when the owner has no such draft."""
    return tx.execute(drafts.delete().where(*_own(owner, draft_id))).rowcount == 1


def drop_all(tx: Connection, owner: Member) -> None:
    """Removes every draft of the owner."""
    tx.execute(drafts.delete().where(*_owned(owner)))


def drop_before(tx: Connection, moment: datetime) -> int:
    """Removes what was written before that; returns how many."""
    return tx.execute(drafts.delete().where(drafts.c.written_at < moment)).rowcount


def _owned(owner: Member) -> tuple[ColumnElement[bool], ...]:
    return drafts.c.team_id == owner.team_id, drafts.c.owner_id == owner.user_id


def _own(owner: Member, draft_id: str) -> tuple[ColumnElement[bool], ...]:
    return (*_owned(owner), drafts.c.id == draft_id)


def _place(owner: Member, draft_id: str) -> Place:
    return Place(owner.team_id, "drafts", "text", draft_id, (owner.user_id,))


def _written(keys: KeyRing, row: Row[Any]) -> Written:
    owner = Member(row.team_id, row.owner_id)
    text = keys.open(row.text, _place(owner, row.id))
    return Written(row.id, owner, text, row.written_at)
