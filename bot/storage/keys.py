"""Where the keys come from: RUNG_KEYS, or a file beside the SQLite database."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from bot.storage.crypto import KeyRing, new_key, parse_key
from bot.storage.database import Database, DatabaseError

FILE_HEADER = (
    "# Rung's encryption key. Back this file up apart from the database: "
    "without it nobody can read what people wrote.\n"
)


def load_key_ring(database: Database, configured: Sequence[str], *, fresh: bool) -> KeyRing:
    """The ring to use; makes a key file (mode 0600) only for a `fresh` SQLite database.

    Raises DatabaseError when a key is malformed, or missing for data that exists.
    """
    if configured:
        return KeyRing(_parse(configured, "RUNG_KEYS"))
    path = key_file(database)
    if path is None:
        raise DatabaseError(
            "RUNG_KEYS is missing. With PostgreSQL the key comes from the environment: make one "
            "with `openssl rand -base64 32`, keep a copy in a safe place, and set RUNG_KEYS to it."
        )
    if not path.exists():
        _make_key_file(path, fresh=fresh)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise DatabaseError(
            f"The key file {path} cannot be read. Put it back from your backup."
        ) from None
    return KeyRing(_parse([ln for ln in lines if ln.strip() and ln[0] != "#"], str(path)))


def key_file(database: Database) -> Path | None:
    """The file that holds a SQLite database's keys: its own name with `.key` added."""
    return database.file and database.file.with_name(database.file.name + ".key")


def _make_key_file(path: Path, *, fresh: bool) -> None:
    if not fresh:
        raise DatabaseError(
            f"The key file {path} is gone, and the database holds text that only it can open. "
            "Put it back from your backup, or set RUNG_KEYS."
        )
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(FILE_HEADER + new_key() + "\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):  # another process was quicker: its key is the one
        os.link(draft, path)
    draft.unlink()


def _parse(texts: Iterable[str], source: str) -> list[bytes]:
    keys = []
    for number, text in enumerate(texts, start=1):
        try:
            keys.append(parse_key(text))
        except ValueError as error:
            raise DatabaseError(
                f"Key {number} in {source} {error}. A key is 32 random bytes in base64: "
                "`openssl rand -base64 32` makes one."
            ) from None
    if not keys:
        raise DatabaseError(f"{source} holds no key. Put it back from your backup.")
    return keys
