"""One sealed word that tells at start whether the keys at hand fit this database."""

from __future__ import annotations

from sqlalchemy import Table, select

from bot.storage.crypto import KeyRing, Place, SealError
from bot.storage.database import Database, DatabaseError
from bot.storage.schema import id_column, metadata, sealed_column, team_column
from bot.storage.upsert import insert_once

WORD = "canary"
NOT_OURS = (
    "The encryption key is not the one that this database was made with, so what people wrote "
    "cannot be read. Put back the key file or RUNG_KEYS from your backup."
)

key_canary = Table("key_canary", metadata, team_column(), id_column(), sealed_column("sealed"))


def prove_keys(database: Database, keys: KeyRing, team_id: str) -> None:
    """Raises DatabaseError when the database was sealed with keys that are not on the ring."""
    with database.read() as tx:
        own = key_canary.c.team_id == team_id
        sealed = tx.execute(select(key_canary.c.sealed).where(own)).scalar()
    if sealed is None:
        with database.write() as tx:
            row = {"team_id": team_id, "id": WORD, "sealed": keys.seal(WORD, _place(team_id))}
            insert_once(tx, key_canary, row)
    elif not _opens(keys, sealed, team_id):
        raise DatabaseError(NOT_OURS)


def canary_opens(database: Database, keys: KeyRing) -> bool:
    """Whether the keys are this database's: one canary opens, or there is none yet."""
    with database.read() as tx:
        rows = tx.execute(select(key_canary.c.team_id, key_canary.c.sealed)).all()
    return not rows or any(_opens(keys, row.sealed, row.team_id) for row in rows)


def workspaces(database: Database) -> list[str]:
    """The workspaces that this database has served, by their ids."""
    with database.read() as tx:
        return list(
            tx.execute(select(key_canary.c.team_id).order_by(key_canary.c.team_id)).scalars()
        )


def require_own_keys(database: Database, keys: KeyRing) -> None:
    """Raises DatabaseError for the keys of another database."""
    if not canary_opens(database, keys):
        raise DatabaseError(NOT_OURS)


def _opens(keys: KeyRing, sealed: bytes, team_id: str) -> bool:
    try:
        return keys.open(sealed, _place(team_id)) == WORD
    except SealError:
        return False


def _place(team_id: str) -> Place:
    return Place(team_id, "key_canary", "sealed", WORD)
