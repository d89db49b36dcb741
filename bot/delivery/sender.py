"""Sends what is due: each parcel is committed as being sent before it is on the wire."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.delivery import store
from bot.delivery.desk import Desk
from bot.delivery.model import Claim, Parcel, State
from bot.delivery.pace import store as pace_store
from bot.delivery.signs import Signs
from bot.delivery.steps import Step
from bot.delivery.wire import (
    FOUND,
    NO_SCOPE,
    RETRY_SECONDS,
    Outcome,
    Trouble,
    again,
    find,
    open_channel,
    post,
    quiet_until,
    sent,
)
from bot.logs import happened, raised
from bot.slack.blocks import Message

log = logging.getLogger(__name__)

BATCH = 10
QUIET_OVER = "Do Not Disturb lasted until its window closed"


@dataclass(frozen=True, slots=True)
class Round:
    """One pass over what is due at the bot's `opened`; its time goes on, also while it sleeps."""

    desk: Desk
    opened: datetime
    begun: float
    ended: Counter[State]

    @property
    def now(self) -> datetime:
        """The bot's clock at this moment of the round."""
        return self.opened + timedelta(seconds=self.desk.elapsed() - self.begun)


class Sender:
    """One process's hand on the wire; any number of them may work on one database."""

    def __init__(self, desk: Desk, signs: Signs) -> None:
        self._desk = desk
        self._signs = signs

    def send_all(self, now: datetime, ended: Counter[State]) -> None:
        """Sends all whose moment has come at the bot's `now`, as long as Slack lets us."""
        this = Round(self._desk, now, self._desk.elapsed(), ended)
        while self._desk.may_send():
            batch = self._claim(now)
            if not batch:
                return
            self._send_batch(batch, this)

    def send_one(self, parcel: Parcel, now: datetime) -> None:
        """Sends that one, if it is ready and Slack lets us; otherwise a later round does."""
        if not self._desk.may_send():
            return
        with self._desk.database.write() as tx:
            self._signs.renew(tx, now)
            lease = self._desk.lease(self._desk.real_time(tx))
            held = store.claim_one(tx, parcel, lease)
        if held:
            self._send_batch([held], Round(self._desk, now, self._desk.elapsed(), Counter()))

    def _claim(self, now: datetime) -> list[Claim]:
        desk = self._desk
        with desk.database.write() as tx:
            self._signs.renew(tx, now)
            real = desk.real_time(tx)
            batch = store.claim(tx, desk.team_id, now, real, desk.lease(real), BATCH)
        if batch:
            desk.at_step(Step.BATCH_CLAIMED)
        return batch

    def _send_batch(self, claimed: list[Claim], this: Round) -> None:
        batch = self._without_the_quiet(claimed, this)
        for number, held in enumerate(batch):
            with self._desk.alone(held.parcel):
                if not self._send(held, this):
                    self._let_go(batch[number:])
                    return

    def _let_go(self, batch: Collection[Claim]) -> None:
        """Whatever is still only claimed is free for others at once."""
        with self._desk.database.write() as tx:
            for held in batch:
                store.settle(tx, held, State.CLAIMED, State.READY)

    def _without_the_quiet(self, batch: Collection[Claim], this: Round) -> list[Claim]:
        polite = [held for held in batch if self._desk.kind(held.parcel).polite]
        if not polite:
            return list(batch)
        users = list(dict.fromkeys(held.parcel.recipient.user_id for held in polite))
        times = quiet_until(self._desk.client, users)
        if isinstance(times, Trouble):
            return self._unasked(batch, times)
        disturbed = []
        for held in batch:
            begins, ends = times.get(held.parcel.recipient.user_id, (0, 0))
            if held in polite and begins <= this.now.timestamp() < ends:
                self._put_off(held, datetime.fromtimestamp(ends, UTC), this)
            else:
                disturbed.append(held)
        return disturbed

    def _unasked(self, batch: Collection[Claim], trouble: Trouble) -> list[Claim]:
        """Slack does not say who is not to be disturbed; in that time it holds its own sounds."""
        if trouble.pause_seconds:
            self._desk.pause(trouble)
            self._let_go(batch)
            return []
        log.warning(happened("do_not_disturb_unknown", reason=trouble.reason))
        return list(batch)

    def _put_off(self, held: Claim, until: datetime, this: Round) -> None:
        if until >= held.parcel.expires_at:
            self._end(held, State.CLAIMED, Outcome(State.EXPIRED, QUIET_OVER), this)
            return
        with self._desk.database.write() as tx:
            store.put_off(tx, held, until)

    def _send(self, held: Claim, this: Round) -> bool:
        """False when nothing more may be said to Slack for now."""
        prepared = self._prepare(held, this.now)
        if isinstance(prepared, Outcome):
            return self._end(held, State.CLAIMED, prepared, this)
        held, message = prepared
        begun = self._desk.elapsed()
        if not self._begin(held):
            self._let_go([held])
            return self._desk.may_send()
        outcome = self._post(held, message, begun)
        return self._end(held, State.SENDING, outcome, this)

    def _end(self, held: Claim, expected: State, outcome: Outcome, this: Round) -> bool:
        self._desk.end(held, expected, outcome, this.now, this.ended)
        self._desk.at_step(Step.DOUBT_COMMITTED if outcome.state is State.UNKNOWN else Step.SETTLED)
        if outcome.trouble:
            self._desk.pause(outcome.trouble)
            return not outcome.trouble.pause_seconds
        return True

    def _prepare(self, held: Claim, now: datetime) -> tuple[Claim, Message] | Outcome:
        """Everything that can be done before the row says that it is being sent."""
        if held.parcel.expires_at <= now:
            return Outcome(State.EXPIRED, "its window closed")
        message = self._render(held.parcel, now)
        if isinstance(message, Outcome):
            return message
        self._desk.at_step(Step.RENDERED)
        channel = self._channel(held)
        if isinstance(channel, Outcome):
            return channel
        held = replace(held, channel_id=channel)
        return self._looked_first(held) or (held, message)

    def _render(self, parcel: Parcel, now: datetime) -> Message | Outcome:
        try:
            message = self._desk.kind(parcel).render(parcel, now)
        except Exception as error:
            log.error(happened("not_rendered", kind=parcel.kind, parcel=parcel.id, **raised(error)))
            return Outcome(State.FAILED, f"not rendered ({type(error).__name__})")
        return message or Outcome(State.SUPPRESSED, "there is nothing to say any more")

    def _channel(self, held: Claim) -> str | Outcome:
        if held.channel_id:
            return held.channel_id
        with self._desk.database.read() as tx:
            channel: str | Outcome = store.known_channel(tx, held.parcel.recipient)
        if not channel:
            channel = open_channel(self._desk.client, held.parcel.recipient.user_id)
            self._desk.at_step(Step.CHANNEL_OPENED)
        if isinstance(channel, str):
            with self._desk.database.write() as tx:
                store.keep_channel(tx, held, channel)
            self._desk.at_step(Step.CHANNEL_STORED)
        return channel

    def _looked_first(self, held: Claim) -> Outcome | None:
        """A restored backup plans again what was sent before it was restored: Slack knows."""
        look_before = self._signs.look_before
        if look_before is None or held.parcel.not_before > look_before:
            return None
        sight = find(self._desk.client, held.channel_id, held.parcel)
        self._desk.at_step(Step.LOOKED_FIRST)
        if sight.ts:
            return sent(held.channel_id, sight.ts, FOUND)
        trouble = sight.trouble
        if trouble and trouble.reason != NO_SCOPE and (trouble.passing or trouble.pause_seconds):
            return again(trouble)
        return None

    def _begin(self, held: Claim) -> bool:
        """Within the budget that all replicas share; from here on it counts as perhaps sent."""
        desk = self._desk
        with desk.database.write() as tx:
            pace = pace_store.hold(tx, desk.team_id)
            real = desk.real_time(tx)
            if not pace.allows(real) or not store.begin(tx, held, real, desk.lease(real)):
                return False
            pace_store.save(tx, desk.team_id, pace.spent(real, desk.patience.sends_per_minute))
        desk.at_step(Step.SENDING_COMMITTED)
        return True

    def _post(self, held: Claim, message: Message, begun: float) -> Outcome:
        """Refuses the wire to a process that slept: somebody else may be at it by now."""
        desk = self._desk
        if desk.elapsed() - begun > desk.patience.guard:
            return Outcome(State.READY, "held up", look_again_after=RETRY_SECONDS)
        desk.at_step(Step.GUARD_PASSED)
        outcome = post(desk.client, held.channel_id, held.parcel, message)
        desk.at_step(Step.POSTED)
        if outcome.state is State.UNKNOWN:
            return replace(outcome, look_again_after=desk.patience.settle)
        return outcome
