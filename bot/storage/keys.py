"""Where the keys come from: RUNG_KEYS, or a file beside the SQLite database."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from bot.logs import happened
from bot.storage.canary import canary_opens
from bot.storage.crypto import KeyRing, fingerprint, mark_of, new_key, parse_key
from bot.storage.database import Database, DatabaseError

log = logging.getLogger(__name__)

MEANWHILE = "Until then Rung goes on with the keys that it has."
NOT_OURS = "holds no key of this database. Put it back."

FILE_HEADER = (
    "# Rung's encryption key. Back this file up apart from the database: "
    "without it nobody can read what people wrote.\n"
)

Stamp = tuple[int, int, int]


def load_key_ring(database: Database, configured: Sequence[str], *, fresh: bool) -> KeyRing:
    """The ring to use; makes a key file (mode 0600) only for a `fresh` SQLite database.

    A ring from a file follows the file. Raises DatabaseError when a key is malformed, or missing
    for data that exists.
    """
    if configured:
        return KeyRing(_parse(configured, "RUNG_KEYS"))
    file = key_file(database)
    if file is None:
        raise DatabaseError(
            "RUNG_KEYS is missing. With PostgreSQL the key comes from the environment: make one "
            "with `openssl rand -base64 32`, keep a copy in a safe place, and set RUNG_KEYS to it."
        )
    if not file.path.exists():
        file.make(fresh=fresh)
    follower = _Follower(file, database)
    return KeyRing(file.keys(), follower.look)


def key_file(database: Database) -> KeyFile | None:
    """The file that holds a SQLite database's keys: its own name with `.key` added."""
    return KeyFile(database.file.with_name(database.file.name + ".key")) if database.file else None


class KeyFile:
    """Keys in base64, newest first, one to a line; other lines begin with `#`.

    It is changed under the database's write lock, always as a whole, and never half.
    """

    def __init__(self, path: Path) -> None:
        """`path` need not exist; a link is followed, also when the file is replaced."""
        self.path = path

    def keys(self) -> list[bytes]:
        """The raw keys, newest first; raises DatabaseError when one is malformed or none there."""
        return _parse([line for line in self._lines() if _holds_key(line)], str(self.path))

    def stamp(self) -> Stamp | None:
        """What differs once the file was replaced; None while it cannot be seen."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def make(self, *, fresh: bool) -> None:
        """The first key, unless another process is quicker; raises DatabaseError if not `fresh`."""
        if not fresh:
            raise DatabaseError(
                f"The key file {self.path} is gone, and the database holds text that only it can "
                "open. Put it back from your backup, or set RUNG_KEYS."
            )
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        _write_private(draft, FILE_HEADER + new_key() + "\n")
        with suppress(FileExistsError):  # another process was quicker: its key is the one
            os.link(draft, self.path)
        draft.unlink()
        _sync_folder(self.path.parent)

    def add_new_key(self) -> None:
        """Puts a fresh key before the others, which stay."""
        lines = self._lines()
        at = next(number for number, line in enumerate(lines) if _holds_key(line))
        self._replace([*lines[:at], new_key(), *lines[at:]])

    def drop(self, marks: Collection[bytes]) -> None:
        """Takes the keys with these marks out."""
        kept = [ln for ln in self._lines() if not _holds_key(ln) or _mark(ln) not in marks]
        self._replace(kept)

    def _lines(self) -> list[str]:
        try:
            return self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            raise DatabaseError(
                f"The key file {self.path} cannot be read. Put it back from your backup."
            ) from None

    def _replace(self, lines: Iterable[str]) -> None:
        target = self.path.resolve()
        draft = target.with_name(target.name + ".draft")
        try:
            owner = target.stat()
            _write_private(draft, "\n".join([*lines, ""]), (owner.st_uid, owner.st_gid))
            draft.replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise DatabaseError(
                f"The key file {target} cannot be replaced ({error.strerror}), so nothing was "
                "changed. Run this as the user that the bot runs as."
            ) from None


class _Follower:
    """Notices, for the price of one `stat`, that a key file was replaced."""

    def __init__(self, file: KeyFile, database: Database) -> None:
        self._file = file
        self._database = database
        self._seen = file.stamp()

    def look(self) -> Sequence[bytes]:
        """The keys of a file that has changed, if they are those of this database."""
        stamp = self._file.stamp()
        if stamp == self._seen:
            return ()
        keys = self._fitting()
        self._seen = stamp
        return keys

    def _fitting(self) -> Sequence[bytes]:
        try:
            keys = self._file.keys()
        except DatabaseError as problem:
            log.error(happened("keys_unusable", text=f"{problem} {MEANWHILE}"))
            return ()
        # a connection of its own: the pool's may all be held by threads that wait for this
        database = Database(self._database.url.render_as_string(hide_password=False))
        try:
            fits = canary_opens(database, KeyRing(keys))
        finally:
            database.close()
        if not fits:
            log.error(happened("keys_not_ours", text=f"{self._file.path} {NOT_OURS}"))
            return ()
        log.info(happened("keys_taken_over", keys=len(keys), seals=fingerprint(mark_of(keys[0]))))
        return keys


def _write_private(path: Path, text: str, owner: tuple[int, int] | None = None) -> None:
    """A file for its owner alone, on the disk when this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, 0o600)
        if owner:
            os.fchown(descriptor, *owner)
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _holds_key(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _mark(line: str) -> bytes:
    return mark_of(parse_key(line))


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
