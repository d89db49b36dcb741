"""The rows about shared pages: what each holds is sealed; who got and opened it is not."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Row,
    String,
    Table,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
)

from bot.people.store import former_managers, managers, people
from bot.sharing.model import How, Item, Reading, Share, Snapshot, Why, items_from_json
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

MANY = 500
READING_IDS = uuid.UUID("b4a5a4c6-6a0b-5b0e-9d55-0d5c8a0f7e21")

shares = Table(
    "shares",
    metadata,
    team_column(),
    id_column(),
    whose_column("owner_id"),
    whose_column("reader_id"),
    sealed_column("items"),
    Column("shared_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("why", String(16)),
    Index("ix_shares_owner", "team_id", "owner_id", "shared_at"),
    Index("ix_shares_reader", "team_id", "reader_id", "shared_at"),
)

share_entries = Table(
    "share_entries",
    metadata,
    team_column(),
    id_column("share_id"),
    id_column("entry_id"),
    Index("ix_share_entries_entry", "team_id", "entry_id"),
)

readings = Table(
    "readings",
    metadata,
    team_column(),
    id_column(),
    Column("share_id", String(64), nullable=False),
    Column("owner_id", String(64), nullable=False),
    Column("reader_id", String(64), nullable=False),
    Column("how", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_readings_share", "team_id", "share_id", "at"),
    Index("ix_readings_owner", "team_id", "owner_id", "at"),
    Index("ix_readings_reader", "team_id", "reader_id", "at"),
)


def insert(
    tx: Connection, keys: KeyRing, share: Share, snapshot: Snapshot, entry_ids: Iterable[str]
) -> None:
    """Keeps a new page, and which examples stand on it."""
    team_id = share.owner.team_id
    values = {
        "team_id": team_id,
        "id": share.id,
        "owner_id": share.owner.user_id,
        "reader_id": share.reader.user_id,
        "items": keys.seal(snapshot.as_json(), _place(share)),
        "shared_at": share.shared_at,
    }
    tx.execute(shares.insert().values(values))
    on_it = [{"team_id": team_id, "share_id": share.id, "entry_id": each} for each in entry_ids]
    tx.execute(share_entries.insert(), on_it)


def find(tx: Connection, team_id: str, share_id: str) -> Share | None:
    """The grant of that id, whoever it belongs to."""
    row = tx.execute(select(*_PLAIN).where(*_is(team_id, share_id))).first()
    return _share(row) if row else None


def items(tx: Connection, keys: KeyRing, share: Share) -> tuple[Item, ...]:
    """What stands on the page."""
    query = select(shares.c["items"]).where(*_is(share.owner.team_id, share.id))
    return items_from_json(keys.open(tx.execute(query).scalar_one(), _place(share)))


def hold_relation(tx: Connection, owner: Member) -> None:
    """Keeps the owner's manager from changing until this transaction ends."""
    query = select(people.c.user_id).where(
        people.c.team_id == owner.team_id, people.c.user_id == owner.user_id
    )
    tx.execute(query.with_for_update())


def end(tx: Connection, share: Share, why: Why, now: datetime) -> bool:
    """Ends a grant; False when it has ended before."""
    live = (*_is(share.owner.team_id, share.id), shares.c.ended_at.is_(None))
    values = {"ended_at": now, "why": why.value}
    return tx.execute(shares.update().where(*live).values(values)).rowcount == 1


def of_owner(tx: Connection, owner: Member, limit: int, offset: int = 0) -> list[Share]:
    """What the owner shared, ended or not, the latest first."""
    return _listed(tx, and_(*_owned(owner)), limit, offset)


def count_of_owner(tx: Connection, owner: Member) -> int:
    """How many pages the owner has ever shared."""
    return _count(tx, and_(*_owned(owner)))


def readable_by(
    tx: Connection,
    reader: Member,
    led: Collection[Member],
    now: datetime,
    limit: int,
    offset: int = 0,
) -> list[Share]:
    """The pages of others that the member may read now, the latest first.

    The twin, in SQL, of `can(…, READ_SNAPSHOT, …)` for somebody with an account of a member, who
    meets the engineers of `led`.
    """
    return _listed(tx, _readable(reader, led, now), limit, offset)


def count_readable_by(
    tx: Connection, reader: Member, led: Collection[Member], now: datetime
) -> int:
    """How many pages of others the member may read now."""
    return _count(tx, _readable(reader, led, now))


