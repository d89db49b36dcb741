"""The rows about people and their managers."""

from __future__ import annotations

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
from bot.privacy.records import Section, Value
from bot.slack.member import Member
from bot.storage import revisions
from bot.storage.schema import Instant, id_column, metadata, team_column
from bot.storage.upsert import upsert

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

managers = Table(
    "managers",
    metadata,
    team_column(),
    id_column("user_id"),
    Column("manager_id", String(64), nullable=False),
    Column("relation", String(16), nullable=False),
    Column("proposed_by", String(64), nullable=False),
    Column("changed_at", Instant, nullable=False),
)


accounts = Table(
    "accounts",
    metadata,
    team_column(),
    id_column("user_id"),
    Column("kind", String(16), nullable=False),
    Column("seen_at", Instant, nullable=False),
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
    key = {"team_id": person.member.team_id, "user_id": person.member.user_id}
    values = {
        "track_id": person.track_id,
        "level_id": person.level_id,
        "zone": person.zone,
        "placed_by": person.placed_by,
        "placed_at": person.placed_at,
        "active": person.active,
    }
    upsert(tx, people, key, values)


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
    """Removes the person and their manager, and tells every process that somebody went."""
    tx.execute(people.delete().where(*_is(people, member)))
    remove_manager(tx, member)
    revisions.take_next(tx, member.team_id, REMOVED)


def changes(tx: Connection, team_id: str) -> Changes:
    """How far placements and removals have come; equal while nothing changed."""
    return Changes(*revisions.current(tx, team_id, (PLACED, REMOVED)))


def rungs(tx: Connection, team_id: str, after: int = -1) -> Iterator[tuple[str, str, str]]:
    """User, track and level id of everybody, or of those placed after that revision."""
    query = select(people.c.user_id, people.c.track_id, people.c.level_id)
    query = query.where(people.c.team_id == team_id)
    if after >= 0:
        query = query.where(people.c.revision > after)
    for row in tx.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}):
        yield row.user_id, row.track_id, row.level_id


def save_manager(tx: Connection, member: Member, manager: Manager, now: datetime) -> None:
    """Records the relation in the place of whatever stood there."""
    key = {"team_id": member.team_id, "user_id": member.user_id}
    values = {
        "manager_id": manager.user_id,
        "relation": manager.relation.value,
        "proposed_by": manager.proposed_by,
        "changed_at": now,
    }
    upsert(tx, managers, key, values)


def remove_manager(tx: Connection, member: Member) -> None:
    """Forgets the relation."""
    tx.execute(managers.delete().where(*_is(managers, member)))


def records_of(tx: Connection, member: Member) -> list[Section]:
    """Everything in these tables about the person, also where others named them."""
    place, own, account = (_is(table, member) for table in (people, managers, accounts))
    reports = managers.c.team_id == member.team_id, managers.c.manager_id == member.user_id
    p, m, a = people.c, managers.c, accounts.c
    return [
        Section(
            "place",
            "Place on the ladder",
            ("track", "level", "time_zone", "placed_by", "placed_at", "account_open"),
            _rows(tx, place, p.track_id, p.level_id, p.zone, p.placed_by, p.placed_at, p.active),
        ),
        Section(
            "manager",
            "Manager",
            ("manager", "relation", "proposed_by", "changed_at"),
            _rows(tx, own, m.manager_id, m.relation, m.proposed_by, m.changed_at),
        ),
        Section(
            "manager_of",
            "People who have this person as their manager",
            ("person", "relation", "proposed_by", "changed_at"),
            _rows(tx, reports, m.user_id, m.relation, m.proposed_by, m.changed_at),
        ),
        Section(
            "account",
            "Kind of Slack account",
            ("kind", "seen_at"),
            _rows(tx, account, a.kind, a.seen_at),
        ),
    ]


def erase(tx: Connection, member: Member) -> None:
    """Removes the person, also as the manager of others, and as who proposed a manager."""
    remove(tx, member)
    here = managers.c.team_id == member.team_id
    tx.execute(managers.delete().where(here, managers.c.manager_id == member.user_id))
    proposed = managers.update().where(here, managers.c.proposed_by == member.user_id)
    tx.execute(proposed.values(proposed_by=IMPORTED))
    tx.execute(accounts.delete().where(*_is(accounts, member)))


def follow(tx: Connection, person: Person) -> None:
    """Takes over the zone of a placed person, and whether they are active."""
    values = {"zone": person.zone, "active": person.active}
    tx.execute(people.update().where(*_is(people, person.member)).values(values))


def _selection() -> Select[Any]:
    relation = (managers.c.team_id == people.c.team_id) & (managers.c.user_id == people.c.user_id)
    return select(
        people, managers.c.manager_id, managers.c.relation, managers.c.proposed_by
    ).select_from(people.outerjoin(managers, relation))


def _rows(
    tx: Connection, which: tuple[Any, ...], *columns: Column[Any]
) -> tuple[tuple[Value, ...], ...]:
    query = select(*columns).where(*which).order_by(*columns)
    return tuple(tuple(row) for row in tx.execute(query))


def _is(table: Table, member: Member) -> tuple[Any, Any]:
    return table.c.team_id == member.team_id, table.c.user_id == member.user_id


def _person(row: Row[Any]) -> Person:
    return Person(
        member=Member(row.team_id, row.user_id),
        track_id=row.track_id,
        level_id=row.level_id,
        zone=row.zone,
        placed_by=row.placed_by,
        placed_at=row.placed_at,
        active=row.active,
        manager=row.manager_id and Manager(row.manager_id, Relation(row.relation), row.proposed_by),
    )
