"""Awkward stories, played by real processes: whatever happens, everybody gets one message.

Each returns how often the bot was rude: messages that went out while Slack had asked for silence,
or beyond the budget. Duplicates and losses are counted on the stage afterwards.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import psycopg
from sqlalchemy.engine import make_url

from bot.delivery import store
from bot.delivery.pace.model import BURST
from bot.delivery.steps import Step
from bot.people.roster import Placement
from bot.wiring import Rung
from playground.local_slack import LocalSlack, read_manifest
from tests.bench import ROOT, TRACK
from tests.delivery.proof.stage import DUE, MONDAY, Stage
from tests.delivery.proof.worker import Change

POST = "chat.postMessage"
HISTORY = "conversations.history"
BOTH = ("sqlite", "postgresql")
HASTE = {
    "lease_seconds": 2.0,
    "guard_seconds": 0.8,
    "settle_seconds": 0.5,
    "recheck_seconds": 0.2,
}
AN_HOUR = timedelta(hours=1)
EVENING = datetime.fromisoformat("2026-12-03T12:00:00-05:00")
NEVER = float("inf")
SLOWLY = 6
SILENCE_SECONDS = 4


class Toll(NamedTuple):
    """What a story cost, by what Slack really received."""

    duplicates: int = 0
    lost: int = 0
    rude: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story, the delays it is played with, and the engines on which it can happen."""

    name: str
    play: Callable[[Stage], int | None]
    people: int = 1
    settings: Mapping[str, object] = field(default_factory=dict)
    engines: tuple[str, ...] = BOTH


@dataclass(frozen=True, slots=True)
class Changes:
    """Several changes of one worker, in that order."""

    changes: tuple[Change | None, ...]

    def __call__(self, rung: Rung) -> None:
        for change in self.changes:
            if change:
                change(rung)


def run(scenario: Scenario, database_url: str, change: Change | None, patience: float) -> Toll:
    """Plays it with every worker changed so; what has not ended after `patience` is lost."""
    with LocalSlack(manifest=read_manifest(ROOT / "app.yaml")) as slack:
        stage = Stage(slack, database_url, **HASTE | dict(scenario.settings))
        stage.change, stage.since = change, MONDAY
        try:
            stage.place(scenario.people)
            rude = scenario.play(stage)
            if not stage.settled():
                stage.run_until_settled(patience)
        finally:
            stage.stop()
        assert not slack.refusals, slack.refusals
        return Toll(stage.duplicates(), stage.lost(), rude or 0)


def answer_lost(stage: Stage) -> None:
    """Slack posts, and the line breaks before it can say so."""
    stage.slack.fail_next(POST, lose_answer=True)


def server_error_after(stage: Stage) -> None:
    """Slack posts, and a proxy on the way says 503."""
    stage.slack.fail_next(POST, status=503, after=True)


def reset_before(stage: Stage) -> None:
    """The line breaks before Slack has done anything."""
    stage.slack.fail_next(POST, reset=True)


def fatal_error_before(stage: Stage) -> None:
    """Slack says that it failed, perhaps in the middle of it, and it did nothing."""
    stage.slack.fail_next(POST, error="fatal_error")


def history_lags(stage: Stage) -> None:
    """Slack shows a message late, within the time that it is given."""
    stage.slack.faults.history_lag_s = 2.2
    stage.slack.fail_next(POST, lose_answer=True)


def one_stale_look(stage: Stage) -> None:
    """One look into history does not show what is there, the next does."""
    stage.slack.fail_next(POST, lose_answer=True)
    _hide_for_one_look(stage)


def stale_look_after_a_doubt(stage: Stage) -> None:
    """A first attempt comes to nothing; of the second, one look does not show what is there."""
    stage.slack.fail_next(POST, reset=True)
    stage.slack.fail_next(POST, lose_answer=True)
    _hide_for_one_look(stage)


def killed_after_its_post(stage: Stage) -> None:
    """A worker posts, and ends before it can write that down."""
    stage.start(step=Step.POSTED).join(60)


def killed_before_its_post(stage: Stage) -> None:
    """A worker writes down that it will post, and ends."""
    stage.start(step=Step.GUARD_PASSED).join(60)


def killed_with_its_batch(stage: Stage) -> None:
    """A worker claims a batch, and ends."""
    stage.start(step=Step.BATCH_CLAIMED).join(60)


