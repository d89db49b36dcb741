"""Who stands where, in memory: an answer of the ladder waits for no database."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress

from bot.ladder.asking.answers import Standing
from bot.people import store
from bot.people.store import Changes
from bot.slack.member import Member
from bot.storage.database import Database, DatabaseBusy, Transaction

CATCH_UP_SECONDS = 2

Rungs = Iterable[tuple[str, str, str]]


class Standings:
    """Every placed person of one workspace who may use Rung: no closed account, no guest."""

    def __init__(self, database: Database, team_id: str) -> None:
        """Knows nobody until `load`."""
        self._database = database
        self._team_id = team_id
        self._by_user: dict[str, Standing] = {}
        self._rungs: dict[tuple[str, str], Standing] = {}
        self._known: Changes | None = None
        self._reading = threading.Lock()

    def stands(self, member: Member) -> Standing | None:
        """Where the person stands, or None when not placed; never touches the database."""
        return self._by_user.get(member.user_id) if member.team_id == self._team_id else None

    def load(self) -> None:
        """Reads everybody; raises DatabaseBusy when the database does not answer."""
        with self._reading, self._database.read() as tx:
            self._read(tx, None)

    def catch_up(self) -> None:
        """Reads what any process placed or removed since `load`; nothing before that.

        One small query while nothing changed. While the database is away, all stays as it was.
        """
        with suppress(DatabaseBusy), self._reading:
            if self._known is not None:
                with self._database.read() as tx:
                    self._read(tx, self._known)

    def _read(self, tx: Transaction, before: Changes | None) -> None:
        """A removal, or a database put back from a backup, means reading everybody again."""
        now = store.changes(tx, self._team_id)
        if before is None or now.removed != before.removed or now.placed < before.placed:
            self._by_user = self._stood(store.rungs(tx, self._team_id))
        elif now.placed != before.placed:
            self._by_user.update(self._stood(store.rungs(tx, self._team_id, before.placed)))
        self._known = now

    def _stood(self, rungs: Rungs) -> dict[str, Standing]:
        """By user id, with one Standing for all who stand on the same rung."""
        return {
            user_id: self._rungs.setdefault((track_id, level_id), Standing(track_id, level_id))
            for user_id, track_id, level_id in rungs
        }
