"""The rows about calendars: whose each is, sealed, and the meetings that were found in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    func,
    select,
)

from bot.one_on_ones.calendars.held import Offer
from bot.one_on_ones.calendars.model import CalendarMeeting, Due, Followed, Marks, Trouble
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
from bot.storage.upsert import upsert

calendars = Table(
    "calendars",
    metadata,
    team_column(),
    id_column(),
    whose_column("set_by"),
    sealed_column("address", nullable=True),
    sealed_column("uid"),
    sealed_column("marks", nullable=True),
    Column("read_at", Instant, nullable=False),
    Column("next_read_at", Instant, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("failing_since", Instant),
    Column("problem", String(16)),
    Column("told", Boolean, nullable=False),
    Index("ix_calendars_due", "team_id", "next_read_at"),
    Index("ix_calendars_set_by", "team_id", "set_by"),
)
"""The id is that of the pair."""

calendar_meetings = Table(
    "calendar_meetings",
    metadata,
    team_column(),
    id_column(),
    id_column("slot"),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
)

calendar_offers = Table(
    "calendar_offers",
    metadata,
    team_column(),
    id_column(),
    whose_column("set_by"),
    sealed_column("offer"),
    Column("held_at", Instant, nullable=False),
    Index("ix_calendar_offers_set_by", "team_id", "set_by"),
    Index("ix_calendar_offers_held_at", "held_at"),
)
"""The id is made of the pair and the person: nobody finds what somebody else may choose from."""


def find(
    tx: Connection, keys: KeyRing, team_id: str, pair_id: str, *, lock: bool = False
) -> Followed | None:
    """The calendar of a pair; `lock` lets nobody else change it until the commit."""
    query = select(calendars).where(*_is(calendars, team_id, pair_id))
    row = tx.execute(query.with_for_update() if lock else query).first()
    return _followed(keys, row) if row else None


def due(tx: Connection, team_id: str, now: datetime, most: int) -> list[Due]:
    """What is to be read again by now, the longest due first; of each person the one calendar."""
    turn = func.row_number().over(
        partition_by=calendars.c.set_by, order_by=(calendars.c.next_read_at, calendars.c.id)
    )
    all_due = (
        select(calendars.c.id, calendars.c.set_by, calendars.c.next_read_at, turn.label("turn"))
        .where(calendars.c.team_id == team_id, calendars.c.next_read_at <= now)
        .subquery()
    )
    query = select(all_due).where(all_due.c.turn == 1)
    found = tx.execute(query.order_by(all_due.c.next_read_at, all_due.c.id).limit(most))
    return [Due(row.id, Member(team_id, row.set_by), row.next_read_at) for row in found]


def claim(tx: Connection, due: Due, until: datetime) -> bool:
    """Whether it is ours to read: until then no other process finds it due."""
    which = (*_is(calendars, due.set_by.team_id, due.pair_id), calendars.c.next_read_at == due.at)
    return tx.execute(calendars.update().where(*which).values(next_read_at=until)).rowcount == 1


def put_off(tx: Connection, team_id: str, pair_id: str, until: datetime) -> None:
    """It is read again then, whatever else is known of it."""
    which = _is(calendars, team_id, pair_id)
    tx.execute(calendars.update().where(*which).values(next_read_at=until))


def set_by(tx: Connection, keys: KeyRing, member: Member) -> list[Followed]:
    """The calendars that somebody gave."""
    mine = calendars.c.team_id == member.team_id, calendars.c.set_by == member.user_id
    found = tx.execute(select(calendars).where(*mine).order_by(calendars.c.id))
    return [_followed(keys, row) for row in found]


def insert(tx: Connection, keys: KeyRing, calendar: Followed) -> None:
    """Keeps a new one; whoever gave the one before may have been somebody else."""
    team_id = calendar.set_by.team_id
    key = {"team_id": team_id, "id": calendar.pair_id}
    texts = {
        "set_by": calendar.set_by.user_id,
        "address": _sealed(keys, calendar, "address", calendar.address),
        "uid": keys.seal(calendar.uid, _place(calendar, "uid")),
    }
    upsert(tx, calendars, key, texts | _changing(keys, calendar))
    tx.execute(calendar_meetings.delete().where(*_is(calendar_meetings, team_id, calendar.pair_id)))


def update(tx: Connection, keys: KeyRing, calendar: Followed) -> None:
    """How its reading goes, and which series it is that is followed by now."""
    which = _is(calendars, calendar.set_by.team_id, calendar.pair_id)
    uid = {"uid": keys.seal(calendar.uid, _place(calendar, "uid"))}
    tx.execute(calendars.update().where(*which).values(uid | _changing(keys, calendar)))


def remove(tx: Connection, team_id: str, pair_id: str) -> None:
    """Lets go of a pair's calendar, and of all its meetings."""
    for table in (calendar_meetings, calendars):
        tx.execute(table.delete().where(*_is(table, team_id, pair_id)))


def meetings(tx: Connection, team_id: str, pair_id: str) -> list[CalendarMeeting]:
    """What is known, the soonest first."""
    query = (
        select(calendar_meetings)
        .where(*_is(calendar_meetings, team_id, pair_id))
        .order_by(calendar_meetings.c.starts_at, calendar_meetings.c.slot)
    )
    return [CalendarMeeting(row.slot, row.starts_at, row.ends_at) for row in tx.execute(query)]


