"""The rows about people and their managers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    bindparam,
    select,
)

from bot.people.model import IMPORTED, Manager, Person, Relation
from bot.people.telling import section
from bot.privacy.policy import Account, Ties
from bot.privacy.records import Section, Value
from bot.slack.member import Member
from bot.storage import revisions
from bot.storage.schema import Instant, id_column, metadata, team_column
from bot.storage.upsert import insert_once, upsert

people = Table(
    "people",
    metadata,
    team_column(),
    id_column("user_id"),
    Column("track_id", String(100), nullable=False),
    Column("level_id", String(100), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("placed_by", String(64), nullable=False),
    Column("placed_at", Instant, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("revision", Integer),
    Index("ix_people_revision", "team_id", "revision"),
)

PLACED = "people"
REMOVED = "people removed"
ROWS_AT_ONCE = 2_000
FORMER_IDS = uuid.UUID("6f0f5a86-7d0e-5d6b-9a55-0f1b5a0c5e11")

managers = Table(
    "managers",
    metadata,
    team_column(),
    id_column("user_id"),
    Column("manager_id", String(64), nullable=False),
    Column("proposed_by", String(64), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("ix_managers_manager", "team_id", "manager_id"),
)

proposals = Table(
    "manager_proposals",
    metadata,
    team_column(),
    id_column("user_id"),
    Column("manager_id", String(64), nullable=False),
    Column("relation", String(16), nullable=False),
    Column("proposed_by", String(64), nullable=False),
    Column("changed_at", Instant, nullable=False),
)

former_managers = Table(
    "former_managers",
    metadata,
    team_column(),
    id_column(),
    Column("user_id", String(64), nullable=False),
    Column("manager_id", String(64), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=False),
    Index("ix_former_managers_user", "team_id", "user_id"),
)

accounts = Table(
    "accounts",
    metadata,
    team_column(),
    id_column("user_id"),
    Column("kind", String(16), nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("zone", String(64)),
)


class Changes(NamedTuple):
    """How many transactions have placed somebody, and how many removed somebody."""

    placed: int
    removed: int


def find(tx: Connection, member: Member) -> Person | None:
    """The person with their manager, or None when not placed."""
    row = tx.execute(_selection().where(*_is(people, member))).first()
    return _person(row) if row else None


def find_many(tx: Connection, team_id: str, user_ids: Iterable[str]) -> dict[str, Person]:
    """Those of the users who are placed, by user id."""
    query = _selection().where(people.c.team_id == team_id, people.c.user_id.in_(list(user_ids)))
    return {row.user_id: _person(row) for row in tx.execute(query)}


def save(tx: Connection, person: Person) -> None:
    """Places the person, anew or again; leaves the manager as it is."""
    values = {
        "track_id": person.track_id,
        "level_id": person.level_id,
        "zone": person.zone,
        "placed_by": person.placed_by,
        "placed_at": person.placed_at,
        "active": person.active,
    }
    upsert(tx, people, _key(person.member), values)


def mark_placed(tx: Connection, team_id: str, user_ids: Iterable[str]) -> None:
    """Tells every process that these people were placed; the last thing before a commit.

    The revision's row stays locked until then, and with it every other placement.
    """
    placed = [{"placed_id": user_id} for user_id in user_ids]
    if placed:
        revision = revisions.take_next(tx, team_id, PLACED)
        which = (people.c.team_id == team_id, people.c.user_id == bindparam("placed_id"))
        tx.execute(people.update().where(*which).values(revision=revision), placed)


def remove(tx: Connection, member: Member) -> None:
    """Removes the person, their manager and who was proposed; tells every process of it."""
    for table in (people, managers, proposals):
        tx.execute(table.delete().where(*_is(table, member)))
    revisions.take_next(tx, member.team_id, REMOVED)


def account(tx: Connection, member: Member) -> tuple[Account, datetime] | None:
    """The kind of account that Slack named last, and when it did."""
    row = tx.execute(select(accounts).where(*_is(accounts, member))).first()
    return (Account(row.kind), row.seen_at) if row else None


def save_account(
    tx: Connection, member: Member, kind: Account, now: datetime, zone: str | None = None
) -> None:
    """Records the kind of account, and the time zone that Slack gives it."""
    upsert(tx, accounts, _key(member), {"kind": kind.value, "seen_at": now, "zone": zone})


def follow_account(tx: Connection, member: Member, kind: Account, now: datetime, zone: str) -> None:
    """Takes over the kind and zone of an account that is on record already."""
    values = {"kind": kind.value, "seen_at": now, "zone": zone}
    tx.execute(accounts.update().where(*_is(accounts, member)).values(values))


def zone_on_record(tx: Connection, member: Member) -> str:
    """The time zone that Slack gave an account last; empty where it gave none."""
    query = select(accounts.c.zone).where(*_is(accounts, member))
    return tx.execute(query).scalar() or ""


def changes(tx: Connection, team_id: str) -> Changes:
    """How far placements and removals have come; equal while nothing changed."""
    return Changes(*revisions.current(tx, team_id, (PLACED, REMOVED)))


def rungs(tx: Connection, team_id: str, after: int = -1) -> Iterator[tuple[str, str, str]]:
    """User, track and level id of the active, of all or of those placed after that revision."""
    query = select(people.c.user_id, people.c.track_id, people.c.level_id)
    query = query.where(people.c.team_id == team_id, people.c.active)
    if after >= 0:
        query = query.where(people.c.revision > after)
    for row in tx.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}):
        yield row.user_id, row.track_id, row.level_id


def hold(tx: Connection, member: Member) -> Person | None:
    """The person, whom no other transaction changes until this one ends; None when not placed."""
    tx.execute(select(people.c.user_id).where(*_is(people, member)).with_for_update())
    return find(tx, member)


def save_manager(tx: Connection, member: Member, manager: Manager, now: datetime) -> None:
    """Records who is the person's manager from now on, in the place of whoever was."""
    values = {
        "manager_id": manager.user_id,
        "proposed_by": manager.proposed_by,
        "changed_at": now,
    }
    upsert(tx, managers, _key(member), values)


