"""The rows about what was asked for about people; the reason is sealed."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Index, Row, String, Table, func, select

from bot.own_data.model import Request, What
from bot.slack.member import Member
from bot.storage.crypto import KeyRing, Place
from bot.storage.schema import Instant, id_column, metadata, sealed_column, team_column

requests = Table(
    "data_requests",
    metadata,
    team_column(),
    id_column(),
    Column("about_id", String(64)),
    Column("what", String(16), nullable=False),
    Column("asked_by", String(64)),
    sealed_column("reason", nullable=True),
    Column("asked_at", Instant, nullable=False),
    Column("done_at", Instant),
    Index("ix_data_requests_about", "team_id", "about_id"),
)


SOMEBODY_ERASED = ""


def new_id() -> str:
    """Short, because an operator types it."""
    return secrets.token_hex(4)


def insert(tx: Connection, keys: KeyRing, new: Request) -> None:
    """Records what was asked for."""
    team_id = new.about.team_id
    values = {
        "team_id": team_id,
        "id": new.id,
        "about_id": new.about.user_id,
        "what": new.what.value,
        "asked_by": new.asked_by.user_id if new.asked_by else None,
        "reason": keys.seal(new.reason, _place(team_id, new.id)),
        "asked_at": new.asked_at,
        "done_at": new.done_at,
    }
    tx.execute(requests.insert().values(values))


def find(tx: Connection, keys: KeyRing, team_id: str, request_id: str) -> Request | None:
    """The request of that id, as long as it names somebody."""
    query = select(requests).where(*_is(team_id, request_id), requests.c.about_id.is_not(None))
    row = tx.execute(query).first()
    return _request(keys, row) if row else None


def waiting(tx: Connection, keys: KeyRing, team_id: str) -> list[Request]:
    """What was asked for and is not done, the oldest first."""
    still = requests.c.done_at.is_(None), requests.c.about_id.is_not(None)
    return _listed(tx, keys, requests.c.team_id == team_id, *still)


def number_waiting(tx: Connection) -> int:
    """How much is to be done, in every workspace of the database."""
    still = requests.c.done_at.is_(None), requests.c.about_id.is_not(None)
    return tx.execute(select(func.count()).select_from(requests).where(*still)).scalar_one()


def about(tx: Connection, keys: KeyRing, member: Member) -> list[Request]:
    """What others asked for about the person, the oldest first."""
    is_they = requests.c.about_id == member.user_id
    return _listed(tx, keys, requests.c.team_id == member.team_id, is_they)


def asked_by(tx: Connection, keys: KeyRing, member: Member) -> list[Request]:
    """What the person asked for about others who were not erased since, the oldest first."""
    theirs = requests.c.asked_by == member.user_id, requests.c.about_id != member.user_id
    return _listed(tx, keys, requests.c.team_id == member.team_id, *theirs)


def settle(tx: Connection, team_id: str, request_id: str, now: datetime) -> bool:
    """Marks it as done; False when it is done already."""
    is_it = (*_is(team_id, request_id), requests.c.done_at.is_(None))
    return tx.execute(requests.update().where(*is_it).values(done_at=now)).rowcount == 1


def trace(tx: Connection, team_id: str, now: datetime) -> None:
    """Keeps that somebody was erased at that time, and neither who nor why."""
    values = {"team_id": team_id, "id": new_id(), "what": What.ERASE.value}
    tx.execute(requests.insert().values(**values, asked_at=now, done_at=now))


def erase(tx: Connection, member: Member) -> None:
    """Removes what was asked for about the person; what they asked for loses name and reason."""
    here = requests.c.team_id == member.team_id
    tx.execute(requests.delete().where(here, requests.c.about_id == member.user_id))
    asked = requests.update().where(here, requests.c.asked_by == member.user_id)
    tx.execute(asked.values(asked_by=SOMEBODY_ERASED, reason=None))


def _is(team_id: str, request_id: str) -> tuple[Any, ...]:
    return requests.c.team_id == team_id, requests.c.id == request_id


def _listed(tx: Connection, keys: KeyRing, *which: Any) -> list[Request]:
    query = select(requests).where(*which).order_by(requests.c.asked_at, requests.c.id)
    return [_request(keys, row) for row in tx.execute(query)]


def _request(keys: KeyRing, row: Row[Any]) -> Request:
    here = Member(row.team_id, row.about_id)
    return Request(
        id=row.id,
        about=here,
        what=What(row.what),
        reason=keys.open(row.reason, _place(row.team_id, row.id)) if row.reason else "",
        asked_by=None if row.asked_by is None else here.colleague(row.asked_by),
        asked_at=row.asked_at,
        done_at=row.done_at,
    )


def _place(team_id: str, request_id: str) -> Place:
    return Place(team_id, "data_requests", "reason", request_id)
