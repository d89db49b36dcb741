"""A database as a new bot makes it, migrated once for all tests of a process, and then copied.

That the migrations themselves work is for tests/storage to show; they begin with nothing.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from bot.storage.database import Database, sqlite_file
from bot.storage.keys import KeyFile
from bot.storage.migrate import migrate


def migrated(url: str) -> None:
    """Brings an empty database to the schema of today."""
    database = Database(url)
    try:
        migrate(database)
    finally:
        database.close()


def lay_out(url: str) -> None:
    """Puts a migrated copy, with a key of its own, where SQLite has no file yet."""
    path = sqlite_file(url)
    if path is None or path.exists():
        return
    key = KeyFile(path.with_name(f"{path.name}.key"))
    if not key.path.exists():
        shutil.copyfile(_template(), path)
        key.make(fresh=True)


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="rung-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    migrated(f"sqlite:///{folder}/rung.db")
    return folder / "rung.db"
