"""Settles what may have been posted or not, by what Slack's own history shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.delivery import store
from bot.delivery.desk import Desk
from bot.delivery.model import Claim, State
from bot.delivery.steps import Step
from bot.delivery.wire import FOUND, Outcome, Sight, find, open_channel, sent

BATCH = 10
ABSENCES_NEEDED = 2
MOST_LOOKS = 50


class Doubts:
    """A post may show late, so absence is believed only after a wait, and only twice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def settle_all(self, now: datetime, ended: Counter[State]) -> None:
        """Looks up every doubt that has settled for long enough, as long as Slack lets us."""
        self._recover()
        while self._desk.may_ask():
            batch = self._claim()
            if not batch:
                return
            for number, held in enumerate(batch):
                if not self._desk.may_ask():
                    self._let_go(batch[number:])
                    return
                with self._desk.alone(held.parcel):
                    self._settle(held, now, ended)

    def _recover(self) -> None:
        desk = self._desk
        with desk.database.write() as tx:
            store.recover(tx, desk.team_id, desk.real_time(tx), desk.patience.settle)

    def _claim(self) -> list[Claim]:
        desk = self._desk
        with desk.database.write() as tx:
            real = desk.real_time(tx)
            batch = store.claim_doubts(tx, desk.team_id, real, desk.lease(real), BATCH)
        if batch:
            desk.at_step(Step.CHECK_CLAIMED)
        return batch

    def _let_go(self, batch: Collection[Claim]) -> None:
        """Whatever was not looked up is free for others at once."""
        with self._desk.database.write() as tx:
            real = self._desk.real_time(tx)
            for held in batch:
                store.settle(tx, held, State.CHECKING, State.UNKNOWN, look_at=real)

    def _settle(self, held: Claim, now: datetime, ended: Counter[State]) -> None:
        outcome = self._outcome(held)
        self._desk.end(held, State.CHECKING, outcome, now, ended)
        self._desk.at_step(Step.CHECK_COMMITTED)
        if outcome.trouble:
            self._desk.pause(outcome.trouble)

    def _outcome(self, held: Claim) -> Outcome:
        looks = held.looks + 1
        channel = held.channel_id or open_channel(self._desk.client, held.parcel.recipient.user_id)
        if isinstance(channel, Outcome):
            return self._unseen(channel, looks)
        sight = find(self._desk.client, channel, held.parcel)
        self._desk.at_step(Step.HISTORY_READ)
        if sight.ts:
            return sent(channel, sight.ts, FOUND)
        return self._absent(replace(held, looks=looks), sight)

    def _absent(self, held: Claim, sight: Sight) -> Outcome:
        if trouble := sight.trouble:
            passes = trouble.passing or (trouble.needs_operator and trouble.pause_seconds)
            state = State.READY if passes else State.FAILED
            return self._unseen(Outcome(state, trouble.reason, trouble), held.looks)
        absences = held.absences + 1
        columns = {"absences": absences, "looks": held.looks}
        if absences >= ABSENCES_NEEDED:
            return Outcome(State.READY, "it never arrived", columns=columns)
        again_after = self._desk.patience.recheck
        return Outcome(State.UNKNOWN, "not seen yet", columns=columns, look_again_after=again_after)

    def _unseen(self, refused: Outcome, looks: int) -> Outcome:
        """Slack did not let us look; for good, or so often that it is given up."""
        if refused.state is State.FAILED or looks >= MOST_LOOKS:
            reason = f"cannot be looked up: {refused.reason}"
            return Outcome(State.UNCONFIRMED, reason, refused.trouble)
        paused = refused.trouble is not None and refused.trouble.pause_seconds > 0
        return replace(
            refused,
            state=State.UNKNOWN,
            columns={} if paused else {"looks": looks},
            look_again_after=self._desk.patience.recheck,
        )