def asleep_until_others_have_sent(stage: Stage) -> None:
    """A worker sleeps right before the wire until others took over, sent, and were done."""
    sleeper = stage.start(step=Step.SENDING_COMMITTED, freeze=True, rounds=1)
    assert stage.wait_frozen(sleeper), "it never came there"
    stage.run_until_settled()
    stage.wake(sleeper)
    sleeper.join(10)


def woken_while_another_posts(stage: Stage) -> None:
    """The same, but it wakes while another has posted and not written that down yet."""
    sleeper = stage.start(step=Step.SENDING_COMMITTED, freeze=True)
    assert stage.wait_frozen(sleeper), "it never came there"
    other = stage.start(step=Step.POSTED, freeze=True)
    assert stage.wait_frozen(other), "it never came there"
    stage.wake(sleeper)
    stage.wait(stage.settled, 30)


def slow_beside_a_clock_that_is_ahead(stage: Stage) -> None:
    """A worker is slow, but within its lease; the clock of the one beside it is an hour ahead."""
    slow = stage.start(step=Step.GUARD_PASSED, freeze=True, rounds=1)
    assert stage.wait_frozen(slow), "it never came there"
    ahead = stage.start(rounds=30, change=Changes((clock_ahead, stage.change)))
    ahead.join(60)
    stage.wake(slow)
    slow.join(10)


def says_late_that_it_was_sent(stage: Stage) -> None:
    """A worker sleeps after its post, which history hides for too long; it wakes in time."""
    sleeper = stage.start(step=Step.POSTED, freeze=True, rounds=1)
    assert stage.wait_frozen(sleeper), "it never came there"
    _show_from(stage, NEVER)
    doubter = stage.start(step=Step.CHECK_COMMITTED, number=2, freeze=True)
    assert stage.wait_frozen(doubter), "it never came there"
    stage.wake(sleeper)
    sleeper.join(10)
    stage.wake(doubter)


def moved_zone(stage: Stage) -> None:
    """A backup has forgotten who was asked; they fly west, where that time is still to come."""
    stage.start(now=MONDAY, rounds=1).join(60)
    with _backup(stage) as restore:
        stage.run_until_settled()
        restore()
    stage.since = None
    for user in stage.people:
        stage.slack.workspace.person(user).tz = "America/New_York"
    rung = stage.assembled()
    rows = [Placement(user, TRACK, "L3", "", "America/New_York") for user in stage.people]
    rung.people.place_many(rung.identity.team_id, rows, DUE)
    rung.database.close()
    stage.start(now=EVENING, rounds=2).join(60)


def restored_backup(stage: Stage) -> None:
    """A backup of before the messages takes the place of the database that knows of them."""
    stage.start(now=MONDAY, rounds=1).join(60)
    with _backup(stage) as restore:
        stage.run_until_settled()
        restore()
    stage.since = None


def restored_under_a_running_bot(stage: Stage) -> None:
    """The same while a bot runs, which is not the first to look at what was restored."""
    stage.start(now=MONDAY, rounds=1).join(60)
    with _backup(stage) as restore, _moved_clock(stage) as set_clock:
        set_clock(DUE - AN_HOUR)
        running = _by_its_own_clock(stage, pause_seconds=1, since=None)
        set_clock(DUE)
        stage.wait(stage.settled)
        stage.freeze(running)
        restore()
        seen = DUE + AN_HOUR / 30
        stage.start(now=seen, since=None, step=Step.LOOKED_FIRST).join(60)
        stage.wake(running)
        stage.wait(stage.settled, 30)


def throttled(stage: Stage) -> int:
    """Slack asks one worker for some seconds of silence; then another one comes to its work."""
    stage.slack.fail_next(POST, status=429, retry_after=SILENCE_SECONDS)
    with _moved_clock(stage) as set_clock:
        set_clock(DUE - AN_HOUR)
        _by_its_own_clock(stage)
        first = stage.start(rounds=1)
        stage.wait(lambda: stage.slack.faults.met[POST, "throttled"])
        over = datetime.now(UTC) + timedelta(seconds=SILENCE_SECONDS - 0.1)
        first.join(10)
        set_clock(DUE)
        stage.wait(stage.settled, 30)
    return sum(post.at < over for post in stage.slack.posted())


def beyond_the_budget(stage: Stage) -> int:
    """One worker uses up what may be sent at once; another one starts right after it."""
    begun = datetime.now(UTC)
    for _ in range(2):
        stage.start(rounds=1).join(60)
    passed = (datetime.now(UTC) - begun).total_seconds()
    allowed = 1 + int((BURST.total_seconds() + passed) * SLOWLY / 60)
    rude = max(0, len(stage.slack.posted()) - allowed)
    stage.settings["sends_per_minute"] = 100_000
    return rude


