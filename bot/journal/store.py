"""The rows of the journal; text and link are sealed before they get here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    and_,
    case,
    false,
    func,
    or_,
    select,
    true,
)

from bot.journal.model import Entry, Mark, Pin, Source, Version
from bot.journal.wordings.store import wordings
from bot.ladder.model import Statement
from bot.privacy.policy import Account, Actor
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

LISTED_BY = ("team_id", "owner_id", "happened_on", "created_at", "id", "competency_id")
"""All that a list is sorted and filtered by, so that the index alone answers."""

entries = Table(
    "entries",
    metadata,
    team_column(),
    id_column(),
    whose_column("owner_id"),
    Column("competency_id", String(100), nullable=False),
    Column("statement_id", String(100)),
    Column("track_id", String(100), nullable=False),
    Column("level_id", String(100), nullable=False),
    Column("ladder_version", String(100), nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("source", String(16), nullable=False),
    sealed_column("text"),
    sealed_column("link", nullable=True),
    sealed_column("statement_text", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("wording_id", String(64)),
    sealed_column("quote", nullable=True),
    Column("asked_at", Instant),
    Index("ix_entries_owner", *LISTED_BY),
)

entry_versions = Table(
    "entry_versions",
    metadata,
    team_column(),
    id_column(),
    whose_column("owner_id"),
    Column("entry_id", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("competency_id", String(100), nullable=False),
    Column("statement_id", String(100)),
    Column("ladder_version", String(100), nullable=False),
    Column("wording_id", String(64)),
    Column("happened_on", Date, nullable=False),
    sealed_column("text"),
    sealed_column("link", nullable=True),
    sealed_column("quote", nullable=True),
    sealed_column("statement_text", nullable=True),
    Column("written_at", Instant, nullable=False),
    Column("replaced_at", Instant, nullable=False),
    Index("ix_entry_versions_entry", "team_id", "owner_id", "entry_id", "number", unique=True),
)

LATEST_FIRST = (entries.c.happened_on.desc(), entries.c.created_at.desc(), entries.c.id)
IDS_AT_ONCE = 500
LASTING = ("track_id", "level_id", "source", "asked_at", "created_at")


def readable_by(actor: Actor, table: Table = entries) -> ColumnElement[bool]:
    """The SQL twin of `can(actor, READ_ENTRY, ...)`: which rows the actor may read."""
    me = actor.member
    if me is None or actor.account is not Account.MEMBER:
        return false()
    return _of(me, table)


def insert(tx: Connection, keys: KeyRing, entry: Entry) -> bool:
    """Saves a new entry; False when the one with this id is there already."""
    return insert_once(tx, entries, row_of(keys, entry))


def row_of(keys: KeyRing, entry: Entry) -> dict[str, Any]:
    """The entry as its row holds it, sealed."""
    return _changing(keys, entry, "entries", entry.id) | {
        "team_id": entry.owner.team_id,
        "id": entry.id,
        "owner_id": entry.owner.user_id,
        "track_id": entry.pin.track_id,
        "level_id": entry.pin.level_id,
        "source": entry.source.value,
        "asked_at": entry.asked_at,
        "created_at": entry.created_at,
        "updated_at": entry.updated_at,
    }


def update(tx: Connection, keys: KeyRing, entry: Entry) -> None:
    """Overwrites what the author can change."""
    values = _changing(keys, entry, "entries", entry.id)
    values |= {"asked_at": entry.asked_at, "updated_at": entry.updated_at}
    tx.execute(entries.update().where(*_is(entry.owner, entry.id)).values(values))


def delete(tx: Connection, owner: Member, entry_id: str) -> None:
    """Removes the row itself, and every earlier version with it."""
    tx.execute(entries.delete().where(*_is(owner, entry_id)))
    of_entry = entry_versions.c.entry_id == entry_id
    tx.execute(entry_versions.delete().where(_of(owner, entry_versions), of_entry))


def erase(tx: Connection, owner: Member) -> None:
    """Removes all that the owner wrote, earlier versions too."""
    for table in (entries, entry_versions):
        tx.execute(table.delete().where(_of(owner, table)))


def owner_of(tx: Connection, team_id: str, entry_id: str) -> Member | None:
    """Whose entry that is in the workspace; None where there is none."""
    query = select(entries.c.owner_id).where(entries.c.team_id == team_id, entries.c.id == entry_id)
    found = tx.execute(query).scalar()
    return Member(team_id, found) if found else None


def find(
    tx: Connection, keys: KeyRing, owner: Member, entry_id: str, *, lock: bool = False
) -> Entry | None:
    """The owner's entry of that id; `lock` lets nobody else change it until the commit."""
    query = _selection().where(*_is(owner, entry_id))
    row = tx.execute(query.with_for_update(of=entries) if lock else query).first()
    return _entry(keys, row, "entries") if row else None


