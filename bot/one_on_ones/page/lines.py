"""What is read of pages within a transaction; whoever asks has passed the way in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.one_on_ones.notes import store as notes
from bot.one_on_ones.page import store
from bot.one_on_ones.page.model import (
    AGENDA_FULL,
    AGENDA_MOST,
    PROMISES_FULL,
    PROMISES_MOST,
    ActionItem,
    AgendaItem,
    PageFull,
    Past,
    past,
)
from bot.one_on_ones.page.telling import sections
from bot.one_on_ones.pairs import store as pairs
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.talks import store as talks
from bot.one_on_ones.talks.model import Talk, under_way
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Transaction


class Lines:
    """Finds one line, or those of one talk."""

    def __init__(self, keys: KeyRing, team_id: str) -> None:
        """`keys` open what people wrote."""
        self._keys = keys
        self._team_id = team_id

    def agenda(self, item_id: str) -> Callable[[Transaction], AgendaItem | None]:
        """How to find that line of an agenda."""
        return lambda tx: store.find_agenda(tx, self._keys, self._team_id, item_id)

    def promise(self, item_id: str) -> Callable[[Transaction], ActionItem | None]:
        """How to find that promise."""
        return lambda tx: store.find_promise(tx, self._keys, self._team_id, item_id)

    def talk(
        self, member: Member, talk_id: str, now: datetime
    ) -> Callable[[Transaction], Talk | None]:
        """How to find that talk, also one of the member's that is under way and not kept yet."""

        def find(tx: Transaction) -> Talk | None:
            if kept := talks.find(tx, self._keys, self._team_id, talk_id):
                return kept
            begun = (under_way(pair, now) for pair in pairs.of(tx, member))
            return next((talk for talk in begun if talk and talk.id == talk_id), None)

        return find

    def last(self, tx: Transaction, pair: Pair) -> Talk | None:
        """The latest talk that was held, as far as it is kept."""
        return next(iter(talks.held(tx, self._keys, pair, 1)), None)

    def put_on(self, tx: Transaction, pair: Pair, item: AgendaItem) -> AgendaItem:
        """Keeps the line; gives the one that waits with the same words instead, if there is one."""
        waiting = store.agenda(tx, self._keys, pair, waiting=True)
        todo = (each for each in waiting if not each.discussed_at)
        if same := next((each for each in todo if each.text == item.text), None):
            return same
        self.require_place(tx, pair)
        store.add_agenda(tx, self._keys, pair, item)
        return item

    def require_place(self, tx: Transaction, pair: Pair) -> None:
        """Raises PageFull where nothing more fits on the agenda."""
        if store.count_agenda(tx, pair) >= AGENDA_MOST:
            raise PageFull(AGENDA_FULL)

    def require_room(self, tx: Transaction, pair: Pair) -> None:
        """Raises PageFull where no promise fits any more."""
        if store.count_promises(tx, pair) >= PROMISES_MOST:
            raise PageFull(PROMISES_FULL)

    def about(self, tx: Transaction, member: Member) -> list[Section]:
        """All that is kept of somebody, for their export."""
        return sections(
            talks.of(tx, self._keys, member),
            store.agenda_of(tx, self._keys, member),
            store.promises_about(tx, self._keys, member),
            notes.of(tx, self._keys, member),
        )

    def pasts(self, tx: Transaction, pair: Pair, found: Sequence[Talk]) -> list[Past]:
        """The talks with what belongs to each."""
        agenda = store.agenda(tx, self._keys, pair, waiting=False)
        promises = store.promises(tx, self._keys, pair, only_open=False)
        return [past(talk, agenda, promises) for talk in found]
