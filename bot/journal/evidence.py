"""One's own examples for whoever looks back at them, within one transaction of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.journal import store
from bot.journal.model import Entry, Mark
from bot.privacy.policy import Actor
from bot.storage.crypto import KeyRing
from bot.storage.database import Transaction


class Evidence:
    """What the actor may read of their own: marks without opening anything, texts by id."""

    def __init__(self, keys: KeyRing) -> None:
        """`keys` open what was written."""
        self._keys = keys

    def marks(self, tx: Transaction, actor: Actor, day: date, came: datetime) -> list[Mark]:
        """What happened on that day or later, or was logged from `came` on; latest first."""
        return store.marks(tx, actor, day, came)

    def opened(self, tx: Transaction, actor: Actor, ids: Sequence[str]) -> list[Entry]:
        """Those of the ids that are the actor's own; latest first."""
        return store.chosen(tx, self._keys, actor, ids) if ids else []