def a_crowd_at_once(stage: Stage) -> None:
    """Three workers reach for the same rows."""
    for _ in range(3):
        stage.start()
    stage.wait(stage.settled, 30)


def clock_ahead(_rung: Rung) -> None:
    """The machine's clock, as this worker reads it for leases, is an hour ahead."""

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + AN_HOUR

    store.datetime = Ahead  # type: ignore[misc]


def by_its_own_clock(rung: Rung) -> None:
    """Each beat at the moment that the clock file says, as a bot in service does."""
    tick = rung.tick
    rung.tick = lambda _now: tick(rung.now())  # type: ignore[method-assign]


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario("an answer lost after the post", answer_lost),
        Scenario("503 after the post", server_error_after),
        Scenario("a reset before the post", reset_before),
        Scenario("fatal_error before the post", fatal_error_before),
        Scenario("history lags", history_lags, settings={"settle_seconds": 2.5}),
        Scenario("one stale look", one_stale_look, settings={"recheck_seconds": 1.0}),
        Scenario(
            "a stale look after another doubt",
            stale_look_after_a_doubt,
            settings={"recheck_seconds": 1.0},
        ),
        Scenario("killed after its post", killed_after_its_post),
        Scenario("killed before its post", killed_before_its_post),
        Scenario("killed with its batch", killed_with_its_batch),
        Scenario("asleep until others have sent", asleep_until_others_have_sent),
        Scenario("woken while another posts", woken_while_another_posts),
        Scenario(
            "slow beside a clock that is ahead",
            slow_beside_a_clock_that_is_ahead,
            settings={"lease_seconds": 60.0},
            engines=("postgresql",),
        ),
        Scenario("says late that it was sent", says_late_that_it_was_sent),
        Scenario("moved zone", moved_zone),
        Scenario("a restored backup", restored_backup, people=2),
        Scenario("restored under a running bot", restored_under_a_running_bot, people=2),
        Scenario("throttled", throttled, people=2),
        Scenario("a crowd at once", a_crowd_at_once, people=30, engines=("postgresql",)),
        Scenario(
            "beyond the budget", beyond_the_budget, people=9, settings={"sends_per_minute": SLOWLY}
        ),
    )
}


def _hide_for_one_look(stage: Stage) -> None:
    """Healthy workers beat on while what they posted is hidden from one look into history."""
    worker = stage.start()
    stage.wait(stage.slack.posted)
    _show_from(stage, NEVER)
    seen = len(stage.slack.called(HISTORY))
    stage.wait(lambda: len(stage.slack.called(HISTORY)) > seen)
    _show_from(stage, 0)
    stage.wait(stage.settled, 30)
    stage.kill(worker)


def _by_its_own_clock(stage: Stage, **orders: Any) -> BaseProcess:
    """A worker that follows the clock file, once it has given a sign of life."""
    running = stage.start(change=Changes((by_its_own_clock, stage.change)), **orders)
    stage.wait(lambda: (stage.alive_at() or MONDAY) > MONDAY)
    return running


def _show_from(stage: Stage, moment: float) -> None:
    for user in stage.people:
        for message in stage.slack.dm(user):
            message.shown_from = moment


@contextmanager
def _moved_clock(stage: Stage) -> Iterator[Callable[[datetime], object]]:
    """A clock file for the workers, and how to set it."""
    with TemporaryDirectory() as folder:
        file = stage.settings["clock_file"] = Path(folder) / "clock"

        def set_to(moment: datetime) -> None:
            file.write_text(str((moment - datetime.now(UTC)).total_seconds()), encoding="ascii")

        yield set_to


@contextmanager
def _backup(stage: Stage) -> Iterator[Callable[[], None]]:
    """A backup of the database as it is, and how to put it back in its place."""
    url = make_url(str(stage.settings["database_url"]))
    if url.get_backend_name() == "sqlite":
        live, copy = str(url.database), f"{url.database}.backup"
        _copy(live, copy)
        yield lambda: _copy(copy, live)
        return
    name, admin = url.database, str(url.set(database="postgres").render_as_string(False))
    _on(admin, f"CREATE DATABASE {name}_backup TEMPLATE {name}")
    yield lambda: _on(
        admin,
        f"DROP DATABASE {name} WITH (FORCE)",
        f"CREATE DATABASE {name} TEMPLATE {name}_backup",
    )


def _copy(source: str, target: str) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _on(admin: str, *statements: str) -> None:
    with psycopg.connect(admin, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]