def end_manager(tx: Connection, member: Member, now: datetime) -> Member | None:
    """The person has no manager any more; whoever was it is a former one, and given back."""
    row = tx.execute(select(managers).where(*_is(managers, member))).first()
    if row is None:
        return None
    tx.execute(managers.delete().where(*_is(managers, member)))
    words = f"{member.team_id} {member.user_id} {row.manager_id} {now.isoformat()}"
    values = {
        "team_id": member.team_id,
        "id": uuid.uuid5(FORMER_IDS, words).hex,
        "user_id": member.user_id,
        "manager_id": row.manager_id,
        "started_at": row.changed_at,
        "ended_at": now,
    }
    insert_once(tx, former_managers, values)
    return member.colleague(row.manager_id)


def proposal(tx: Connection, member: Member) -> Manager | None:
    """Who was proposed last and is not confirmed: asked about still, or declined."""
    row = tx.execute(select(proposals).where(*_is(proposals, member))).first()
    return Manager(row.manager_id, Relation(row.relation), row.proposed_by) if row else None


def save_proposal(tx: Connection, member: Member, proposed: Manager, now: datetime) -> None:
    """Records who is proposed, or has declined, in the place of an earlier proposal."""
    values = {
        "manager_id": proposed.user_id,
        "relation": proposed.relation.value,
        "proposed_by": proposed.proposed_by,
        "changed_at": now,
    }
    upsert(tx, proposals, _key(member), values)


def remove_proposal(tx: Connection, member: Member) -> None:
    """Forgets who was proposed."""
    tx.execute(proposals.delete().where(*_is(proposals, member)))


def manages_anybody(tx: Connection, member: Member) -> bool:
    """Whether somebody has confirmed the member as their manager."""
    query = select(managers.c.user_id).where(*_manages(managers, member)).limit(1)
    return tx.execute(query).first() is not None


def reports_of(tx: Connection, member: Member) -> list[Member]:
    """Everybody who has confirmed the member as their manager, by id."""
    query = select(managers.c.user_id).where(*_manages(managers, member))
    found = tx.execute(query.order_by(managers.c.user_id)).scalars()
    return [member.colleague(user_id) for user_id in found]


def ties(tx: Connection, member: Member) -> Ties:
    """The managers around the person at this moment."""
    manager, asked = _manager_of(tx, member), proposal(tx, member)
    open_to_them = asked and asked.relation is Relation.PROPOSED
    by_member = asked and asked.proposed_by == member.user_id
    return Ties(
        manager=manager,
        skip_level=manager and _manager_of(tx, manager),
        named=member.colleague(asked.user_id) if asked and open_to_them and by_member else None,
        former=_former(tx, member),
    )


def follow(tx: Connection, before: Person, after: Person) -> None:
    """Takes over the zone of a placed person, and whether they are active.

    Every process is told of somebody who left or came back.
    """
    values = {"zone": after.zone, "active": after.active}
    tx.execute(people.update().where(*_is(people, after.member)).values(values))
    if before.active and not after.active:
        revisions.take_next(tx, after.member.team_id, REMOVED)
    elif after.active and not before.active:
        mark_placed(tx, after.member.team_id, [after.member.user_id])