def keep_version(tx: Connection, keys: KeyRing, entry: Entry, replaced_at: datetime) -> None:
    """Keeps the entry as it stands, under the next number; its row has to be locked."""
    mine = _of(entry.owner, entry_versions) & (entry_versions.c.entry_id == entry.id)
    number = tx.execute(select(func.max(entry_versions.c.number)).where(mine)).scalar() or 0
    version_id = f"{entry.id[:48]}-{number + 1}"
    values = _changing(keys, entry, "entry_versions", version_id) | {
        "team_id": entry.owner.team_id,
        "id": version_id,
        "owner_id": entry.owner.user_id,
        "entry_id": entry.id,
        "number": number + 1,
        "written_at": entry.updated_at,
        "replaced_at": replaced_at,
    }
    tx.execute(entry_versions.insert().values(values))


def versions(
    tx: Connection, keys: KeyRing, actor: Actor, *only: ColumnElement[bool]
) -> list[Version]:
    """Earlier versions that the actor may read, the newest first."""
    query = _version_selection().where(readable_by(actor, entry_versions), *only)
    ordered = query.order_by(entry_versions.c.entry_id, entry_versions.c.number.desc())
    return [
        Version(row.id, _entry(keys, row, "entry_versions"), row.replaced_at)
        for row in tx.execute(ordered)
    ]


def versions_of(tx: Connection, keys: KeyRing, actor: Actor, entry_id: str) -> list[Version]:
    """The entry's earlier versions, the newest first."""
    return versions(tx, keys, actor, entry_versions.c.entry_id == entry_id)


def take_version(tx: Connection, keys: KeyRing, entry: Entry) -> Entry | None:
    """Removes the latest earlier version and gives the entry as it stood then, if there is one."""
    latest = next(iter(versions_of(tx, keys, Actor(entry.owner), entry.id)), None)
    if latest is None:
        return None
    mine = _of(entry.owner, entry_versions), entry_versions.c.id == latest.id
    tx.execute(entry_versions.delete().where(*mine))
    return latest.was


def count_versions(tx: Connection, actor: Actor, entry_id: str) -> int:
    """How many earlier versions the entry has."""
    mine = readable_by(actor, entry_versions), entry_versions.c.entry_id == entry_id
    return tx.execute(select(func.count()).select_from(entry_versions).where(*mine)).scalar_one()


def newest(
    tx: Connection, keys: KeyRing, actor: Actor, *, limit: int | None = None, offset: int = 0
) -> list[Entry]:
    """The actor's entries, the latest day first."""
    query = _selection().where(readable_by(actor)).order_by(*LATEST_FIRST)
    return [_entry(keys, row, "entries") for row in tx.execute(query.limit(limit).offset(offset))]


def ids_within(
    tx: Connection, actor: Actor, since: date | None, competency_ids: Iterable[str] | None
) -> list[str]:
    """The actor's entries from that day on, under one of the competencies; latest first."""
    days = true() if since is None else entries.c.happened_on >= since
    under = true() if competency_ids is None else entries.c.competency_id.in_(competency_ids)
    query = select(entries.c.id).where(readable_by(actor), days, under).order_by(*LATEST_FIRST)
    return list(tx.execute(query).scalars())


def marks(
    tx: Connection, actor: Actor, since: date | None, came: datetime | None = None
) -> list[Mark]:
    """Entries from that day on or logged from `came` on, latest first; the index alone answers."""
    days = true() if since is None else entries.c.happened_on >= since
    days = days if came is None else or_(days, entries.c.created_at >= came)
    columns = [entries.c[each] for each in ("id", "competency_id", "happened_on", "created_at")]
    query = select(*columns).where(readable_by(actor), days).order_by(*LATEST_FIRST)
    return [Mark(*row) for row in tx.execute(query)]


