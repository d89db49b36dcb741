"""The rows of the journal; text and link are sealed before they get here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Index,
    Row,
    Select,
    String,
    Table,
    Text,
    func,
    or_,
    select,
)

from bot.journal.model import Entry, Pin, Source, Wording
from bot.ladder.model import Statement
from bot.slack.member import Member
from bot.storage.crypto import KeyRing, Place
from bot.storage.schema import Instant, id_column, metadata, sealed_column, team_column
from bot.storage.upsert import insert_once

entries = Table(
    "entries",
    metadata,
    team_column(),
    id_column(),
    Column("owner_id", String(64), nullable=False),
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
    Index("ix_entries_owner", "team_id", "owner_id", "happened_on", "created_at"),
)

wordings = Table(
    "wordings",
    metadata,
    team_column(),
    id_column(),
    Column("track_id", String(100), nullable=False),
    Column("level_id", String(100), nullable=False),
    Column("competency_id", String(100), nullable=False),
    Column("competency", Text, nullable=False),
    Column("statements", Text, nullable=False),
)


def insert(tx: Connection, keys: KeyRing, entry: Entry) -> bool:
    """Saves a new entry; False when the one with this id is there already."""
    values = _changing(keys, entry) | {
        "team_id": entry.owner.team_id,
        "id": entry.id,
        "owner_id": entry.owner.user_id,
        "track_id": entry.pin.track_id,
        "level_id": entry.pin.level_id,
        "source": entry.source.value,
        "created_at": entry.created_at,
    }
    return insert_once(tx, entries, values)


def keep_wording(tx: Connection, team_id: str, wording: Wording) -> None:
    """Saves the ladder's words, unless an entry was made under them before."""
    values = {
        "team_id": team_id,
        "id": wording.id,
        "track_id": wording.track_id,
        "level_id": wording.level_id,
        "competency_id": wording.competency_id,
        "competency": wording.competency,
        "statements": json.dumps([[each.id, each.text] for each in wording.statements]),
    }
    insert_once(tx, wordings, values)


def wordings_of(tx: Connection, team_id: str, found: Iterable[Entry]) -> dict[str, Wording]:
    """The words that the entries are pinned to, by wording id."""
    ids = {entry.pin.wording_id for entry in found}
    query = select(wordings).where(wordings.c.team_id == team_id, wordings.c.id.in_(ids))
    return {row.id: _wording(row) for row in tx.execute(query)}


def update(tx: Connection, keys: KeyRing, entry: Entry) -> None:
    """Overwrites what the author can change."""
    tx.execute(entries.update().where(*_own(entry.owner, entry.id)).values(_changing(keys, entry)))


def delete(tx: Connection, owner: Member, entry_id: str) -> bool:
    """Removes the row itself; False when the owner has no such entry."""
    return tx.execute(entries.delete().where(*_own(owner, entry_id))).rowcount == 1


def find(tx: Connection, keys: KeyRing, owner: Member, entry_id: str) -> Entry | None:
    """The owner's entry of that id."""
    row = tx.execute(_selection().where(*_own(owner, entry_id))).first()
    return _entry(keys, row) if row else None


def newest(
    tx: Connection, keys: KeyRing, owner: Member, *, limit: int, offset: int = 0
) -> list[Entry]:
    """The owner's entries, the latest day first."""
    query = (
        _selection()
        .where(*_owned(owner))
        .order_by(entries.c.happened_on.desc(), entries.c.created_at.desc(), entries.c.id)
    )
    return [_entry(keys, row) for row in tx.execute(query.limit(limit).offset(offset))]


def since(
    tx: Connection, keys: KeyRing, owner: Member, day: date, moment: datetime, *, limit: int
) -> list[Entry]:
    """Entries that happened after `day`, or were logged from `moment` on; latest first."""
    query = (
        _selection()
        .where(*_owned(owner))
        .where(or_(entries.c.happened_on > day, entries.c.created_at >= moment))
        .order_by(entries.c.happened_on.desc(), entries.c.created_at.desc(), entries.c.id)
    )
    return [_entry(keys, row) for row in tx.execute(query.limit(limit))]


