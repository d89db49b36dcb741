"""One engine, two kinds of transaction: `read` and `write`, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from errno import EACCES, EISDIR
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from bot.logs import happened
from bot.settings import Refusal

Transaction = Connection
"""What front doors hand on to stores; only a store knows what to do with it."""

log = logging.getLogger(__name__)

WAIT_SECONDS = 2  # for SQLite's write lock: an answer to Slack has three seconds in all

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


class DatabaseError(Refusal):
    """The database cannot be used; the text says why and what to do, without any data."""


class DatabaseBusy(DatabaseError):
    """Another process holds the database, or it has gone away; trying again may help."""


class NoDatabase(DatabaseError):
    """The SQLite file is not there (yet)."""


class Database:
    """Hands out connections inside a transaction; nothing else in the bot opens one."""

    def __init__(self, url: str, *, make: bool = True, wait_seconds: float = WAIT_SECONDS) -> None:
        """`url` is a SQLAlchemy URL; a SQLite file and its folder are made when they are missing.

        Without `make`, raises NoDatabase instead. `wait_seconds` is for SQLite's write lock.
        """
        self.url = _parsed(url)
        if not make and self.file and not self.file.exists():
            raise NoDatabase(f"There is no database at {self.file}. A bot makes it when it starts.")
        self.engine = _engine(self.url, wait_seconds)

    @property
    def is_sqlite(self) -> bool:
        """True on the embedded engine, where one process holds the heartbeat."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None on PostgreSQL."""
        return _file(self.url)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the data and is rolled back at the end."""
        with self._faults_told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that holds SQLite's write lock from its first statement and commits."""
        with self._faults_told(), self.engine.connect() as connection:
            writing = connection.execution_options(rung_writes=True)
            with writing.begin():
                yield writing

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            log.warning(happened("database_unanswered", reason=_reason(error)))
            raise DatabaseBusy(_fault(self.url, error)) from None

    def empty_log(self) -> bool:
        """Moves SQLite's write-ahead log into the file and cuts it to nothing.

        What was deleted is then in neither. False while somebody else is reading; PostgreSQL has
        nothing of the kind to do.
        """
        if not self.is_sqlite:
            return True
        with self._faults_told(), closing(self.engine.raw_connection()) as raw:
            cursor = raw.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            answer = cursor.fetchone()
            return answer is not None and answer[0] == 0

    def ping(self) -> None:
        """Raises DatabaseError when the database does not answer."""
        try:
            with self.read() as connection:
                connection.exec_driver_sql("SELECT 1")
        except DatabaseBusy:
            raise
        except DBAPIError as error:
            raise DatabaseError(unreachable(self.url, error)) from None

    def close(self) -> None:
        """Returns every pooled connection."""
        self.engine.dispose()


def sqlite_file(url: str) -> Path | None:
    """The file that `url` names, there or not; None for PostgreSQL. Raises DatabaseError."""
    return _file(_parsed(url))


def _file(url: URL) -> Path | None:
    is_sqlite = url.get_backend_name() == "sqlite"
    return Path(url.database) if is_sqlite and url.database else None


def _fault(url: URL, error: OperationalError) -> str:
    if "locked" in str(error.orig):
        return "Another process holds the database. Please try again in a moment."
    return unreachable(url, error)


def unreachable(url: URL, error: DBAPIError) -> str:
    """The sentence for a database that does not open; never shows its password."""
    shown = url.render_as_string(hide_password=True)
    return f"The database {shown} cannot be opened ({_reason(error)}). Check DATABASE_URL."


def _reason(error: DBAPIError) -> str:
    lines = str(error.orig).strip().splitlines()
    return lines[0] if lines else "no reason"


def _parsed(text: str) -> URL:
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        backend = ""
    if backend not in {"sqlite", "postgresql", "postgres"}:
        raise DatabaseError(
            "DATABASE_URL has to start with sqlite:/// or postgresql://. "
            "Leave it out for a SQLite file at data/rung.db."
        )
    if backend == "sqlite" and url.database in {None, "", ":memory:"}:
        raise DatabaseError("DATABASE_URL has to name a file, such as sqlite:///data/rung.db.")
    return url.set(drivername="sqlite" if backend == "sqlite" else "postgresql+psycopg")


def _engine(url: URL, wait_seconds: float) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(
            url, pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True
        )
    _make_private_file(Path(url.database or ""))
    engine = create_engine(url, hide_parameters=True)
    pragmas = (*SQLITE_PRAGMAS, f"PRAGMA busy_timeout={round(wait_seconds * 1000)}")
    event.listen(engine, "connect", lambda connection, _: _prepare_sqlite(connection, pragmas))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private_file(file: Path) -> None:
    """Makes the file, and its folder, readable for nobody else; SQLite's side files follow.

    One that is there is never opened: to close it again would drop every lock that SQLite holds on
    it in this process (sqlite.org/howtocorrupt.html, 2.2), and others would remove the log in use.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            _must_be_writable(file)
            return
        with suppress(FileExistsError):  # another process was quicker
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise DatabaseError(
            f"The database file {file} cannot be opened for writing ({error.strerror}). "
            "Check DATABASE_URL."
        ) from None


def _must_be_writable(file: Path) -> None:
    wrong = EISDIR if file.is_dir() else EACCES
    if file.is_dir() or not os.access(file, os.W_OK):
        raise OSError(wrong, os.strerror(wrong))


def _prepare_sqlite(dbapi_connection: Any, pragmas: Iterable[str]) -> None:
    dbapi_connection.isolation_level = None
    for pragma in pragmas:
        dbapi_connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("rung_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
