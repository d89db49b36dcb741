"""One sealed word that tells at start whether the keys at hand fit this database."""

from __future__ import annotations

from sqlalchemy import Table, select

from bot.storage.crypto import KeyRing, Place, SealError
from bot.storage.database import Database, DatabaseError
from bot.storage.schema import id_column, metadata, sealed_column, team_column
from bot.storage.upsert import insert_once

WORD = "canary"

key_canary = Table("key_canary", metadata, team_column(), id_column(), sealed_column("sealed"))


def prove_keys(database: Database, keys: KeyRing, team_id: str) -> None:
    """Raises DatabaseError when the database was sealed with keys that are not on the ring."""
    place = Place(team_id, "key_canary", "sealed", WORD)
    with database.read() as tx:
        own = key_canary.c.team_id == team_id
        sealed = tx.execute(select(key_canary.c.sealed).where(own)).scalar()
    if sealed is None:
        row = {"team_id": team_id, "id": WORD, "sealed": keys.seal(WORD, place)}
        with database.write() as tx:
            insert_once(tx, key_canary, row)
        return
    try:
        keys.open(sealed, place)
    except SealError:
        raise DatabaseError(
            "The encryption key is not the one that this database was made with, so what people "
            "wrote cannot be read. Put back the key file or RUNG_KEYS from your backup."
        ) from None
