"""One sealed word that tells at start whether the keys at hand fit this database."""

from __future__ import annotations

from sqlalchemy import Table, select

from bot.storage.crypto import KeyRing, Place, SealError
from bot.storage.database import Database, DatabaseError
from bot.storage.schema import id_column, metadata, sealed_column
from bot.storage.upsert import insert_once

WORD = "canary"
PLACE = Place("", "key_canary", "sealed", WORD)

key_canary = Table("key_canary", metadata, id_column(), sealed_column("sealed"))


def prove_keys(database: Database, keys: KeyRing) -> None:
    """Raises DatabaseError when the database was sealed with keys that are not on the ring."""
    with database.read() as tx:
        sealed = tx.execute(select(key_canary.c.sealed)).scalar()
    if sealed is None:
        with database.write() as tx:
            insert_once(tx, key_canary, {"id": WORD, "sealed": keys.seal(WORD, PLACE)})
        return
    try:
        keys.open(sealed, PLACE)
    except SealError:
        raise DatabaseError(
            "The encryption key is not the one that this database was made with, so what people "
            "wrote cannot be read. Put back the key file or RUNG_KEYS from your backup."
        ) from None