def counts_readable_by(
    tx: Connection, reader: Member, led: Collection[Member], now: datetime
) -> dict[Member, int]:
    """How many pages of each owner the member may read now."""
    query = select(shares.c.owner_id, func.count()).where(_readable(reader, led, now))
    rows = tx.execute(query.group_by(shares.c.owner_id))
    return {reader.colleague(owner_id): number for owner_id, number in rows}


def live_of(tx: Connection, team_id: str, owner_ids: Sequence[str]) -> list[Share]:
    """Every grant of these owners that has not ended."""
    query = select(*_PLAIN).where(
        shares.c.team_id == team_id,
        shares.c.owner_id.in_(owner_ids),
        shares.c.ended_at.is_(None),
    )
    return [_share(row) for row in tx.execute(query.order_by(shares.c.id))]


def live_to(tx: Connection, reader: Member) -> list[Share]:
    """Every grant to this reader that has not ended."""
    query = select(*_PLAIN).where(*_read_by(shares, reader), shares.c.ended_at.is_(None))
    return [_share(row) for row in tx.execute(query.order_by(shares.c.id))]


def reports_of(tx: Connection, manager: Member) -> list[str]:
    """The ids of those who have confirmed this person as their manager."""
    query = select(managers.c.user_id).where(
        managers.c.team_id == manager.team_id, managers.c.manager_id == manager.user_id
    )
    return list(tx.execute(query).scalars())


def holding(tx: Connection, owner: Member, entry_ids: Sequence[str]) -> list[tuple[str, Share]]:
    """Each page of the owner's that holds one of the examples, with its id; oldest first.

    Of many examples, those that are wanted are picked out here: a database takes so many ids only.
    """
    wanted = set(entry_ids)
    few = [share_entries.c.entry_id.in_(wanted)] if len(wanted) <= MANY else []
    joined = shares.join(
        share_entries,
        and_(share_entries.c.team_id == shares.c.team_id, share_entries.c.share_id == shares.c.id),
    )
    query = (
        select(share_entries.c.entry_id, *_PLAIN)
        .select_from(joined)
        .where(*_owned(owner), *few)
        .order_by(shares.c.shared_at, shares.c.id)
    )
    found = tx.execute(query)
    return [(row.entry_id, _share(row)) for row in found if row.entry_id in wanted]


def entries_shown_to(tx: Connection, owner: Member, reader: Member) -> list[str]:
    """The ids of the owner's examples that this reader was ever shown, the latest share first."""
    query = (
        select(share_entries.c.entry_id, func.max(shares.c.shared_at))
        .join_from(
            shares,
            share_entries,
            and_(
                share_entries.c.team_id == shares.c.team_id,
                share_entries.c.share_id == shares.c.id,
            ),
        )
        .where(*_owned(owner), shares.c.reader_id == reader.user_id)
        .group_by(share_entries.c.entry_id)
        .order_by(func.max(shares.c.shared_at).desc(), share_entries.c.entry_id)
    )
    return [row.entry_id for row in tx.execute(query)]


def log(tx: Connection, reading: Reading, deed: str) -> bool:
    """Adds a line to a page's log, once for each deed; False when it stands there already."""
    team_id = reading.owner.team_id
    words = f"{team_id} {reading.share_id} {reading.how.value} {deed}"
    values = {
        "team_id": team_id,
        "id": uuid.uuid5(READING_IDS, words).hex,
        "share_id": reading.share_id,
        "owner_id": reading.owner.user_id,
        "reader_id": reading.reader.user_id,
        "how": reading.how.value,
        "at": reading.at,
    }
    return insert_once(tx, readings, values)


def readings_of(tx: Connection, share: Share) -> list[Reading]:
    """The log of one page, oldest first."""
    which = (readings.c.team_id == share.owner.team_id, readings.c.share_id == share.id)
    return _logged(tx, and_(*which))


def readings_about(tx: Connection, owner: Member) -> list[Reading]:
    """The log of all that the owner shared, oldest first."""
    which = (readings.c.team_id == owner.team_id, readings.c.owner_id == owner.user_id)
    return _logged(tx, and_(*which))


def readings_by(tx: Connection, reader: Member) -> list[Reading]:
    """What this reader was given and opened, oldest first."""
    return _logged(tx, and_(*_read_by(readings, reader)))