def texts(
    tx: Connection, keys: KeyRing, actor: Actor, ids: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Id, competency and what was written in each: its own words, its links and its quote."""
    said = ("text", "link", "quote")
    named = ("team_id", "owner_id", "id", "competency_id", *said)
    columns = [entries.c[name] for name in named]
    for start in range(0, len(ids), IDS_AT_ONCE):
        these = entries.c.id.in_(ids[start : start + IDS_AT_ONCE])
        for row in tx.execute(select(*columns).where(readable_by(actor), these)):
            written = "\n".join(_opened(keys, row, "entries", name) for name in said)
            yield row.id, row.competency_id, written


def since(
    tx: Connection, keys: KeyRing, actor: Actor, day: date, moment: datetime, *, limit: int
) -> list[Entry]:
    """Entries that happened after `day`, or were logged from `moment` on; latest first."""
    query = (
        _selection()
        .where(readable_by(actor))
        .where(or_(entries.c.happened_on > day, entries.c.created_at >= moment))
        .order_by(*LATEST_FIRST)
    )
    return [_entry(keys, row, "entries") for row in tx.execute(query.limit(limit))]


def chosen(tx: Connection, keys: KeyRing, actor: Actor, ids: Sequence[str]) -> list[Entry]:
    """Those of the ids that the actor may read, the latest day first."""
    query = _selection().where(readable_by(actor), entries.c.id.in_(ids)).order_by(*LATEST_FIRST)
    return [_entry(keys, row, "entries") for row in tx.execute(query)]


def count(tx: Connection, actor: Actor) -> int:
    """How many entries the actor has."""
    query = select(func.count()).select_from(entries).where(readable_by(actor))
    return tx.execute(query).scalar_one()


def tallies(
    tx: Connection, team_id: str, owner_ids: Collection[str], day: date
) -> Iterator[tuple[str, str, int, date]]:
    """Owner, competency, how many entries from `day` on, and the latest day with one.

    For many owners at once, since the bot itself asks, on the behalf of each; no text leaves.
    """
    recent = case((entries.c.happened_on >= day, 1), else_=0)
    query = (
        select(
            entries.c.owner_id,
            entries.c.competency_id,
            func.sum(recent),
            func.max(entries.c.happened_on),
        )
        .where(entries.c.team_id == team_id, entries.c.owner_id.in_(owner_ids))
        .group_by(entries.c.owner_id, entries.c.competency_id)
    )
    return ((row[0], row[1], row[2], row[3]) for row in tx.execute(query))


def counts_since(tx: Connection, actor: Actor, day: date) -> dict[str, int]:
    """How many entries there are from `day` on, by competency."""
    query = (
        select(entries.c.competency_id, func.count())
        .where(readable_by(actor), entries.c.happened_on >= day)
        .group_by(entries.c.competency_id)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def _of(owner: Member, table: Table) -> ColumnElement[bool]:
    return and_(table.c.team_id == owner.team_id, table.c.owner_id == owner.user_id)


def _is(owner: Member, entry_id: str) -> tuple[ColumnElement[bool], ...]:
    return _of(owner, entries), entries.c.id == entry_id


def _changing(keys: KeyRing, entry: Entry, table: str, row_id: str) -> dict[str, Any]:
    """What an author can change, and the pin that goes along with it, sealed for that row."""

    def sealed(column: str, text: str) -> bytes | None:
        place = _place(entry.owner, table, column, row_id)
        return keys.seal(text, place) if text else None

    statement = entry.pin.statement
    return {
        "competency_id": entry.competency_id,
        "happened_on": entry.happened_on,
        "text": sealed("text", entry.text),
        "link": sealed("link", entry.link),
        "quote": sealed("quote", entry.quote),
        "ladder_version": entry.pin.ladder_version,
        "wording_id": entry.pin.wording_id or None,
        "statement_id": statement.id if statement else None,
        "statement_text": sealed("statement_text", statement.text) if statement else None,
    }


def _selection() -> Select[Any]:
    """Entries with the name that their competency had; the statements of then are read apart."""
    pinned = (wordings.c.team_id == entries.c.team_id) & (wordings.c.id == entries.c.wording_id)
    return select(entries, wordings.c.competency).select_from(entries.outerjoin(wordings, pinned))


def _version_selection() -> Select[Any]:
    """Versions with what their entry never changes, and the name of their competency."""
    own = (entries.c.team_id == entry_versions.c.team_id) & (
        entries.c.id == entry_versions.c.entry_id
    )
    pinned = (wordings.c.team_id == entry_versions.c.team_id) & (
        wordings.c.id == entry_versions.c.wording_id
    )
    lasting = [entries.c[name] for name in LASTING]
    return select(entry_versions, *lasting, wordings.c.competency).select_from(
        entry_versions.join(entries, own).outerjoin(wordings, pinned)
    )


def _opened(keys: KeyRing, row: Row[Any], table: str, column: str) -> str:
    sealed = getattr(row, column)
    place = _place(Member(row.team_id, row.owner_id), table, column, row.id)
    return keys.open(sealed, place) if sealed else ""


def _place(owner: Member, table: str, column: str, row_id: str) -> Place:
    return Place(owner.team_id, table, column, row_id, (owner.user_id,))


def _entry(keys: KeyRing, row: Row[Any], table: str) -> Entry:
    """The entry of a row; in a version's row, the entry as it was then."""
    is_version = table == "entry_versions"
    return Entry(
        id=row.entry_id if is_version else row.id,
        owner=Member(row.team_id, row.owner_id),
        competency_id=row.competency_id,
        text=_opened(keys, row, table, "text"),
        link=_opened(keys, row, table, "link"),
        happened_on=row.happened_on,
        source=Source(row.source),
        pin=_pin(keys, row, table),
        created_at=row.created_at,
        updated_at=row.written_at if is_version else row.updated_at,
        quote=_opened(keys, row, table, "quote"),
        asked_at=row.asked_at,
    )


def _pin(keys: KeyRing, row: Row[Any], table: str) -> Pin:
    said = _opened(keys, row, table, "statement_text")
    return Pin(
        ladder_version=row.ladder_version,
        track_id=row.track_id,
        level_id=row.level_id,
        wording_id=row.wording_id or "",
        competency=row.competency or "",
        statement=Statement(row.statement_id, said) if row.statement_id and said else None,
    )
