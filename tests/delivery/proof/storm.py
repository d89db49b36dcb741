"""Bad days of every kind at once, and workers that are killed at any moment."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from random import Random

from tests.delivery.proof.stage import MONDAY, Stage

POST, HISTORY = "chat.postMessage", "conversations.history"
ZONES = ("Asia/Tbilisi", "Africa/Nairobi", "Europe/Athens", "Europe/Berlin", "Europe/London")
"""Each an hour behind the one before, so that all windows are open when the last one opens."""
FIRST = datetime.fromisoformat("2026-12-03T11:45:00+04:00")
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
BROKEN = {
    "server_error_before": 0.01,
    "server_error_after": 0.01,
    "reset_before": 0.01,
    "reset_after": 0.01,
    "cut_short": 0.01,
    "not_json": 0.01,
    "throttled": 0.003,
    "slow_before": 0.02,
    "slow_after": 0.02,
}
ODDS = {
    POST: BROKEN | {"server_error_after": 0.03, "reset_after": 0.03, "cut_short": 0.03},
    HISTORY: BROKEN,
    "conversations.open": BROKEN,
    "dnd.*": BROKEN,
}
DISTURBED_EVERY = 20
MOST_SECONDS = 900


class Storm:
    """Some workers look into history before they send, as after a start; the others do not."""

    def __init__(self, stage: Stage, seed: int, workers: int) -> None:
        self._stage = stage
        self._chance = Random(seed)
        self._hands = [self._start() for _ in range(workers)]
        self._over = threading.Event()

    def kill_some(self, kills: int, posts: int) -> None:
        """Kills so many while so many messages are posted, and a few more while doubts settle."""
        chance = self._chance
        moments = sorted(chance.sample(range(1, max(kills + 2, posts - 5)), kills))
        while not self._over.is_set():
            until = time.monotonic() + chance.expovariate(0.5)
            while not self._over.is_set() and not self._reached(moments, until):
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.1))
            self._replace(chance.randrange(len(self._hands)))

    def end(self) -> None:
        """No more kills; the workers go on."""
        self._over.set()

    def _reached(self, moments: list[int], until: float) -> bool:
        posted = len(self._stage.slack.workspace.posts)
        if moments and posted >= moments[0]:
            moments.pop(0)
            return True
        return not moments and time.monotonic() > until

    def _replace(self, number: int) -> None:
        self._stage.kill(self._hands[number])
        self._hands[number] = self._start()

    def _start(self) -> BaseProcess:
        since = MONDAY if self._chance.random() < 0.7 else None
        return self._stage.start(now=None, since=since)


def storm(
    stage: Stage,
    seed: int,
    *,
    people: int,
    kills: int,
    weeks: int = 2,
    workers: int = 5,
    bare: int = 0,
) -> None:
    """Everybody is due once a week, zone after zone; returns when all has come to an end.

    `bare` refusals for too many calls name no time to wait, which means half a minute each.
    """
    share = people // len(ZONES)
    stage.set_clock(MONDAY)
    for zone in ZONES:
        stage.place(share, zone)
    stage.slack.faults.mix(seed, ODDS, lagging=0.3, lag_s=(0.1, 0.5), slow_s=(0.1, 1.1))
    weather = Storm(stage, seed, workers)
    posts = len(stage.people) * weeks
    killing = threading.Thread(target=weather.kill_some, args=(kills, posts), daemon=True)
    killing.start()
    for week in range(weeks):
        if bare and week:
            stage.slack.fail_next(POST, status=429, times=bare)
        _one_week(stage, week, share)
    weather.end()
    killing.join(30)


def _one_week(stage: Stage, week: int, share: int) -> None:
    before = len(stage.people) * week
    stage.occasions = week + 1
    for number in range(len(ZONES)):
        stage.set_clock(FIRST + WEEK * week + HOUR * number)
        _disturb_nobody(stage, number, share)
        enough = before + share * (number + 0.7)
        stage.wait(lambda enough=enough: len(stage.slack.posted()) >= enough, MOST_SECONDS)
    stage.set_clock(FIRST + WEEK * week + HOUR * len(ZONES))
    stage.wait(stage.settled, MOST_SECONDS)


def _disturb_nobody(stage: Stage, number: int, share: int) -> None:
    """Some of those who are due now do not want to be disturbed before half past twelve."""
    now = stage.clock()
    for user in stage.people[number * share : (number + 1) * share : DISTURBED_EVERY]:
        stage.slack.set_dnd(user, now - HOUR, now + timedelta(minutes=45))