def records_of(tx: Connection, member: Member) -> list[Section]:
    """Everything in these tables about the person, also where others named them."""
    p, m, q, f, a = people.c, managers.c, proposals.c, former_managers.c, accounts.c
    confirmed = (m.proposed_by, m.changed_at)
    proposed = (q.relation, q.proposed_by, q.changed_at)
    former = (f.started_at, f.ended_at)
    kept = {
        "place": (
            _is(people, member),
            (p.track_id, p.level_id, p.zone, p.placed_by, p.placed_at, p.active),
        ),
        "manager": (_is(managers, member), (m.manager_id, *confirmed)),
        "proposed_manager": (_is(proposals, member), (q.manager_id, *proposed)),
        "former_managers": (_is(former_managers, member), (f.manager_id, *former)),
        "manager_of": (_manages(managers, member), (m.user_id, *confirmed)),
        "proposed_manager_of": (_manages(proposals, member), (q.user_id, *proposed)),
        "former_manager_of": (_manages(former_managers, member), (f.user_id, *former)),
        "account": (_is(accounts, member), (a.kind, a.seen_at, a.zone)),
    }
    return [section(name, _rows(tx, which, *of)) for name, (which, of) in kept.items()]


def erase(tx: Connection, member: Member) -> None:
    """Removes the person, also as the manager of others, and as who proposed or placed."""
    remove(tx, member)
    for table in (former_managers, accounts):
        tx.execute(table.delete().where(*_is(table, member)))
    for table in (managers, proposals, former_managers):
        tx.execute(table.delete().where(*_manages(table, member)))
    for column in (managers.c.proposed_by, proposals.c.proposed_by, people.c.placed_by):
        theirs = column.table.c.team_id == member.team_id, column == member.user_id
        tx.execute(column.table.update().where(*theirs).values({column.name: IMPORTED}))


def _rows(
    tx: Connection, which: tuple[Any, ...], *columns: Column[Any]
) -> tuple[tuple[Value, ...], ...]:
    query = select(*columns).where(*which).order_by(*columns)
    return tuple(tuple(row) for row in tx.execute(query))


def _manager_of(tx: Connection, member: Member) -> Member | None:
    query = select(managers.c.manager_id).where(*_is(managers, member))
    row = tx.execute(query).first()
    return member.colleague(row.manager_id) if row else None


def _former(tx: Connection, member: Member) -> dict[Member, datetime]:
    """Everybody who has been the person's manager, with the last time that it ended."""
    query = select(former_managers.c.manager_id, former_managers.c.ended_at)
    query = query.where(*_is(former_managers, member)).order_by(former_managers.c.ended_at)
    return {member.colleague(row.manager_id): row.ended_at for row in tx.execute(query)}


def _selection() -> Select[Any]:
    def belongs(table: Table) -> Any:
        return (table.c.team_id == people.c.team_id) & (table.c.user_id == people.c.user_id)

    joined = people.outerjoin(managers, belongs(managers)).outerjoin(proposals, belongs(proposals))
    return select(
        people,
        managers.c.manager_id,
        managers.c.proposed_by,
        proposals.c.manager_id.label("asked_id"),
        proposals.c.relation.label("asked_relation"),
        proposals.c.proposed_by.label("asked_by"),
    ).select_from(joined)


def _key(member: Member) -> dict[str, str]:
    return {"team_id": member.team_id, "user_id": member.user_id}


def _is(table: Table, member: Member) -> tuple[Any, Any]:
    return table.c.team_id == member.team_id, table.c.user_id == member.user_id


def _manages(table: Table, member: Member) -> tuple[Any, Any]:
    return table.c.team_id == member.team_id, table.c.manager_id == member.user_id


def _person(row: Row[Any]) -> Person:
    manager = row.manager_id and Manager(row.manager_id, Relation.CONFIRMED, row.proposed_by)
    asked = _asked(row)
    return Person(
        member=Member(row.team_id, row.user_id),
        track_id=row.track_id,
        level_id=row.level_id,
        zone=row.zone,
        placed_by=row.placed_by,
        placed_at=row.placed_at,
        active=row.active,
        manager=manager or asked,
        successor=asked if manager else None,
    )


def _asked(row: Row[Any]) -> Manager | None:
    """Whom somebody else proposed and the person declined is of no interest any more."""
    if row.asked_id is None:
        return None
    asked = Manager(row.asked_id, Relation(row.asked_relation), row.asked_by)
    gone = asked.relation is Relation.DECLINED and asked.proposed_by != row.user_id
    return None if gone else asked
