"""Brings a database to the schema that this version of the bot needs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.storage.database import Database, DatabaseError, unreachable

HEAD = "0018"
SCRIPTS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 0x52554E47  # "RUNG": one replica migrates, the others wait


def migrate(database: Database) -> bool:
    """Applies what is missing, once, however many replicas start; True for a new database.

    Raises DatabaseError when it cannot be opened or was made by a newer version.
    """
    try:
        with database.write() as tx:
            if not database.is_sqlite:
                tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
            found = revision(tx)
            _refuse_strangers(tx, found)
            if found != HEAD:
                _upgrade(tx, found)
            return found is None
    except DBAPIError as error:
        raise DatabaseError(unreachable(database.url, error)) from None


def revision(tx: Connection) -> str | None:
    """The migration the database stands at, or None where there are no tables of ours."""
    if not inspect(tx).has_table("alembic_version"):
        return None
    return tx.execute(text("SELECT version_num FROM alembic_version")).scalar()


def require_head(database: Database) -> None:
    """Raises DatabaseError unless the schema is this version's; changes nothing."""
    if found := behind(database):
        raise DatabaseError(
            f"The schema of the database is {found}, and this version of Rung works with {HEAD}. "
            "Start the bot once: it brings the database there."
        )


def behind(database: Database) -> str:
    """The older schema that the database has ("none" at first), or nothing; changes nothing.

    Raises DatabaseError when it does not open, is somebody else's, or of a newer version.
    """
    try:
        with database.read() as tx:
            found = revision(tx)
            _refuse_strangers(tx, found)
    except DBAPIError as error:
        raise DatabaseError(unreachable(database.url, error)) from None
    if found is None or found < HEAD:
        return found or "none"
    if found > HEAD:
        raise DatabaseError(_of_another_version(found))
    return ""


def _refuse_strangers(tx: Connection, found: str | None) -> None:
    if found is None and inspect(tx).get_table_names():
        raise DatabaseError(
            "DATABASE_URL names a database that holds something else than Rung's tables. "
            "Name another one; nothing in it was changed."
        )


def _upgrade(tx: Connection, found: str | None) -> None:
    from alembic import command  # costs 50-130 ms, so only when there is work for it
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = tx
    try:
        command.upgrade(config, HEAD)
    except CommandError:
        raise DatabaseError(_of_another_version(found)) from None


def _of_another_version(found: str | None) -> str:
    return (
        f"The database was made by another version of Rung (its schema is {found}, this one "
        f"knows up to {HEAD}). Start the newer version again, or restore the older backup."
    )
