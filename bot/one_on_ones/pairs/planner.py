"""What a heartbeat does for one-on-ones: it notices which meetings are near, and which are over."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from bot.logs import happened, raised
from bot.one_on_ones.pairs import store
from bot.one_on_ones.pairs.diary import Diary
from bot.one_on_ones.pairs.model import News, Pair, Why
from bot.one_on_ones.pairs.planning import carried_over, took_place
from bot.one_on_ones.pairs.rhythm import Meeting
from bot.storage.database import Database, DatabaseError, Transaction

log = logging.getLogger(__name__)

BATCH = 200
TROUBLED = timedelta(hours=1)

Happening = Callable[[Transaction, Pair, Meeting, datetime], None]
Holds = Callable[[Transaction, str], Pair | None]
Ends = Callable[..., object]
Due = Callable[[Transaction, str, datetime, int], list[Pair]]
Happens = Callable[[Transaction, Pair, datetime], None]


class Planner:
    """Each meeting comes near once and is over once, whatever a clock or a replica does."""

    def __init__(
        self, database: Database, diary: Diary, hold: Holds, end: Ends, team_id: str
    ) -> None:
        """`hold` gives a pair that nobody else changes; `end` ends that of an engineer who left."""
        self._database = database
        self._diary = diary
        self._hold = hold
        self._end = end
        self._team_id = team_id
        self.near: list[Happening] = []
        self.over: list[Happening] = []

    def plan_due(self, now: datetime) -> int:
        """Runs the hooks of every meeting that is near or over by now; returns how many."""
        return self._each(store.over, self.is_over, now) + self._each(
            store.near, self._comes_near, now
        )

    def _each(self, due: Due, happens: Happens, now: datetime) -> int:
        number = 0
        while True:
            with self._database.read() as tx:
                found = due(tx, self._team_id, now, BATCH)
            for pair in found:
                self._happens(pair, happens, now)
            number += len(found)
            if len(found) < BATCH:
                return number

    def _happens(self, seen: Pair, happens: Happens, now: datetime) -> None:
        """Whatever is wrong with one pair is told in the log, and waits an hour."""
        try:
            self._happens_to(seen, happens, now)
        except DatabaseError:
            raise  # nothing is wrong with this pair, and the next heartbeat tries again
        except Exception as error:
            log.error(happened("pair_not_planned", **raised(error)))
            with suppress(Exception), self._database.write() as tx:
                if self._hold(tx, seen.id) == seen:
                    store.save(tx, _put_off(seen, now))

    def _happens_to(self, seen: Pair, happens: Happens, now: datetime) -> None:
        with self._database.write() as tx:
            pair = self._hold(tx, seen.id)
            if pair is None or pair != seen:
                return  # changed, ended or erased meanwhile
            person = self._diary.engineer(tx, pair.engineer)
            if person is None or not person.active:
                self._end(tx, pair, Why.LEFT, now, News.LEFT, pair.partner)
            else:
                happens(tx, pair, now)

    def _comes_near(self, tx: Transaction, pair: Pair, now: datetime) -> None:
        slot = pair.meeting.slot if pair.meeting else ""
        store.save(tx, replace(pair, pre_read_due_at=None, pre_read_slot=slot))
        if pair.meeting and now < pair.meeting.starts_at:
            for hook in self.near:
                hook(tx, pair, pair.meeting, now)

    def is_over(self, tx: Transaction, pair: Pair, now: datetime) -> None:
        """What does not count as held is passed over: nobody knows of it, or nobody agreed."""
        meeting = pair.meeting
        if meeting and took_place(pair, now):
            after = replace(pair, met_at=meeting.starts_at)
            store.keep_over(tx, pair, meeting)
            store.save(tx, self._diary.planned(tx, after, meeting.starts_at))
            for hook in self.over:
                hook(tx, pair, meeting, now)
        else:
            store.save(tx, carried_over(pair, self._diary.planned(tx, pair, now)))


def _put_off(pair: Pair, now: datetime) -> Pair:
    def later(due: datetime | None) -> datetime | None:
        return now + TROUBLED if due and due <= now else due

    return replace(
        pair, over_due_at=later(pair.over_due_at), pre_read_due_at=later(pair.pre_read_due_at)
    )
