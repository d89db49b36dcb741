"""What Slack and the network do to a parcel: never two posts, and whatever is sure is repeated."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import store, wire
from bot.delivery.model import State
from playground.local_slack import LocalSlack
from tests.delivery.conftest import Depot
from tests.postgres import free_port

POST = "chat.postMessage"
HISTORY = "conversations.history"


def test_too_many_requests_pause_everybody_until_retry_after_and_then_send_once(
    depot: Depot,
) -> None:
    depot.hand_in("first")
    depot.hand_in("second", "UBEN")
    depot.slack.fail_next(POST, status=429, retry_after=30)
    assert depot.send()[State.SENT] == 0
    depot.later(seconds=29)
    assert depot.send()[State.SENT] == 0, "still paused"
    assert depot.slack.called(POST) == []
    depot.later(seconds=2)
    assert depot.send()[State.SENT] == 2
    assert (depot.got("UADA"), depot.got("UBEN")) == (["first"], ["second"])


def test_a_retry_after_beyond_all_calendars_is_a_pause_of_a_day(sqlite_depot: Depot) -> None:
    sqlite_depot.hand_in("hello", expires_at=sqlite_depot.now + timedelta(days=2))
    sqlite_depot.slack.fail_next(POST, status=429, retry_after=10**30)
    sqlite_depot.send()
    sqlite_depot.later(hours=23)
    assert not sqlite_depot.send()
    sqlite_depot.later(hours=1, seconds=1)
    assert sqlite_depot.send()[State.SENT] == 1


@pytest.mark.parametrize("code", ["user_disabled", "channel_not_found", "cannot_dm_bot"])
def test_an_error_about_one_person_ends_that_parcel_alone(sqlite_depot: Depot, code: str) -> None:
    sqlite_depot.hand_in("a", "UADA")
    sqlite_depot.hand_in("b", "UBEN")
    sqlite_depot.slack.fail_next(POST, error=code)
    assert sqlite_depot.send() == {State.FAILED: 1, State.SENT: 1}
    sqlite_depot.later(minutes=10)
    assert not sqlite_depot.send(), "it is never tried again"
    assert [row["reason"] for row in sqlite_depot.rows() if row["state"] == "failed"] == [code]


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
def test_an_error_about_the_workspace_keeps_the_parcel_and_pauses(
    sqlite_depot: Depot, code: str
) -> None:
    sqlite_depot.hand_in("hello")
    sqlite_depot.hand_in("also", "UBEN")
    sqlite_depot.slack.fail_next(POST, error=code)
    assert not sqlite_depot.send()[State.SENT], "the second is not even tried"
    assert len(sqlite_depot.slack.called(POST)) == 0
    sqlite_depot.later(minutes=1, seconds=1)
    assert sqlite_depot.send()[State.SENT] == 2
    assert sqlite_depot.got() == ["hello"]


LOST = {
    "posted, answer lost": {"lose_answer": True},
    "reset before it was posted": {"reset": True},
    "500": {"status": 500},
    "503": {"status": 503},
    "internal_error": {"error": "internal_error"},
}


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
def test_an_end_that_leaves_doubt_is_looked_up_and_ends_with_one_message(
    depot: Depot, fault: dict[str, Any]
) -> None:
    depot.hand_in("hello")
    depot.slack.fail_next(POST, **fault)
    assert not depot.send()[State.SENT]
    assert depot.states() == {"hello": "unknown"}
    depot.later(seconds=119)
    assert not depot.send(), "Slack has time to show it"
    assert depot.slack.called(HISTORY) == []
    depot.later(seconds=1)
    depot.send()
    depot.later(seconds=60)
    depot.send()
    assert depot.states() == {"hello": "sent"}
    assert depot.got() == ["hello"]
    assert len(depot.slack.called(HISTORY)) == (1 if "lose_answer" in fault else 2)


def test_a_long_conversation_makes_no_doubt_of_what_is_not_among_its_newest_messages(
    depot: Depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "PAGE", 1)
    monkeypatch.setattr(wire, "MOST_PAGES", 2)
    for subject in ("one", "two", "three"):
        depot.hand_in(subject)
        depot.send()
    depot.hand_in("hello")
    depot.slack.fail_next(POST, reset=True)
    depot.send()
    for seconds in (120, 60):
        depot.later(seconds=seconds)
        depot.send()
    assert depot.states()["hello"] == "sent"
    assert depot.got() == ["one", "two", "three", "hello"]
    assert len(depot.slack.called(HISTORY)) == 4


def test_one_look_that_sees_nothing_is_not_believed(depot: Depot) -> None:
    depot.hand_in("hello")
    depot.slack.fail_next(POST, lose_answer=True)
    depot.slack.faults.history_lag_s = 1.5
    depot.send()
    depot.later(seconds=120)
    depot.send()
    assert depot.states() == {"hello": "unknown"}
    time.sleep(1.6)  # now Slack shows it
    depot.later(seconds=60)
    depot.send()
    assert depot.states() == {"hello": "sent"}
    assert depot.got() == ["hello"]


def test_what_never_arrived_expires_when_its_window_closed_meanwhile(sqlite_depot: Depot) -> None:
    depot = sqlite_depot
    depot.hand_in("hello", expires_at=depot.now + timedelta(minutes=2))
    depot.slack.fail_next(POST, reset=True)
    for _ in range(5):
        depot.send()
        depot.later(minutes=1)
    assert depot.states() == {"hello": "expired"}
    assert depot.got() == []


@pytest.mark.parametrize("code", ["channel_not_found", "user_disabled"])
def test_what_cannot_be_looked_up_is_unconfirmed_and_never_sent_again(
    depot: Depot, code: str
) -> None:
    depot.hand_in("hello")
    depot.slack.fail_next(POST, lose_answer=True)
    depot.send()
    depot.slack.fail_next(HISTORY, error=code)
    depot.later(minutes=2)
    assert depot.send() == {State.UNCONFIRMED: 1}
    for _ in range(3):
        depot.later(minutes=10)
        assert not depot.send()
    assert depot.got() == ["hello"]


def test_a_doubt_is_looked_up_also_where_the_conversation_cannot_be_opened_again(
    depot: Depot,
) -> None:
    depot.hand_in("hello")
    depot.slack.fail_next(POST, lose_answer=True)
    depot.send()
    depot.slack.fail_next("conversations.open", error="user_disabled", times=9)
    depot.later(minutes=2)
    depot.send()
    assert depot.states() == {"hello": "sent"}


def test_a_doubt_waits_for_as_long_as_slack_is_away(depot: Depot) -> None:
    depot.hand_in("hello")
    depot.slack.fail_next(POST, lose_answer=True)
    depot.send()
    for fault in ({"status": 503}, {"reset": True}, {"status": 429, "retry_after": 50}):
        depot.slack.fail_next(HISTORY, **fault)
        depot.later(minutes=2)
        depot.send()
        assert depot.states() == {"hello": "unknown"}
    depot.later(minutes=2)
    depot.send()
    assert depot.states() == {"hello": "sent"}


def test_an_answer_that_comes_too_late_is_in_doubt_and_the_message_is_there_once(
    slack: LocalSlack, tmp_path: Path
) -> None:
    depot = Depot(slack, f"sqlite:///{tmp_path}/rung.db")
    depot.client.timeout = 1
    depot.hand_in("slow")
    slack.fail_next(POST, delay_s=1.3)
    depot.send()
    assert depot.states() == {"slow": "unknown"}
    assert slack.wait_for(lambda: depot.got() == ["slow"], 3)
    depot.later(minutes=10)
    depot.send()
    assert depot.states() == {"slow": "sent"}
    assert depot.got() == ["slow"]
    depot.database.close()


def test_a_connection_that_was_never_made_is_tried_again(slack: LocalSlack, tmp_path: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/api/"
    depot = Depot(slack, f"sqlite:///{tmp_path}/rung.db", api_url=nowhere)
    depot.hand_in("hello")
    depot.send()
    assert depot.states() == {"hello": "ready"}
    depot.client.base_url = slack.api_url
    depot.later(seconds=31)
    assert depot.send()[State.SENT] == 1
    depot.hand_in("again")
    depot.client.base_url = nowhere
    depot.send()
    assert depot.states()["again"] == "ready", "also where the channel was known already"
    depot.client.base_url = slack.api_url
    depot.later(seconds=31)
    depot.send()
    assert depot.got() == ["hello", "again"]
    depot.database.close()


def test_a_person_whose_messages_cannot_be_opened_for_now_holds_up_nobody(depot: Depot) -> None:
    depot.hand_in("a")
    depot.hand_in("b", "UBEN")
    depot.slack.fail_next("conversations.open", status=500)
    assert depot.send()[State.SENT] == 1
    depot.later(seconds=2)
    assert depot.send()[State.SENT] == 1
    assert (depot.got("UADA"), depot.got("UBEN")) == (["a"], ["b"])


def test_a_process_that_died_during_the_attempt_leaves_a_doubt_that_history_settles(
    depot: Depot,
) -> None:
    parcel = depot.hand_in("hello")
    depot.hand_in("unharmed", "UBEN")
    assert depot.claim(parcel)
    depot.later(seconds=119)
    depot.send()
    assert depot.states() == {"hello": "sending", "unharmed": "sent"}, "it may still be at it"
    depot.later(seconds=1)
    depot.send()
    assert depot.states()["hello"] == "unknown"
    for seconds in (120, 60):
        assert depot.got() == []
        depot.later(seconds=seconds)
        depot.send()
    assert depot.got() == ["hello"]


def test_a_process_that_died_before_it_began_leaves_nothing_but_a_short_wait(depot: Depot) -> None:
    parcel = depot.hand_in("hello")
    with depot.database.write() as tx:
        assert store.claim_one(tx, parcel, depot.desk.lease(depot.wall))
    depot.later(seconds=119)
    assert not depot.send()
    depot.later(seconds=1)
    assert depot.send()[State.SENT] == 1
    assert depot.got() == ["hello"]


def test_leases_go_by_real_time_whatever_the_bots_clock_says(depot: Depot) -> None:
    depot.claim(depot.hand_in("hello"))
    depot.now += timedelta(days=30)
    depot.send()
    assert depot.states() == {"hello": "sending"}


def test_a_parcel_can_be_claimed_by_one_process_only(depot: Depot) -> None:
    parcel = depot.hand_in("hello")
    assert [depot.claim(parcel), depot.claim(parcel)] == [True, False]


def test_two_heartbeats_at_the_same_moment_send_everything_once(depot: Depot) -> None:
    for number in range(20):
        depot.hand_in(f"message {number}")
    beats = [threading.Thread(target=depot.send) for _ in range(3)]
    for beat in beats:
        beat.start()
    for beat in beats:
        beat.join(30)
    depot.send()
    assert sorted(depot.got()) == sorted(f"message {number}" for number in range(20))
