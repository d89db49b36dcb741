"""The front door to one's own private notes of one-on-ones that have ended: to read, no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.one_on_ones.notes import store
from bot.one_on_ones.notes.model import Note, NoteNotFound
from bot.one_on_ones.pairs import store as pairs
from bot.one_on_ones.pairs.model import Pair
from bot.privacy.policy import Action, Actor, Subject, can
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database


class Notes:
    """Each is its author's, on whichever side they were; of the page it opens nothing."""

    def __init__(self, database: Database, keys: KeyRing, actor: Callable[[Member], Actor]) -> None:
        """`actor` says what somebody's account is."""
        self._database = database
        self._keys = keys
        self._actor = actor

    def of_ended(self, author: Member, now: datetime) -> list[Pair]:
        """The pairs that are over of which they kept a note, the latest first."""
        if not can(self._actor(author), Action.READ_NOTE, Subject(author), now):
            return []
        with self._database.read() as tx:
            noted, met = store.kept_about(tx, author), pairs.of(tx, author, ended=True)
        over = [pair for pair in met if pair.id in noted and not pair.is_live]
        return sorted(over, key=lambda pair: pair.ended_at or now, reverse=True)

    def of_one(self, author: Member, pair_id: str, now: datetime) -> tuple[Pair, Note]:
        """The note of that pair; raises NoteNotFound for everybody but its author."""
        pair = next((each for each in self.of_ended(author, now) if each.id == pair_id), None)
        if pair:
            with self._database.read() as tx:
                if note := store.find(tx, self._keys, pair, author):
                    return pair, note
        raise NoteNotFound
