"""The front door of the post office: hand in parcels, send those whose time has come."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from bot.delivery import store
from bot.delivery.model import Parcel, State
from bot.delivery.wire import Outcome, post
from bot.privacy.records import Section
from bot.slack.blocks import Message
from bot.slack.errors import where
from bot.slack.member import Member
from bot.storage.database import Database

log = logging.getLogger(__name__)

BATCH = 50
CUT_SHORT_AFTER = timedelta(minutes=2)

COLUMNS = ("kind", "sent_to", "state", "reason", "planned_for", "tried_at")
LOST = frozenset({State.EXPIRED, State.FAILED, State.UNCONFIRMED})

Mourner = Callable[[Parcel, State], None]
Renderer = Callable[[Parcel, datetime], Message | None]


class PostOffice:
    """Each parcel is committed as being sent before it is on the wire, so never sent twice."""

    def __init__(
        self, database: Database, client: WebClient, team_id: str, wall: Callable[[], datetime]
    ) -> None:
        """`client` must not retry by itself; `wall` is real time in UTC, whatever `now` says."""
        self._database = database
        self._client = client
        self._team_id = team_id
        self._wall = wall
        self._renderers: dict[str, Renderer] = {}
        self._mourners: dict[str, Mourner] = {}
        self._paused_until: datetime | None = None

    def learn(self, kind: str, renderer: Renderer, lost: Mourner | None = None) -> None:
        """How parcels of a kind become messages; None means that there is nothing to say.

        `lost` hears of each one that ended without having been sent for certain.
        """
        self._renderers[kind] = renderer
        if lost:
            self._mourners[kind] = lost

    def accept(self, tx: Any, parcel: Parcel) -> bool:
        """Takes a parcel within the caller's transaction; False when it was handed in before."""
        return store.insert(tx, parcel)

    def send_due(self, now: datetime) -> Counter[State]:
        """Sends what is due at the bot's `now`, and says how many ended in which state."""
        self._abandon_cut_short()
        ended: Counter[State] = Counter()
        while not self._paused():
            with self._database.read() as tx:
                batch = store.ready(tx, self._team_id, now, BATCH)
            moved = sum(self._send(parcel, now, ended) for parcel in batch)
            if not moved:
                break
        return ended

    def records_of(self, member: Member) -> Sequence[Section]:
        """What was sent unasked to the person, or to somebody else about them; ids, no text."""
        with self._database.read() as tx:
            rows = tuple(store.about(tx, member))
        return [Section("messages", "Messages that Rung sent by itself", COLUMNS, rows)]

    def erase(self, tx: Any, member: Member) -> None:
        """Removes all of it within the transaction; what was not sent yet never is."""
        store.remove_about(tx, member)

    def _send(self, parcel: Parcel, now: datetime, ended: Counter[State]) -> bool:
        if self._paused() or not self._claim(parcel):
            return False
        outcome = self._attempt(parcel, now)
        if outcome.pause_seconds:
            self._paused_until = self._wall() + timedelta(seconds=outcome.pause_seconds)
        with self._database.write() as tx:
            store.settle(tx, parcel, outcome.state, outcome.reason, **outcome.columns)
        _report(parcel, outcome)
        if outcome.state in LOST and parcel.kind in self._mourners:
            self._mourners[parcel.kind](parcel, outcome.state)
        ended[outcome.state] += 1
        return True

    def _attempt(self, parcel: Parcel, now: datetime) -> Outcome:
        if parcel.expires_at <= now:
            return Outcome(State.EXPIRED, "its window closed")
        try:
            message = self._renderers[parcel.kind](parcel, now)
        except Exception as error:
            log.error("a %s cannot be rendered: %s", parcel.kind, type(error).__name__)
            log.error("%s", where(error))
            return Outcome(State.FAILED, f"not rendered ({type(error).__name__})")
        if message is None:
            return Outcome(State.SUPPRESSED, "there is nothing to say any more")
        return post(self._client, parcel, message)

    def _claim(self, parcel: Parcel) -> bool:
        with self._database.write() as tx:
            return store.claim(tx, parcel, self._wall())

    def _paused(self) -> bool:
        return self._paused_until is not None and self._wall() < self._paused_until

    def _abandon_cut_short(self) -> None:
        before = self._wall() - CUT_SHORT_AFTER
        with self._database.read() as tx:
            number = store.cut_short(tx, self._team_id, before)
        if number:
            with self._database.write() as tx:
                store.abandon(tx, self._team_id, before)
            log.warning("%d messages were cut short by a crash; they are not sent again", number)


def _report(parcel: Parcel, outcome: Outcome) -> None:
    level = logging.INFO if outcome.state is State.SENT else logging.WARNING
    log.log(level, "%s %s: %s %s", parcel.kind, parcel.id, outcome.state.value, outcome.reason)