def save_meetings(
    tx: Connection, team_id: str, pair_id: str, found: Sequence[CalendarMeeting]
) -> None:
    """Adds meetings, or moves them."""
    for each in found:
        key = {"team_id": team_id, "id": pair_id, "slot": each.slot}
        upsert(tx, calendar_meetings, key, {"starts_at": each.starts_at, "ends_at": each.ends_at})


def remove_meetings(tx: Connection, team_id: str, pair_id: str, slots: Iterable[str]) -> None:
    """Drops meetings that are not in the calendar any more."""
    which = _is(calendar_meetings, team_id, pair_id)
    for slot in slots:
        tx.execute(calendar_meetings.delete().where(*which, calendar_meetings.c.slot == slot))


def hold(
    tx: Connection, keys: KeyRing, member: Member, pair_id: str, offer: Offer, now: datetime
) -> None:
    """Keeps what somebody may choose from, in the place of whatever they were offered before."""
    place = _offer_place(member, pair_id)
    key = {"team_id": member.team_id, "id": place.row_id}
    before = calendar_offers.c.id != place.row_id
    tx.execute(calendar_offers.delete().where(*_offered_to(member), before))
    sealed = keys.seal(offer.packed(), place)
    values = {"set_by": member.user_id, "offer": sealed, "held_at": now}
    upsert(tx, calendar_offers, key, values)


def offer(
    tx: Connection, keys: KeyRing, member: Member, pair_id: str, since: datetime
) -> Offer | None:
    """What they may choose from for that pair; None when it was offered before `since`."""
    place = _offer_place(member, pair_id)
    same = calendar_offers.c.id == place.row_id, calendar_offers.c.held_at > since
    found = tx.execute(select(calendar_offers.c.offer).where(*_offered_to(member), *same)).scalar()
    return Offer.of(keys.open(found, place)) if found else None


def offers_of(tx: Connection, keys: KeyRing, member: Member) -> list[tuple[datetime, Offer]]:
    """What they gave and have not chosen from yet, each with when."""

    def opened(row: Row[Any]) -> Offer:
        place = Place(row.team_id, "calendar_offers", "offer", row.id, (row.set_by,))
        return Offer.of(keys.open(row.offer, place))

    found = tx.execute(select(calendar_offers).where(*_offered_to(member)))
    return [(row.held_at, opened(row)) for row in found]


def drop_offers(tx: Connection, member: Member, pair_id: str = "") -> None:
    """Lets go of what somebody may choose from; for that pair, or for all."""
    same = [calendar_offers.c.id == _offer_place(member, pair_id).row_id] if pair_id else []
    tx.execute(calendar_offers.delete().where(*_offered_to(member), *same))


def drop_offers_before(tx: Connection, moment: datetime) -> int:
    """Lets go of what nobody has chosen from since then; returns how many."""
    return tx.execute(calendar_offers.delete().where(calendar_offers.c.held_at <= moment)).rowcount


def counts(tx: Connection) -> tuple[int, int]:
    """How many calendars cannot be read at the moment, and how many there are."""
    failing = func.count(calendars.c.failing_since)
    row = tx.execute(select(failing, func.count()).select_from(calendars)).one()
    return int(row[0]), int(row[1])


def _is(table: Table, team_id: str, pair_id: str) -> tuple[ColumnElement[bool], ...]:
    return table.c.team_id == team_id, table.c.id == pair_id


def _offered_to(member: Member) -> tuple[ColumnElement[bool], ...]:
    mine = calendar_offers.c.set_by == member.user_id
    return calendar_offers.c.team_id == member.team_id, mine


def _offer_place(member: Member, pair_id: str) -> Place:
    row_id = hashlib.sha256(f"{pair_id} {member.user_id}".encode()).hexdigest()
    return Place(member.team_id, "calendar_offers", "offer", row_id, (member.user_id,))


def _changing(keys: KeyRing, calendar: Followed) -> dict[str, Any]:
    marks = calendar.marks
    text = json.dumps([marks.etag, marks.modified]) if marks != Marks() else ""
    return {
        "marks": _sealed(keys, calendar, "marks", text),
        "read_at": calendar.read_at,
        "next_read_at": calendar.next_read_at,
        "failed": calendar.failed,
        "failing_since": calendar.failing_since,
        "problem": calendar.problem.value if calendar.problem else None,
        "told": calendar.told,
    }


def _sealed(keys: KeyRing, calendar: Followed, column: str, text: str) -> bytes | None:
    return keys.seal(text, _place(calendar, column)) if text else None


def _place(calendar: Followed, column: str) -> Place:
    return _place_of(calendar.set_by.team_id, calendar.pair_id, calendar.set_by.user_id, column)


def _place_of(team_id: str, pair_id: str, user_id: str, column: str) -> Place:
    return Place(team_id, "calendars", column, pair_id, (user_id,))


def _followed(keys: KeyRing, row: Row[Any]) -> Followed:
    def opened(column: str, sealed: bytes | None) -> str:
        place = _place_of(row.team_id, row.id, row.set_by, column)
        return keys.open(sealed, place) if sealed else ""

    return Followed(
        pair_id=row.id,
        set_by=Member(row.team_id, row.set_by),
        address=opened("address", row.address),
        uid=opened("uid", row.uid),
        read_at=row.read_at,
        next_read_at=row.next_read_at,
        marks=Marks(*json.loads(opened("marks", row.marks) or "[]")),
        failed=row.failed,
        failing_since=row.failing_since,
        problem=Trouble(row.problem) if row.problem else None,
        told=row.told,
    )
