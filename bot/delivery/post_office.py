"""The front door of the post office: hand in parcels, send those whose time has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.delivery import store
from bot.delivery.closing import Closing
from bot.delivery.desk import Arrival, Desk, Kind, Mourner, Observer, Renderer, Substitute
from bot.delivery.doubts import Doubts
from bot.delivery.model import Parcel, Posted, Queue, State
from bot.delivery.pace import store as pace_store
from bot.delivery.sender import Sender
from bot.delivery.signs import Signs
from bot.delivery.traces import store as traces
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.database import Database, Transaction

COLUMNS = ("kind", "sent_to", "state", "reason", "planned_for", "tried_at")


class PostOffice:
    """Each parcel arrives once, as far as Slack lets anybody know (docs/delivery.md).

    It waits for nothing: what has to settle is looked after by a later `send_due`, of this process
    or another one.
    """

    def __init__(self, desk: Desk) -> None:
        """`desk.client` must not retry by itself."""
        self._desk = desk
        self._signs = Signs(desk.team_id)
        self._sender = Sender(desk, self._signs)
        self._doubts = Doubts(desk)
        self._closing = Closing(desk)

    @property
    def _database(self) -> Database:
        return self._desk.database

    def learn(
        self,
        kind: str,
        renderer: Renderer,
        lost: Mourner | None = None,
        *,
        arrived: Arrival | None = None,
        instead: Substitute | None = None,
        polite: bool = False,
    ) -> None:
        """How parcels of a kind become messages; None means that there is nothing to say.

        `lost` hears of each one that ended without having been sent for certain, or could not be
        taken back. `arrived` runs in the transaction that records one as sent. `instead` is what
        stands in the place of one that was taken back. A `polite` one waits while its recipient
        is not to be disturbed.
        """
        self._desk.kinds[kind] = Kind(renderer, lost, arrived, instead, polite)

    def watch(self, observer: Observer) -> None:
        """Calls `observer(parcel, state, lateness)` for each that ends; in the bot's seconds."""
        self._desk.observers.append(observer)

    def watch_pauses(self, observer: Callable[[str], None]) -> None:
        """Calls it with Slack's code for each pause that this process met."""
        self._desk.pause_observers.append(observer)

    def accept(self, tx: Transaction, parcel: Parcel) -> bool:
        """Takes a parcel within the caller's transaction; False when it was handed in before."""
        return store.insert(tx, parcel)

    def accept_many(self, tx: Transaction, parcels: Sequence[Parcel]) -> int:
        """Takes those that were not handed in before; returns how many."""
        return store.insert_many(tx, parcels)

    def miss(self, tx: Transaction, parcel: Parcel, reason: str) -> bool:
        """Records, within the caller's transaction, one that is too late to be sent, and why."""
        return store.insert(tx, parcel, State.EXPIRED, reason)

    def take_back(self, tx: Transaction, team_id: str, keys: Sequence[str]) -> set[State]:
        """Within the caller's transaction: what is not sent stays unsent, what is gets replaced.

        Returns the states in which the parcels of these keys were. Slack hears of it from
        `send_due`, as often as it takes.
        """
        return store.take_back(tx, team_id, keys)

    def take_back_all(self, tx: Transaction, team_id: str, beginnings: Sequence[str]) -> set[State]:
        """The same for every parcel whose key begins like one of these."""
        return store.take_back_all(tx, team_id, beginnings)

    def send_due(self, now: datetime) -> Counter[State]:
        """Sends what is due at the bot's `now`, and says how many ended in which state."""
        ended: Counter[State] = Counter()
        with self._database.read() as tx:
            glance = store.glance(tx, self._desk.team_id, now)
        if self._signs.fades(glance.alive_at, now):
            with self._database.write() as tx:
                self._signs.renew(tx, now)
        if glance.under_way:
            self._doubts.settle_all(now, ended)
        if glance.due or glance.under_way:
            self._sender.send_all(now, ended)
            self._closing.close_all(now)
        return ended

    def send_at_once(self, parcel: Parcel, now: datetime) -> None:
        """Sends one that was accepted without waiting for the heartbeat, its second chance."""
        self._sender.send_one(parcel, now)

    def queue(self, now: datetime) -> Queue:
        """What waits at the bot's `now`, for whoever runs the bot: numbers, nothing of anybody."""
        team_id = self._desk.team_id
        with self._database.read() as tx:
            counted = store.counts(tx, team_id)
            due, oldest = store.overdue(tx, team_id, now)
            pace = pace_store.look(tx, team_id)
            alive_at = pace_store.alive_at(tx, team_id)
            over = pace.paused_until is None or pace.paused_until <= self._desk.real_time(tx)
        unconfirmed = counted.pop(State.UNCONFIRMED, 0)
        until = None if over else pace.paused_until
        return Queue(counted, due, oldest, unconfirmed, until, pace.pause_reason, alive_at)

    def records_of(self, member: Member) -> Sequence[Section]:
        """What was sent unasked to the person, or to somebody else about them; ids, no text."""
        with self._database.read() as tx:
            rows = tuple(traces.about(tx, member))
        return [Section("messages", "Messages that Rung sent by itself", COLUMNS, rows)]

    def hold_about(self, tx: Transaction, member: Member, now: datetime) -> None:  # noqa: ARG002
        """Before anything of somebody is erased: what is sent at this moment is waited for."""
        traces.hold_about(tx, member)

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes all of it within the transaction; what was not sent yet never is.

        Raises StillSending, which passes within minutes.
        """
        traces.remove_about(tx, member)

    def place_of(self, parcel: Parcel) -> tuple[str, str] | None:
        """Channel and timestamp of the message that a parcel became; None before it was sent."""
        with self._database.read() as tx:
            return store.place_of(tx, parcel)

    def stands_with(self, recipient: Member, channel: str, ts: str) -> bool:
        """Whether that message was sent to them: no other one is theirs to change."""
        with self._database.read() as tx:
            posted = store.behind(tx, recipient, ts)
        return posted is not None and posted.channel_id == channel

    def behind(self, recipient: Member, ts: str) -> Parcel | None:
        """The parcel that became the message with that timestamp in the person's own messages."""
        with self._database.read() as tx:
            posted: Posted | None = store.behind(tx, recipient, ts)
        return posted.parcel if posted else None

    def latest(self, recipient: Member, beginning: str) -> Posted | None:
        """The last message to the person, not taken back, of the parcels whose keys begin so."""
        with self._database.read() as tx:
            return store.latest(tx, recipient, beginning)

    def has_reached(self, recipient: Member, kind: str) -> bool:
        """Whether a parcel of that kind was sent to them before."""
        with self._database.read() as tx:
            return store.has_reached(tx, recipient, kind)