def erase(tx: Connection, member: Member) -> None:
    """Removes every page that the member shared or was given, with its log."""

    def concerns(table: Table) -> tuple[Any, Any]:
        ids = or_(table.c.owner_id == member.user_id, table.c.reader_id == member.user_id)
        return table.c.team_id == member.team_id, ids

    theirs = select(shares.c.id).where(*concerns(shares)).scalar_subquery()
    on_them = (share_entries.c.team_id == member.team_id, share_entries.c.share_id.in_(theirs))
    tx.execute(share_entries.delete().where(*on_them))
    tx.execute(readings.delete().where(*concerns(readings)))
    tx.execute(shares.delete().where(*concerns(shares)))


_PLAIN: tuple[ColumnElement[Any], ...] = (
    shares.c.team_id,
    shares.c.id,
    shares.c.owner_id,
    shares.c.reader_id,
    shares.c.shared_at,
    shares.c.ended_at,
    shares.c.why,
)


def _is(team_id: str, share_id: str) -> tuple[Any, Any]:
    return shares.c.team_id == team_id, shares.c.id == share_id


def _owned(owner: Member) -> tuple[Any, Any]:
    return shares.c.team_id == owner.team_id, shares.c.owner_id == owner.user_id


def _read_by(table: Table, reader: Member) -> tuple[Any, Any]:
    return table.c.team_id == reader.team_id, table.c.reader_id == reader.user_id


def _readable(reader: Member, led: Collection[Member], now: datetime) -> ColumnElement[bool]:
    """A live grant, given since the reader last stopped being manager, and a part to play."""
    manages = exists().where(
        managers.c.team_id == shares.c.team_id,
        managers.c.user_id == shares.c.owner_id,
        managers.c.manager_id == reader.user_id,
    )
    stopped = exists().where(*_was_manager(reader))
    stopped_since = exists().where(
        *_was_manager(reader), former_managers.c.ended_at > shares.c.shared_at
    )
    meets = shares.c.owner_id.in_([each.user_id for each in led])
    other_part = and_(or_(stopped, _manages_their_manager(reader), meets), not_(stopped_since))
    return and_(
        *_read_by(shares, reader),
        shares.c.owner_id != reader.user_id,
        shares.c.shared_at <= now,
        shares.c.ended_at.is_(None),
        or_(manages, other_part),
    )


def _was_manager(reader: Member) -> tuple[Any, ...]:
    return (
        former_managers.c.team_id == shares.c.team_id,
        former_managers.c.user_id == shares.c.owner_id,
        former_managers.c.manager_id == reader.user_id,
    )


def _manages_their_manager(reader: Member) -> ColumnElement[bool]:
    near, far = managers.alias("near"), managers.alias("far")
    return exists().where(
        near.c.team_id == shares.c.team_id,
        near.c.user_id == shares.c.owner_id,
        far.c.team_id == near.c.team_id,
        far.c.user_id == near.c.manager_id,
        far.c.manager_id == reader.user_id,
    )


def _listed(tx: Connection, which: ColumnElement[bool], limit: int, offset: int) -> list[Share]:
    query = select(*_PLAIN).where(which).order_by(shares.c.shared_at.desc(), shares.c.id)
    return [_share(row) for row in tx.execute(query.limit(limit).offset(offset))]


def _count(tx: Connection, which: ColumnElement[bool]) -> int:
    return tx.execute(select(func.count()).select_from(shares).where(which)).scalar_one()


def _logged(tx: Connection, which: ColumnElement[bool]) -> list[Reading]:
    query = select(readings).where(which).order_by(readings.c.at, readings.c.id)
    return [_reading(row) for row in tx.execute(query)]


def _place(share: Share) -> Place:
    """Bound to both: nobody becomes the reader, or the owner, by a change of the row."""
    whose = (share.owner.user_id, share.reader.user_id)
    return Place(share.owner.team_id, "shares", "items", share.id, whose)


def _share(row: Row[*tuple[Any, ...]]) -> Share:
    return Share(
        id=row.id,
        owner=Member(row.team_id, row.owner_id),
        reader=Member(row.team_id, row.reader_id),
        shared_at=row.shared_at,
        ended_at=row.ended_at,
        why=Why(row.why) if row.why else None,
    )


def _reading(row: Row[Any]) -> Reading:
    owner = Member(row.team_id, row.owner_id)
    return Reading(row.share_id, owner, owner.colleague(row.reader_id), How(row.how), row.at)
