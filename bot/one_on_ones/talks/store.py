"""The rows of talks; what was agreed is sealed, for the engineer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Index,
    Row,
    String,
    Table,
    func,
    or_,
    select,
)

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.talks.model import Talk
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

talks = Table(
    "talks",
    metadata,
    team_column(),
    id_column(),
    Column("pair_id", String(64), nullable=False),
    whose_column("engineer_id"),
    Column("slot", String(64), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("held", Boolean, nullable=False),
    sealed_column("agreed", nullable=True),
    Column("agreed_by", String(64)),
    Column("agreed_at", Instant),
    sealed_column("before", nullable=True),
    Column("before_by", String(64)),
    Index("ix_talks_pair", "team_id", "pair_id", "starts_at"),
    Index("ix_talks_engineer", "team_id", "engineer_id"),
)


def add(tx: Connection, pair: Pair, talk: Talk) -> bool:
    """Keeps a meeting that began; False when it is kept already."""
    row = {
        "team_id": pair.engineer.team_id,
        "id": talk.id,
        "pair_id": pair.id,
        "engineer_id": pair.engineer.user_id,
        "slot": talk.slot,
        "starts_at": talk.starts_at,
        "held": talk.held,
    }
    return insert_once(tx, talks, row)


def set_start(tx: Connection, pair: Pair, talk: Talk) -> None:
    """It was written about while it was under way, and may have begun later than it was to."""
    _change(tx, pair, talk, starts_at=talk.starts_at)


def set_held(tx: Connection, pair: Pair, talk: Talk, *, held: bool) -> None:
    """Says of a talk whether it took place."""
    _change(tx, pair, talk, held=held)


def agree(tx: Connection, keys: KeyRing, pair: Pair, talk: Talk) -> None:
    """Keeps what was agreed, by whom and when, in the place of what was there."""
    _change(
        tx,
        pair,
        talk,
        agreed=_sealed(keys, pair.engineer, "agreed", talk.id, talk.agreed),
        agreed_by=talk.agreed_by.user_id if talk.agreed_by else None,
        agreed_at=talk.agreed_at,
        before=_sealed(keys, pair.engineer, "before", talk.id, talk.before),
        before_by=talk.before_by.user_id if talk.before_by else None,
    )


def find(tx: Connection, keys: KeyRing, team_id: str, talk_id: str) -> Talk | None:
    """The talk of that id, whoever it belongs to."""
    row = tx.execute(select(talks).where(*_is(team_id, talk_id))).first()
    return _talk(keys, row) if row else None


def held(tx: Connection, keys: KeyRing, pair: Pair, limit: int, offset: int = 0) -> list[Talk]:
    """The talks that took place, the latest first."""
    query = select(talks).where(*_held_of(pair))
    ordered = query.order_by(talks.c.starts_at.desc(), talks.c.id)
    return [_talk(keys, row) for row in tx.execute(ordered.limit(limit).offset(offset))]


def count(tx: Connection, pair: Pair) -> int:
    """How many took place."""
    query = select(func.count()).select_from(talks).where(*_held_of(pair))
    return tx.execute(query).scalar_one()


def of(tx: Connection, keys: KeyRing, member: Member) -> list[Talk]:
    """Every talk of an engineer; of other talks what the member wrote, and nothing else of them."""
    columns = (talks.c.engineer_id, talks.c.agreed_by, talks.c.before_by)
    named = or_(*(column == member.user_id for column in columns))
    query = select(talks).where(talks.c.team_id == member.team_id, named)
    rows = tx.execute(query.order_by(talks.c.starts_at, talks.c.id))
    return [
        talk if row.engineer_id == member.user_id else talk.in_the_words_of(member)
        for row, talk in ((row, _talk(keys, row)) for row in rows)
    ]


def erase(tx: Connection, member: Member) -> None:
    """Removes the engineer's talks; from others' what the member wrote."""
    here = talks.c.team_id == member.team_id
    tx.execute(talks.delete().where(here, talks.c.engineer_id == member.user_id))
    for by, nothing in (
        (talks.c.agreed_by, {"agreed": None, "agreed_by": None, "agreed_at": None}),
        (talks.c.before_by, {"before": None, "before_by": None}),
    ):
        tx.execute(talks.update().where(here, by == member.user_id).values(nothing))


def _is(team_id: str, talk_id: str) -> tuple[ColumnElement[bool], ...]:
    return talks.c.team_id == team_id, talks.c.id == talk_id


def _held_of(pair: Pair) -> tuple[ColumnElement[bool], ...]:
    of_pair = talks.c.team_id == pair.engineer.team_id, talks.c.pair_id == pair.id
    return (*of_pair, talks.c.held)


def _change(tx: Connection, pair: Pair, talk: Talk, **values: Any) -> None:
    here = _is(pair.engineer.team_id, talk.id)
    tx.execute(talks.update().where(*here).values(**values))


def _place(engineer: Member, column: str, talk_id: str) -> Place:
    return Place(engineer.team_id, talks.name, column, talk_id, (engineer.user_id,))


def _sealed(keys: KeyRing, engineer: Member, column: str, talk_id: str, text: str) -> bytes | None:
    return keys.seal(text, _place(engineer, column, talk_id)) if text else None


def _opened(keys: KeyRing, column: str, row: Row[Any]) -> str:
    sealed = row._mapping[column]
    if sealed is None:
        return ""
    return keys.open(sealed, _place(Member(row.team_id, row.engineer_id), column, row.id))


def _talk(keys: KeyRing, row: Row[Any]) -> Talk:
    return Talk(
        id=row.id,
        pair_id=row.pair_id,
        slot=row.slot,
        starts_at=row.starts_at,
        held=row.held,
        agreed=_opened(keys, "agreed", row),
        agreed_by=Member(row.team_id, row.agreed_by) if row.agreed_by else None,
        agreed_at=row.agreed_at,
        before=_opened(keys, "before", row),
        before_by=Member(row.team_id, row.before_by) if row.before_by else None,
    )
