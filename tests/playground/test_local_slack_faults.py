"""What a bad day of Slack is on the wire, and what had really happened meanwhile."""

from __future__ import annotations

import errno
import http.client
import json
from typing import Any

import pytest

from playground.local_slack import LocalSlack
from tests.playground.caller import Caller
from tests.playground.workspace import ADA

POST, HISTORY = "chat.postMessage", "conversations.history"


@pytest.fixture
def caller(slack: LocalSlack) -> Caller:
    return Caller(slack.port, slack.tokens.bot)


def post(caller: Caller, timeout_s: float = 10) -> tuple[int, Any]:
    answer = caller.call(POST, timeout_s, channel=ADA, text="A nudge")
    return answer.status, answer


def told(slack: LocalSlack) -> list[str]:
    return [each.answer_lost for each in slack.posted()]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("after", [False, True])
def test_a_server_error_comes_before_or_after_the_post(
    slack: LocalSlack, caller: Caller, status: int, after: bool
) -> None:
    slack.fail_next(POST, status=status, after=after)
    assert post(caller)[0] == status
    assert told(slack) == (["server_error_after"] if after else [])
    assert len(slack.dm(ADA)) == len(told(slack))


@pytest.mark.parametrize("after", [False, True])
def test_a_reset_is_a_real_one_before_or_after_the_post(
    slack: LocalSlack, caller: Caller, after: bool
) -> None:
    slack.fail_next(POST, reset=True, after=after)
    with pytest.raises(ConnectionResetError) as raised:
        post(caller)
    assert raised.value.errno == errno.ECONNRESET, "not merely hung up"
    assert told(slack) == (["reset_after"] if after else [])


def test_half_an_answer_promises_the_whole(slack: LocalSlack, caller: Caller) -> None:
    slack.fail_next(POST, cut_short=True)
    status, answer = post(caller)
    with pytest.raises(http.client.IncompleteRead) as raised:
        answer.read()
    half = raised.value.partial.decode()
    assert status == 200 and half.startswith('{"ok":true')
    assert len(half) + int(raised.value.expected or 0) == int(answer.headers["Content-Length"])
    assert abs(len(half) - int(raised.value.expected or 0)) <= 1
    assert told(slack) == ["cut_short"]


def test_a_page_instead_of_json_looks_like_a_success(slack: LocalSlack, caller: Caller) -> None:
    slack.fail_next(POST, not_json=True)
    status, answer = post(caller)
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.read())
    assert (status, told(slack)) == (200, ["not_json"])


@pytest.mark.parametrize("seconds", [3, None])
@pytest.mark.parametrize("method", [POST, HISTORY, "conversations.open", "dnd.info"])
def test_throttling_names_its_seconds_or_does_not(
    slack: LocalSlack, caller: Caller, method: str, seconds: int | None
) -> None:
    slack.fail_next(method, status=429, retry_after=seconds)
    answer = caller.call(method, channel=ADA, text="A nudge", user=ADA, users=ADA)
    assert (answer.status, json.loads(answer.read())["error"]) == (429, "ratelimited")
    assert answer.headers["Retry-After"] == (str(seconds) if seconds else None)
    assert told(slack) == []


def test_what_slack_does_after_the_caller_gave_up_still_happens(
    slack: LocalSlack, caller: Caller
) -> None:
    slack.fail_next(POST, delay_s=0.5)
    with pytest.raises(TimeoutError):
        post(caller, timeout_s=0.1)
    assert slack.posted() == []
    assert slack.wait_for(slack.posted)
    assert slack.wait_for(lambda: told(slack) == ["unread"])


def test_a_slow_answer_is_of_a_message_that_is_there(slack: LocalSlack, caller: Caller) -> None:
    slack.fail_next(POST, answer_delay_s=0.5)
    with pytest.raises(TimeoutError):
        post(caller, timeout_s=0.3)
    assert len(slack.dm(ADA)) == 1
    assert slack.wait_for(lambda: told(slack) == ["unread"])
    slack.fail_next(POST, answer_delay_s=0.05)
    assert post(caller)[0] == 200
    assert told(slack) == ["unread", ""], "that one was read"


def test_history_has_bad_days_too(slack: LocalSlack, caller: Caller) -> None:
    slack.fail_next(HISTORY, status=503)
    slack.fail_next(HISTORY, reset=True)
    slack.fail_next(HISTORY, cut_short=True)
    slack.fail_next(HISTORY, delay_s=0.5)
    room = slack.workspace.dm_of(ADA).id
    assert caller.call(HISTORY, channel=room).status == 503
    with pytest.raises(ConnectionResetError):
        caller.call(HISTORY, channel=room)
    with pytest.raises(http.client.IncompleteRead):
        caller.call(HISTORY, channel=room).read()
    with pytest.raises(TimeoutError):
        caller.call(HISTORY, 0.1, channel=room)
    assert caller.json(HISTORY, channel=room)["ok"]


def test_history_shows_a_message_later_than_people_see_it(
    slack: LocalSlack, caller: Caller
) -> None:
    slack.faults.history_lag_s = 1.5
    room = caller.json(POST, channel=ADA, text="A nudge")["channel"]
    assert caller.json(HISTORY, channel=room)["messages"] == []
    assert caller.json("conversations.replies", channel=room, ts="1")["error"] == "thread_not_found"
    assert [message.text for message in slack.dm(ADA)] == ["A nudge"]
    assert slack.wait_for(lambda: caller.json(HISTORY, channel=room)["messages"])


def test_each_message_lags_by_itself(slack: LocalSlack, caller: Caller) -> None:
    slack.faults.history_lag_s = 60
    caller.json(POST, channel=ADA, text="late")
    slack.faults.calm()
    room = caller.json(POST, channel=ADA, text="at once")["channel"]
    shown = caller.json(HISTORY, channel=room)["messages"]
    assert [message["text"] for message in shown] == ["at once"]


def test_calm_ends_what_was_planned(slack: LocalSlack, caller: Caller) -> None:
    slack.fail_next(POST, status=500, times=5)
    slack.faults.mix(1, {POST: {"reset_before": 1}})
    assert post(caller)[0] == 500
    slack.faults.calm()
    assert post(caller)[0] == 200
    assert slack.faults.met == {(POST, "server_error_before"): 1}
