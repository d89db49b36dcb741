"""The one row a person about the picture they were sent last: the file's id, never its content."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, Connection, String, Table, select

from bot.coverage.model import Drawn
from bot.slack.member import Member
from bot.storage.schema import Instant, id_column, metadata, team_column
from bot.storage.upsert import upsert

pictures = Table(
    "coverage_pictures",
    metadata,
    team_column(),
    id_column("owner_id"),
    Column("file_id", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
)


def save(tx: Connection, owner: Member, drawn: Drawn) -> None:
    """Keeps the latest picture in the place of the one before."""
    key = {"team_id": owner.team_id, "owner_id": owner.user_id}
    values = {"file_id": drawn.file_id, "digest": drawn.digest, "made_at": drawn.made_at}
    upsert(tx, pictures, key, values)


def find(tx: Connection, owner: Member) -> Drawn | None:
    """The owner's latest picture."""
    columns = pictures.c.file_id, pictures.c.digest, pictures.c.made_at
    row = tx.execute(select(*columns).where(*_of(owner))).first()
    return Drawn(*row) if row else None


def erase(tx: Connection, owner: Member) -> None:
    """Forgets the picture; the file in the owner's messages is the owner's."""
    tx.execute(pictures.delete().where(*_of(owner)))


def _of(owner: Member) -> tuple[ColumnElement[bool], ...]:
    return pictures.c.team_id == owner.team_id, pictures.c.owner_id == owner.user_id
