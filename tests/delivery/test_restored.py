"""A database that is older than what Slack has: whoever sends looks into history first."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.delivery.model import State
from bot.delivery.pace.store import offices
from bot.delivery.store import parcels
from playground.local_slack import LocalSlack
from tests.delivery.conftest import NOON, Depot

HISTORY = "conversations.history"
YESTERDAY = NOON - timedelta(days=1)


@pytest.fixture
def second(depot: Depot, slack: LocalSlack) -> Iterator[Depot]:
    """Another post office on the database of `depot`, as old as that one."""
    running = Depot(slack, depot.database.engine.url.render_as_string(hide_password=False))
    yield running
    running.database.close()


def restore(depot: Depot, alive_at: datetime | None = YESTERDAY) -> None:
    """Yesterday's backup: nobody had planned anything, and a bot had looked last then."""
    with depot.database.write() as tx:
        tx.execute(parcels.delete())
        tx.execute(offices.update().values(alive_at=alive_at, look_before=alive_at))


@pytest.mark.parametrize("alive_at", [YESTERDAY, None])
def test_what_was_sent_before_the_backup_came_back_is_found_not_sent(
    depot: Depot, alive_at: datetime | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    depot.hand_in("hello")
    depot.send()
    assert "found in the conversation" not in caplog.text
    depot.later(minutes=5)
    depot.send()
    restore(depot, alive_at)
    depot.hand_in("hello", not_before=NOON)
    assert depot.send()[State.SENT] == 1
    assert depot.got() == ["hello"]
    sent = depot.slack.dm("UADA")[0]
    assert [row["message_ts"] for row in depot.rows()] == [sent.ts]
    assert "found in the conversation" in caplog.text


def test_a_bot_that_notices_it_later_than_another_looks_too(depot: Depot, second: Depot) -> None:
    depot.hand_in("hello")
    depot.send()
    for office in (depot, second):
        office.later(minutes=5)
        office.send()
    restore(depot)
    depot.send()  # notices, and gives a new sign of life
    depot.hand_in("hello", not_before=NOON)
    assert second.send()[State.SENT] == 1
    assert depot.got() == ["hello"]


def test_what_was_never_sent_is_sent(depot: Depot) -> None:
    depot.later(minutes=5)
    depot.send()
    restore(depot)
    depot.hand_in("hello", not_before=NOON)
    assert depot.send()[State.SENT] == 1
    assert depot.got() == ["hello"]


def test_a_bot_that_runs_on_looks_for_nothing(depot: Depot) -> None:
    for _ in range(3):
        depot.hand_in(f"at {depot.now}")
        assert depot.send()[State.SENT] == 1
        depot.later(minutes=5)
    assert depot.slack.called(HISTORY) == []


def test_while_slack_does_not_show_what_it_has_nothing_is_sent(depot: Depot) -> None:
    depot.hand_in("hello")
    depot.send()
    depot.later(minutes=5)
    depot.send()
    restore(depot)
    depot.hand_in("hello", not_before=NOON)
    for fault in ({"status": 503}, {"reset": True}, {"error": "fatal_error"}):
        depot.slack.fail_next(HISTORY, **fault)
        assert not depot.send()[State.SENT]
        depot.later(seconds=2)
    assert depot.send()[State.SENT] == 1
    assert depot.got() == ["hello"]
