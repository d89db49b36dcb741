"""An event that Slack sends again is handled once, and a shared Home follows what was saved."""

from __future__ import annotations

import json
import time

from bot.slack.seen import REMEMBERED, Seen
from playground.local_slack import signature, text_of
from tests.bench import Bench


def test_an_event_sent_again_gets_one_answer(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    bench.slack.write("UADA", "hello")
    bench.dm("UADA", 2)
    dm = bench.slack.workspace.dm_of("UADA").id
    event = {"type": "message", "channel": dm, "channel_type": "im", "user": "UADA", "text": "x"}
    body = {
        "type": "event_callback",
        "team_id": bench.bot.identity.team_id,
        "event_id": "Ev123",
        "event": event | {"ts": "1.2"},
    }
    for _ in range(3):
        assert _post(bench, body) == 200
    bench.dm("UADA", 3)
    assert not bench.slack.wait_for(lambda: len(bench.slack.dm("UADA")) > 3, 0.5)


def test_only_the_latest_events_are_remembered() -> None:
    seen = Seen()
    assert seen.is_new("first")
    assert not seen.is_new("first")
    for number in range(REMEMBERED):
        seen.is_new(str(number))
    assert seen.is_new("first")
    assert seen.is_new("") and seen.is_new("")


def test_an_open_home_follows_what_was_saved(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    assert "None yet" in text_of(bench.slack.open_home("UADA"))
    bench.log("UADA", "I wrote the runbook.")
    assert bench.slack.wait_for(
        lambda: "I wrote the runbook." in text_of(bench.slack.home("UADA")), 5
    )


def test_a_home_that_nobody_opened_is_not_published(sqlite_bench: Bench) -> None:
    sqlite_bench.log("UADA", "I wrote the runbook.")
    assert sqlite_bench.slack.called("views.publish") == []


def _post(bench: Bench, body: object) -> int:
    raw, stamp = json.dumps(body).encode(), str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature(bench.slack.signing_secret, stamp, raw),
    }
    status: int = bench.http.post(raw, headers, 5).status
    return status
