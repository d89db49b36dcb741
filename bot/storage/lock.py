"""One heartbeat for each SQLite file: the process that runs the bot holds a lock beside it."""

from __future__ import annotations

import fcntl
import os

from bot.storage.database import Database, DatabaseError


class HeartbeatLock:
    """Held until the process ends, however it ends; `tick` and `import` do not need it."""

    def __init__(self, database: Database) -> None:
        """Takes the lock; raises DatabaseError when another process has it.

        PostgreSQL needs none: any number of replicas may run on it.
        """
        self._descriptor: int | None = None
        if database.file is None:
            return
        path = database.file.with_name(database.file.name + ".lock")
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise DatabaseError(
                f"Another Rung runs on {database.file} already. Stop it first, or use PostgreSQL "
                "to run several."
            ) from None

    def release(self) -> None:
        """Lets another process run."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
