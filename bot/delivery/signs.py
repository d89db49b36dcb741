"""Signs of life in the database, by which every replica notices that a backup was restored."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.delivery.pace import store
from bot.storage.database import Transaction

EVERY = timedelta(seconds=60)


class Signs:
    """The sign of life only grows; where it is older than the one we saw, a backup is back.

    What was due before `look_before` may have been sent already: by a process before this one, or
    before that backup replaced the database under it. Whoever notices first tells all replicas.
    """

    def __init__(self, team_id: str) -> None:
        self._team_id = team_id
        self._seen: datetime | None = None
        self.look_before: datetime | None = None

    def fades(self, alive_at: datetime | None, now: datetime) -> bool:
        """Whether it is time to renew what a glance saw."""
        return self._seen is None or self._restored(alive_at) or self._old(alive_at, now)

    def renew(self, tx: Transaction, now: datetime) -> None:
        """Belongs into each transaction that claims: what it claims may be of a backup."""
        alive_at, look_before = store.signs(tx, self._team_id)
        restored, old = self._restored(alive_at), self._old(alive_at, now)
        if restored or old:
            # whoever comes to an old sign cannot tell a pause from a backup, and hides it from all
            look_before = now if restored or self._seen is None else look_before
            store.leave_signs(tx, self._team_id, now, look_before)
            alive_at = max(alive_at or now, now)
        self._seen = alive_at
        times = [self.look_before or now, look_before]
        self.look_before = max(time for time in times if time)

    def _restored(self, alive_at: datetime | None) -> bool:
        return self._seen is not None and (alive_at is None or alive_at < self._seen)

    def _old(self, alive_at: datetime | None, now: datetime) -> bool:
        return alive_at is None or now - alive_at >= EVERY
