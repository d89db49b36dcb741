"""Slack's Do Not Disturb: polite kinds wait for its end, all others do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.delivery.model import State
from playground.local_slack import LocalSlack
from tests.delivery.conftest import KIND, Depot

ONE, SEVERAL = "dnd.info", "dnd.teamInfo"


@pytest.fixture
def polite(depot: Depot) -> Depot:
    """A post office that disturbs nobody."""
    depot.office.learn(KIND, depot.office._desk.kinds[KIND].render, polite=True)
    return depot


@pytest.fixture
def second(polite: Depot, slack: LocalSlack) -> Iterator[Depot]:
    """Another one on its database, which asks nobody."""
    running = Depot(slack, polite.database.engine.url.render_as_string(hide_password=False))
    yield running
    running.database.close()


def quiet(depot: Depot, user: str = "UADA", **until: float) -> datetime:
    """From an hour ago until then."""
    end = depot.now + timedelta(**until)
    depot.slack.set_dnd(user, depot.now - timedelta(hours=1), end)
    return end


def test_a_polite_parcel_waits_until_it_ends(polite: Depot) -> None:
    quiet(polite, minutes=20)
    polite.hand_in("hello")
    polite.hand_in("also", "UBEN")
    assert polite.send()[State.SENT] == 1
    polite.later(minutes=19)
    assert not polite.send()
    polite.later(minutes=1)
    assert polite.send()[State.SENT] == 1
    assert (polite.got("UADA"), polite.got("UBEN")) == (["hello"], ["also"])


def test_one_whose_window_would_be_over_by_then_expires_and_says_why(polite: Depot) -> None:
    quiet(polite, hours=1)
    polite.hand_in("hello")
    assert polite.send() == {State.EXPIRED: 1}
    assert [row["reason"] for row in polite.rows()] == [
        "Do Not Disturb lasted until its window closed"
    ]
    polite.later(hours=2)
    assert not polite.send()
    assert polite.got() == []


def test_what_is_not_polite_is_sent_and_slack_not_even_asked(depot: Depot) -> None:
    quiet(depot, hours=1)
    depot.hand_in("your data is gone")
    assert depot.send()[State.SENT] == 1
    assert depot.slack.called(ONE) == depot.slack.called(SEVERAL) == []


def test_one_that_begins_later_disturbs_nobody_now(polite: Depot) -> None:
    polite.slack.set_dnd("UADA", polite.now + timedelta(minutes=1), polite.now + timedelta(hours=9))
    polite.hand_in("hello")
    assert polite.send()[State.SENT] == 1


def test_where_slack_cannot_tell_of_several_it_is_asked_of_each(polite: Depot) -> None:
    quiet(polite, minutes=20)
    polite.hand_in("hello")
    polite.hand_in("also", "UBEN")
    polite.slack.fail_next(SEVERAL, error="unknown_method")
    assert polite.send()[State.SENT] == 1
    assert [call["user"] for call in polite.slack.called(ONE)] == ["UADA", "UBEN"]
    assert (polite.got("UADA"), polite.got("UBEN")) == ([], ["also"])


@pytest.mark.parametrize(("method", "users"), [(ONE, ["UADA"]), (SEVERAL, ["UADA", "UBEN"])])
@pytest.mark.parametrize("fault", [{"error": "missing_scope"}, {"status": 500}, {"reset": True}])
def test_where_slack_does_not_say_everybody_is_sent_what_is_due(
    polite: Depot, method: str, users: list[str], fault: dict[str, object]
) -> None:
    for user in users:
        polite.hand_in("hello", user)
    polite.slack.fail_next("dnd.teamInfo", **fault)
    polite.slack.fail_next("dnd.info", times=5, **fault)
    assert polite.send()[State.SENT] == len(users), method


def test_too_many_questions_pause_everybody(polite: Depot, second: Depot) -> None:
    polite.hand_in("hello")
    polite.slack.fail_next(ONE, status=429, retry_after=30)
    assert not polite.send()
    assert polite.states() == {"hello": "ready"}
    second.later(seconds=29)
    assert not second.send()
    second.later(seconds=2)
    assert second.send()[State.SENT] == 1
    assert polite.got() == ["hello"]


MINUTE = timedelta(minutes=1)
NIGHTS = st.lists(st.tuples(st.integers(-30, 90), st.integers(1, 60)), max_size=3)
"""Each Do Not Disturb as its beginning, in minutes from the slot, and its length."""


def slow_answer(opens: int, closes: int, nights: list[tuple[int, int]]) -> list[int]:
    """The first minute of the window in which nothing holds it back, looked at one by one."""
    free = [
        minute
        for minute in range(opens, closes)
        if not any(start <= minute < start + length for start, length in nights)
    ]
    return free[:1]


def told_at(minute: int, nights: list[tuple[int, int]]) -> tuple[int, int] | None:
    """What Slack says then: the one that goes on, or else the next."""
    ahead = [(start, start + length) for start, length in nights if start + length > minute]
    return min(ahead, default=None)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(opens=st.integers(0, 10), length=st.integers(1, 60), nights=NIGHTS)
def test_it_is_sent_in_the_first_free_minute_of_its_window_or_not_at_all(
    sqlite_depot: Depot, opens: int, length: int, nights: list[tuple[int, int]]
) -> None:
    depot, start, closes = sqlite_depot, sqlite_depot.now, opens + length
    depot.office.learn(KIND, depot.office._desk.kinds[KIND].render, polite=True)
    subject = f"at {start.isoformat()}"
    window = {"not_before": start + opens * MINUTE, "expires_at": start + closes * MINUTE}
    depot.hand_in(subject, **window)
    sent = []
    for minute in range(closes + 1):
        night = told_at(minute, nights)
        moments = [start + each * MINUTE for each in night] if night else [None]
        depot.slack.set_dnd("UADA", *moments)
        sent += [minute] * depot.send()[State.SENT]
        depot.later(minutes=1)
    assert sent == slow_answer(opens, closes, nights)
    assert depot.states()[subject] == ("sent" if sent else "expired")
