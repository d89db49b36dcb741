"""Whether SQLite has room to write, and leave to do so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.doctor.model import Finding, fine, note, wrong
from bot.settings import Settings
from bot.storage.database import DatabaseError, sqlite_file

MEGABYTE = 1_000_000
WRONG_BELOW = 100 * MEGABYTE
NOTED_BELOW = 1_000 * MEGABYTE

MAKE_ROOM = "Make room there; when the disk is full, nothing can be logged and nothing is sent."


def check_disk(settings: Settings) -> Iterator[Finding]:
    """The disk below the SQLite file; on PostgreSQL it is another machine's."""
    try:
        file = sqlite_file(settings.database_url)
    except DatabaseError:
        return  # the check of the database says it
    if file is None:
        return
    folder = next(each for each in file.absolute().parents if each.exists())
    if not _may_write(file, folder):
        yield wrong(
            "disk",
            f"{file if file.exists() else folder} cannot be written to.",
            "Give it to the user that the bot runs as, and look whether the disk is read-only.",
        )
    yield judge_room(shutil.disk_usage(folder).free)


def judge_room(free: int) -> Finding:
    """Bytes that are free below the database."""
    said = f"{free / MEGABYTE:,.0f} MB are free where the database lies."
    if free < WRONG_BELOW:
        return wrong("disk", said, MAKE_ROOM)
    return note("disk", said, MAKE_ROOM) if free < NOTED_BELOW else fine("disk", said)


def _may_write(file: Path, folder: Path) -> bool:
    """SQLite also writes files beside its own."""
    return os.access(folder, os.W_OK | os.X_OK) and (not file.exists() or os.access(file, os.W_OK))
