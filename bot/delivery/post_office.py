"""The front door of the post office: hand in parcels, send those whose time has come."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk import WebClient

from bot.delivery import store
from bot.delivery.model import Parcel, Posted, State
from bot.delivery.wire import Outcome, post, put_instead
from bot.privacy.records import Section
from bot.slack.blocks import Message
from bot.slack.errors import where
from bot.slack.member import Member
from bot.storage.database import Database, Transaction

log = logging.getLogger(__name__)

BATCH = 50
CUT_SHORT_AFTER = timedelta(minutes=2)

COLUMNS = ("kind", "sent_to", "state", "reason", "planned_for", "tried_at")
LOST = frozenset({State.EXPIRED, State.SUPPRESSED, State.FAILED, State.UNCONFIRMED, State.LEFT})

Arrival = Callable[[Transaction, Parcel, datetime], None]
Mourner = Callable[[Parcel, State], None]
Renderer = Callable[[Parcel, datetime], Message | None]
Substitute = Callable[[Parcel], Message]


@dataclass(frozen=True, slots=True)
class Kind:
    """What becomes of the parcels of one kind; see `PostOffice.learn`."""

    render: Renderer
    lost: Mourner | None = None
    arrived: Arrival | None = None
    instead: Substitute | None = None


FORGOTTEN = Kind(lambda _parcel, _now: None)  # what another version of the bot handed in


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
        self._kinds: dict[str, Kind] = {}
        self._paused_until: datetime | None = None

    def learn(
        self,
        kind: str,
        renderer: Renderer,
        lost: Mourner | None = None,
        *,
        arrived: Arrival | None = None,
        instead: Substitute | None = None,
        polite: bool = False,  # noqa: ARG002
    ) -> None:
        """How parcels of a kind become messages; None means that there is nothing to say.

        `lost` hears of each one that ended without having been sent for certain, or could not be
        taken back. `arrived` runs in the transaction that records one as sent. `instead` is what
        stands in the place of one that was taken back.
        """
        self._kinds[kind] = Kind(renderer, lost, arrived, instead)

    def accept(self, tx: Transaction, parcel: Parcel) -> bool:
        """Takes a parcel within the caller's transaction; False when it was handed in before."""
        return store.insert(tx, parcel)

    def accept_many(self, tx: Transaction, parcels: Sequence[Parcel]) -> int:
        """Takes those that were not handed in before; returns how many."""
        return store.insert_many(tx, parcels)

    def miss(self, tx: Transaction, parcel: Parcel, reason: str) -> bool:
        """Records an occurrence that will not be sent."""
        return store.miss(tx, parcel, reason)

    def behind(self, recipient: Member, ts: str) -> Parcel | None:
        """The parcel that became that message."""
        with self._database.read() as tx:
            return store.behind(tx, recipient, ts)

    def take_back(self, tx: Transaction, team_id: str, keys: Sequence[str]) -> set[State]:
        """Within the caller's transaction: what is not sent stays unsent, what is gets replaced.

        Returns the states in which the parcels of these keys were. Slack hears of it from
        `send_due`, as often as it takes.
        """
        return store.take_back(tx, team_id, keys)

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
        self._close_taken_back()
        return ended

    def records_of(self, member: Member) -> Sequence[Section]:
        """What was sent unasked to the person, or to somebody else about them; ids, no text."""
        with self._database.read() as tx:
            rows = tuple(store.about(tx, member))
        return [Section("messages", "Messages that Rung sent by itself", COLUMNS, rows)]

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes all of it within the transaction; what was not sent yet never is.

        Raises StillSending, which passes within two minutes.
        """
        store.remove_about(tx, member)

    def send_at_once(self, parcel: Parcel, now: datetime) -> None:
        """Sends one that was accepted without waiting for the heartbeat, its second chance."""
        self._send(parcel, now, Counter())

    def place_of(self, parcel: Parcel) -> tuple[str, str] | None:
        """Channel and timestamp of the message that a parcel became; None before it was sent."""
        with self._database.read() as tx:
            return store.place_of(tx, parcel)

    def stands_with(self, recipient: Member, channel: str, ts: str) -> bool:
        """Whether that message was sent to them: no other one is theirs to change."""
        with self._database.read() as tx:
            return store.stands_with(tx, recipient, channel, ts)

    def has_reached(self, recipient: Member, kind: str) -> bool:
        """Whether a parcel of that kind was sent to them before."""
        with self._database.read() as tx:
            return store.has_reached(tx, recipient, kind)

    def _send(self, parcel: Parcel, now: datetime, ended: Counter[State]) -> bool:
        if self._paused() or not self._claim(parcel):
            return False
        outcome = self._attempt(parcel, now)
        self._pause(outcome)
        arrived = self._kind(parcel).arrived if outcome.state is State.SENT else None
        with self._database.write() as tx:
            settled = store.settle(tx, parcel, outcome.state, outcome.reason, **outcome.columns)
            if settled and arrived:
                arrived(tx, parcel, now)
        self._report(parcel, outcome)
        ended[outcome.state] += 1
        return True

    def _close_taken_back(self) -> None:
        while not self._paused():
            with self._database.read() as tx:
                batch = store.closing(tx, self._team_id, BATCH)
            if not sum(self._close(posted) for posted in batch):
                break

    def _close(self, posted: Posted) -> bool:
        instead = self._kind(posted.parcel).instead
        if self._paused() or not instead:
            return False
        outcome = put_instead(self._client, posted, instead(posted.parcel))
        self._pause(outcome)
        if outcome.state is State.CLOSING:
            log.warning("a message is not taken back yet: %s", outcome.reason)
            return False
        with self._database.write() as tx:
            ended_here = store.close(tx, posted.parcel, outcome.state, outcome.reason)
        if ended_here:
            self._report(posted.parcel, outcome)
        return True

    def _pause(self, outcome: Outcome) -> None:
        if outcome.pause_seconds:
            self._paused_until = self._wall() + timedelta(seconds=outcome.pause_seconds)

    def _attempt(self, parcel: Parcel, now: datetime) -> Outcome:
        if parcel.expires_at <= now:
            return Outcome(State.EXPIRED, "its window closed")
        try:
            message = self._kind(parcel).render(parcel, now)
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

    def _kind(self, parcel: Parcel) -> Kind:
        return self._kinds.get(parcel.kind, FORGOTTEN)

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

    def _report(self, parcel: Parcel, outcome: Outcome) -> None:
        fine = outcome.state in {State.SENT, State.CLOSED}
        level = logging.INFO if fine else logging.WARNING
        log.log(level, "%s %s: %s %s", parcel.kind, parcel.id, outcome.state.value, outcome.reason)
        lost = self._kind(parcel).lost
        if lost and outcome.state in LOST:
            lost(parcel, outcome.state)
