"""Bad days drawn by chance: the same again under the same seed, and counted."""

from __future__ import annotations

import http.client
import json
from collections import Counter

import pytest

from playground.local_slack import LocalSlack
from playground.local_slack.mix import SPOILT
from tests.playground.caller import Caller
from tests.playground.workspace import ADA, people

POST, HISTORY = "chat.postMessage", "conversations.history"
EVERY_KIND = dict.fromkeys(SPOILT, 0.08)
LOST = ("server_error_after", "reset_after", "cut_short", "not_json")


def outcome(caller: Caller, method: str = POST) -> str:
    """What a caller can tell of one call."""
    try:
        answer = caller.call(method, channel=ADA, text="A nudge", user=ADA)
        body = json.loads(answer.read()) if answer.status == 200 else {}
    except (OSError, http.client.HTTPException, ValueError) as error:
        return type(error).__name__
    return "ok" if body.get("ok") else str(answer.status)


def lived_through(seed: int) -> tuple[list[str], Counter[str], int]:
    """Outcomes of sixty posts, how answers were lost, and how many messages there are."""
    with LocalSlack() as slack:
        people(slack)
        slack.faults.mix(seed, {POST: EVERY_KIND})
        caller = Caller(slack.port, slack.tokens.bot)
        outcomes = [outcome(caller) for _ in range(60)]
        return outcomes, slack.lost_answers(), len(slack.dm(ADA))


def test_the_same_seed_brings_the_same_bad_days() -> None:
    first = lived_through(7)
    assert lived_through(7) == first
    assert lived_through(8)[0] != first[0]


def test_what_was_posted_is_what_was_told_and_what_was_lost() -> None:
    outcomes, lost, messages = lived_through(11)
    assert messages == outcomes.count("ok") + lost.total()
    assert set(lost) == set(LOST), "each way to lose an answer was met"
    assert outcomes.count("IncompleteRead") == lost["cut_short"]
    assert outcomes.count("JSONDecodeError") == lost["not_json"]


@pytest.mark.parametrize("kind", SPOILT)
def test_each_kind_does_what_its_name_says(slack: LocalSlack, kind: str) -> None:
    slack.faults.mix(1, {POST: {kind: 1}})
    assert outcome(Caller(slack.port, slack.tokens.bot)) != "ok"
    assert slack.faults.met == {(POST, kind): 1}
    assert list(slack.lost_answers()) == ([kind] if kind in LOST else [])


def test_only_the_chosen_methods_have_bad_days(slack: LocalSlack) -> None:
    slack.faults.mix(3, {"dnd.*": {"throttled": 1}, HISTORY: {"reset_before": 1}})
    caller = Caller(slack.port, slack.tokens.bot)
    assert outcome(caller, "dnd.info") == "429"
    assert outcome(caller, HISTORY) == "ConnectionResetError"
    assert [outcome(caller, method) for method in (POST, "users.info")] == ["ok", "ok"]


def test_slowness_comes_on_top_of_a_lost_answer(slack: LocalSlack) -> None:
    odds = {"reset_after": 1, "slow_before": 1, "slow_after": 1}
    slack.faults.mix(3, {POST: odds}, slow_s=(0.01, 0.02))
    assert outcome(Caller(slack.port, slack.tokens.bot)) == "ConnectionResetError"
    assert slack.faults.met == {(POST, kind): 1 for kind in odds}


def test_a_share_of_the_messages_comes_late_into_the_history(slack: LocalSlack) -> None:
    slack.faults.mix(5, {}, lagging=0.5, lag_s=(60, 90))
    caller = Caller(slack.port, slack.tokens.bot)
    for _ in range(30):
        caller.json(POST, channel=ADA, text="A nudge")
    room = slack.workspace.dm_of(ADA).id
    assert 0 < len(caller.json(HISTORY, channel=room)["messages"]) < 30
    assert len(slack.dm(ADA)) == 30


def test_a_mix_that_cannot_be_is_refused(slack: LocalSlack) -> None:
    with pytest.raises(ValueError, match="no fault \\['earthquake'\\]"):
        slack.faults.mix(1, {POST: {"earthquake": 0.1}})
    with pytest.raises(ValueError, match="more than one"):
        slack.faults.mix(1, {POST: {"reset_before": 0.6, "reset_after": 0.6}})
