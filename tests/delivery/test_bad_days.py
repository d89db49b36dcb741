"""What Slack and the network do to a parcel: never two posts, and whatever is sure is repeated."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.model import State
from bot.delivery.post_office import CUT_SHORT_AFTER
from playground.local_slack import LocalSlack
from tests.delivery.conftest import Depot
from tests.postgres import free_port

POST = "chat.postMessage"


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
    assert sqlite_depot.send() == {State.READY: 1}, "the second is not even tried"
    sqlite_depot.later(minutes=1, seconds=1)
    assert sqlite_depot.send()[State.SENT] == 2
    assert sqlite_depot.got() == ["hello"]


@pytest.mark.parametrize(
    "fault",
    [{"lose_answer": True}, {"reset": True}, {"status": 500}, {"status": 503}],
    ids=["posted, answer lost", "reset before it was posted", "500", "503"],
)
def test_an_end_that_leaves_doubt_is_never_repeated(depot: Depot, fault: dict[str, Any]) -> None:
    depot.hand_in("hello")
    depot.slack.fail_next(POST, **fault)
    assert depot.send() == {State.UNCONFIRMED: 1}
    for _ in range(3):
        depot.later(minutes=10)
        assert not depot.send()
    assert len(depot.got()) == (1 if "lose_answer" in fault else 0)


def test_an_answer_that_comes_too_late_is_in_doubt_and_the_message_is_there_once(
    slack: LocalSlack, tmp_path: Path
) -> None:
    depot = Depot(slack, f"sqlite:///{tmp_path}/rung.db")
    depot.client.timeout = 1
    depot.hand_in("slow")
    slack.fail_next(POST, delay_s=1.3)
    assert depot.send() == {State.UNCONFIRMED: 1}
    assert slack.wait_for(lambda: depot.got() == ["slow"], 3)
    depot.later(minutes=10)
    depot.send()
    assert depot.got() == ["slow"]
    depot.database.close()


def test_a_connection_that_was_never_made_is_tried_again(slack: LocalSlack, tmp_path: Path) -> None:
    depot = Depot(
        slack, f"sqlite:///{tmp_path}/rung.db", api_url=f"http://127.0.0.1:{free_port()}/api/"
    )
    depot.hand_in("hello")
    assert depot.send() == {State.READY: 1}
    depot.client.base_url = slack.api_url
    depot.later(seconds=31)
    assert depot.send()[State.SENT] == 1
    assert depot.got() == ["hello"]
    depot.database.close()


def test_a_connection_that_broke_in_any_other_way_is_in_doubt(sqlite_depot: Depot) -> None:
    depot = sqlite_depot
    depot.hand_in("hello")
    depot.client.base_url = depot.slack.api_url.replace("http://", "https://")
    assert depot.send() == {State.UNCONFIRMED: 1}
    depot.client.base_url = depot.slack.api_url
    depot.later(minutes=10)
    assert not depot.send()


def test_a_process_that_died_during_the_attempt_leaves_doubt_and_no_second_post(
    depot: Depot,
) -> None:
    parcel = depot.hand_in("hello")
    depot.hand_in("unharmed", "UBEN")
    assert depot.claim(parcel)
    depot.later(seconds=CUT_SHORT_AFTER.total_seconds() - 1)
    depot.send()
    assert depot.states() == {"hello": "sending", "unharmed": "sent"}, "it may still be at it"
    depot.later(seconds=2)
    depot.send()
    assert depot.states()["hello"] == "unconfirmed"
    assert depot.got() == []


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
    assert sorted(depot.got()) == sorted(f"message {number}" for number in range(20))
