"""How fast and how often: one budget and one pause for all, told to the operator once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.model import Patience, State
from bot.delivery.pace.model import Pace
from playground.local_slack import LocalSlack
from tests.delivery.conftest import Depot

START = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
MINUTE = timedelta(seconds=60)
POST = "chat.postMessage"
HISTORY = "conversations.history"
SLOW = Patience(sends_per_minute=2)
"""Half of a minute's budget at once, and the message that uses it up: two, then one in 30 s."""


@pytest.fixture
def second(depot: Depot, slack: LocalSlack) -> Iterator[Depot]:
    """Another post office on the database of `depot`."""
    running = Depot(slack, depot.database.engine.url.render_as_string(hide_password=False))
    yield running
    running.database.close()


@given(
    st.sampled_from([1, 2, 30, 60, 600]),
    st.lists(st.integers(0, 20_000), min_size=1, max_size=400),
)
def test_no_minute_takes_more_than_half_a_minutes_burst_beyond_its_budget(
    per_minute: int, waits: list[int]
) -> None:
    pace, now, sent = Pace(), START, []
    for wait in waits:
        now += timedelta(milliseconds=wait * 60 / per_minute / 10)
        if pace.allows(now):
            pace = pace.spent(now, per_minute)
            sent.append(now)
    most = max(sum(first <= at < first + MINUTE for at in sent) for first in sent)
    assert most <= per_minute * 1.5 + 1


@given(st.sampled_from([1, 2, 30, 60, 600]), st.integers(30, 10_000))
def test_whoever_waits_for_as_long_as_the_budget_asks_is_never_held_up(
    per_minute: int, waited: int
) -> None:
    pace, now = Pace(), START
    for _ in range(100):
        assert pace.allows(now)
        pace = pace.spent(now, per_minute)
        now += MINUTE / per_minute * (waited / 30)


def test_a_burst_is_half_of_what_a_minute_has() -> None:
    pace, sent = Pace(), 0
    while pace.allows(START):
        pace, sent = pace.spent(START, 600), sent + 1
    assert sent == 301


def test_a_pause_holds_to_its_end_and_a_shorter_one_does_not_cut_it() -> None:
    pace = Pace().paused(START + MINUTE, "invalid_auth").paused(START + MINUTE / 2, "ratelimited")
    assert not pace.allows(START + MINUTE - timedelta(microseconds=1))
    assert pace.allows(START + MINUTE)


def test_what_slack_asked_one_for_all_are_silent(depot: Depot, second: Depot) -> None:
    depot.hand_in("hello")
    depot.hand_in("also", "UBEN")
    depot.slack.fail_next(POST, status=429, retry_after=30)
    assert not depot.send()[State.SENT]
    second.later(seconds=29)
    assert not second.send()
    assert depot.slack.called(POST) == []
    second.later(seconds=2)
    assert second.send()[State.SENT] == 2
    assert (depot.got("UADA"), depot.got("UBEN")) == (["hello"], ["also"])


def test_all_have_one_budget(depot: Depot, second: Depot) -> None:
    depot.desk.patience = second.desk.patience = SLOW
    for number in range(4):
        depot.hand_in(f"message {number}")
    assert depot.send()[State.SENT] == 2
    assert not second.send()[State.SENT]
    second.later(seconds=30)
    assert second.send()[State.SENT] == 1
    depot.later(seconds=30)
    assert not depot.send()[State.SENT]
    depot.later(seconds=30)
    assert depot.send()[State.SENT] == 1
    assert len(set(depot.got())) == len(depot.got()) == 4


def test_whom_the_budget_holds_up_is_free_for_others_at_once(sqlite_depot: Depot) -> None:
    depot = sqlite_depot
    depot.desk.patience = SLOW

    def running(_tx: object) -> datetime:
        depot.wall += timedelta(seconds=8)
        return depot.wall

    depot.desk.real_time = running
    for number in range(6):
        depot.hand_in(f"message {number}")
    depot.send()
    assert set(depot.states().values()) <= {"ready", "sent"}


def test_what_is_sent_at_once_waits_under_a_pause_and_goes_with_the_next_beat(
    depot: Depot,
) -> None:
    depot.hand_in("first")
    depot.slack.fail_next(POST, status=429, retry_after=30)
    depot.send()
    parcel = depot.hand_in("at once", "UBEN")
    depot.office.send_at_once(parcel, depot.now)
    assert depot.got("UBEN") == []
    depot.later(seconds=31)
    depot.office.send_at_once(parcel, depot.now)
    assert depot.got("UBEN") == ["at once"]
    assert depot.send()[State.SENT] == 1
    assert (depot.got("UADA"), depot.got("UBEN")) == (["first"], ["at once"])


def test_the_operator_is_told_once_and_again_only_when_it_had_worked_in_between(
    depot: Depot, second: Depot, caplog: pytest.LogCaptureFixture
) -> None:
    def told() -> int:
        return caplog.text.count("refused reason=invalid_auth")

    depot.hand_in("hello")
    for times in (1, 1, 1):
        depot.slack.fail_next(POST, error="invalid_auth")
        depot.send()
        assert told() == times
        depot.later(seconds=61)
        second.wall = depot.wall
    assert second.send()[State.SENT] == 1, "the token was put right"
    depot.hand_in("again")
    depot.slack.fail_next(POST, error="invalid_auth")
    depot.send()
    assert told() == 2
    depot.later(seconds=61)
    assert depot.send()[State.SENT] == 1


def test_doubts_are_not_looked_up_under_a_pause(sqlite_depot: Depot) -> None:
    depot = sqlite_depot
    for user in ("UADA", "UBEN", "UMIA"):
        depot.hand_in("hello", user)
        depot.slack.fail_next(POST, lose_answer=True)
    depot.send()
    depot.later(minutes=2)
    depot.slack.fail_next(HISTORY, status=429, retry_after=30)
    depot.send()
    assert depot.slack.called(HISTORY) == [], "Slack is asked once, and says no"
    assert {row["state"] for row in depot.rows()} == {"unknown"}
    depot.later(minutes=2)
    assert depot.send()[State.SENT] == 3


def test_who_may_not_read_history_holds_up_nobody_and_sends_nothing_twice(
    sqlite_depot: Depot,
) -> None:
    depot = sqlite_depot
    depot.hand_in("lost")
    depot.slack.fail_next(POST, lose_answer=True)
    depot.send()
    depot.slack.fail_next(HISTORY, error="missing_scope", times=1000)
    depot.later(minutes=2)
    depot.hand_in("hello", "UBEN")
    assert depot.send()[State.SENT] == 1
    for _ in range(60):
        depot.later(minutes=1)
        depot.send()
    assert depot.states() == {"lost": "unconfirmed", "hello": "sent"}
    assert depot.got() == ["lost"]