def chosen(tx: Connection, keys: KeyRing, owner: Member, ids: Sequence[str]) -> list[Entry]:
    """Those of the ids that are the owner's, the latest day first."""
    query = (
        _selection()
        .where(*_owned(owner), entries.c.id.in_(ids))
        .order_by(entries.c.happened_on.desc(), entries.c.created_at.desc(), entries.c.id)
    )
    return [_entry(keys, row) for row in tx.execute(query)]


def count(tx: Connection, owner: Member) -> int:
    """How many entries the owner has."""
    return tx.execute(select(func.count()).select_from(entries).where(*_owned(owner))).scalar_one()


def last_days(tx: Connection, owner: Member) -> dict[str, date]:
    """The latest day with an entry, by competency."""
    query = (
        select(entries.c.competency_id, func.max(entries.c.happened_on))
        .where(*_owned(owner))
        .group_by(entries.c.competency_id)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def counts_since(tx: Connection, owner: Member, day: date) -> dict[str, int]:
    """How many entries there are from `day` on, by competency."""
    query = (
        select(entries.c.competency_id, func.count())
        .where(*_owned(owner), entries.c.happened_on >= day)
        .group_by(entries.c.competency_id)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def _owned(owner: Member) -> tuple[Any, Any]:
    return entries.c.team_id == owner.team_id, entries.c.owner_id == owner.user_id


def _own(owner: Member, entry_id: str) -> tuple[Any, ...]:
    return (*_owned(owner), entries.c.id == entry_id)


def _place(entry_id: str, team_id: str, column: str) -> Place:
    return Place(team_id, "entries", column, entry_id)


def _changing(keys: KeyRing, entry: Entry) -> dict[str, Any]:
    statement = entry.pin.statement
    return {
        "competency_id": entry.competency_id,
        "happened_on": entry.happened_on,
        "text": _sealed(keys, entry, "text", entry.text),
        "link": _sealed(keys, entry, "link", entry.link) if entry.link else None,
        "quote": _sealed(keys, entry, "quote", entry.quote) if entry.quote else None,
        "asked_at": entry.asked_at,
        "ladder_version": entry.pin.ladder_version,
        "wording_id": entry.pin.wording_id or None,
        "statement_id": statement.id if statement else None,
        "statement_text": _sealed(keys, entry, "statement_text", statement.text)
        if statement
        else None,
        "updated_at": entry.updated_at,
    }


def _sealed(keys: KeyRing, entry: Entry, column: str, text: str) -> bytes:
    return keys.seal(text, _place(entry.id, entry.owner.team_id, column))


def _selection() -> Select[Any]:
    """Entries with the name that their competency had; the statements of then are read apart."""
    pinned = (wordings.c.team_id == entries.c.team_id) & (wordings.c.id == entries.c.wording_id)
    return select(entries, wordings.c.competency).select_from(entries.outerjoin(wordings, pinned))


def _entry(keys: KeyRing, row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        owner=Member(row.team_id, row.owner_id),
        competency_id=row.competency_id,
        text=keys.open(row.text, _place(row.id, row.team_id, "text")),
        link=keys.open(row.link, _place(row.id, row.team_id, "link")) if row.link else "",
        happened_on=row.happened_on,
        source=Source(row.source),
        pin=_pin(keys, row),
        created_at=row.created_at,
        updated_at=row.updated_at,
        quote=keys.open(row.quote, _place(row.id, row.team_id, "quote")) if row.quote else "",
        asked_at=row.asked_at,
    )


def _pin(keys: KeyRing, row: Row[Any]) -> Pin:
    statement = None
    if row.statement_id and row.statement_text:
        place = _place(row.id, row.team_id, "statement_text")
        statement = Statement(row.statement_id, keys.open(row.statement_text, place))
    return Pin(
        ladder_version=row.ladder_version,
        track_id=row.track_id,
        level_id=row.level_id,
        wording_id=row.wording_id or "",
        competency=row.competency or "",
        statement=statement,
    )


def _wording(row: Row[Any]) -> Wording:
    said = tuple(Statement(*each) for each in json.loads(row.statements))
    return Wording(row.competency_id, row.competency, row.track_id, row.level_id, said)
