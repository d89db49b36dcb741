"""The rows of private notes; their text is sealed, for the engineer's pair and its author."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Index, Row, String, Table, or_, select

from bot.one_on_ones.notes.model import Note, note_id
from bot.one_on_ones.pairs.model import Pair
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

private_notes = Table(
    "private_notes",
    metadata,
    team_column(),
    id_column(),
    Column("pair_id", String(64), nullable=False),
    whose_column("engineer_id"),
    whose_column("author_id"),
    sealed_column("text"),
    Column("updated_at", Instant, nullable=False),
    Index("ix_private_notes_engineer", "team_id", "engineer_id"),
    Index("ix_private_notes_author", "team_id", "author_id"),
)


def find(tx: Connection, keys: KeyRing, pair: Pair, author: Member) -> Note | None:
    """What that side keeps for themselves about the pair."""
    query = select(private_notes).where(*_is(author, note_id(pair.id, author)))
    row = tx.execute(query).first()
    return _note(keys, row) if row else None


def of(tx: Connection, keys: KeyRing, author: Member) -> list[Note]:
    """What somebody keeps for themselves, about whatever pair."""
    mine = (
        private_notes.c.team_id == author.team_id,
        private_notes.c.author_id == author.user_id,
    )
    query = select(private_notes).where(*mine)
    ordered = query.order_by(private_notes.c.updated_at, private_notes.c.id)
    return [_note(keys, row) for row in tx.execute(ordered)]


def kept_about(tx: Connection, author: Member) -> set[str]:
    """The pairs about which somebody keeps a note, by id."""
    named = private_notes.c.author_id == author.user_id
    query = select(private_notes.c.pair_id).where(private_notes.c.team_id == author.team_id, named)
    return set(tx.execute(query).scalars())


def write(tx: Connection, keys: KeyRing, pair: Pair, note: Note) -> None:
    """Puts it in the place of what was there; an empty text removes it."""
    if not note.text:
        tx.execute(private_notes.delete().where(*_is(note.author, note.id)))
        return
    engineer, author = pair.engineer.user_id, note.author.user_id
    values = {
        "pair_id": pair.id,
        "engineer_id": engineer,
        "author_id": author,
        "text": keys.seal(note.text, _place(note.author.team_id, note.id, engineer, author)),
        "updated_at": note.updated_at,
    }
    upsert(tx, private_notes, {"team_id": note.author.team_id, "id": note.id}, values)


def erase(tx: Connection, member: Member) -> None:
    """Removes what the member wrote, and what anybody noted about them as the engineer."""
    named = (private_notes.c.engineer_id, private_notes.c.author_id)
    theirs = or_(*(column == member.user_id for column in named))
    tx.execute(private_notes.delete().where(private_notes.c.team_id == member.team_id, theirs))


def _is(author: Member, row_id: str) -> tuple[ColumnElement[bool], ...]:
    return private_notes.c.team_id == author.team_id, private_notes.c.id == row_id


def _place(team_id: str, row_id: str, engineer: str, author: str) -> Place:
    return Place(team_id, private_notes.name, "text", row_id, (engineer, author))


def _note(keys: KeyRing, row: Row[Any]) -> Note:
    place = _place(row.team_id, row.id, row.engineer_id, row.author_id)
    author = Member(row.team_id, row.author_id)
    return Note(row.pair_id, author, keys.open(row.text, place), row.updated_at)
