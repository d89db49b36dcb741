"""What operators can count under /metrics: the workspace's parcels and Slack's requests."""

from __future__ import annotations

import re
import threading
import time

import pytest

from bot import VERSION
from bot.heartbeat import Beat, start_heartbeat
from bot.slack.turn import Turn
from tests.bench import PATIENCE_SECONDS, ROOT, Bench
from tests.exposed import counts, names, scrape
from tests.privacy.week import live_a_week
from tests.processes import soon

THURSDAY = "2026-12-03T11:40:00+01:00"


def answers(bench: Bench, request: str) -> float:
    return counts(bench.url)[f"rung_acknowledgement_seconds_count request={request}"]


def test_a_bot_with_nothing_to_do_says_so(bench: Bench) -> None:
    found = counts(bench.url)
    assert found["rung_ready"] == found["rung_database_up"] == 1
    assert found[f"rung_build_info version={VERSION}"] == 1
    for name in ("due", "oldest_due_age_seconds", "unconfirmed", "waiting state=ready"):
        assert found[f"rung_parcels_{name}"] == 0
    assert not [each for each in found if each.startswith("rung_paused_until")]


def test_what_is_due_is_read_from_the_database_by_the_bots_clock(bench: Bench) -> None:
    bench.place("UADA")
    bench.set_clock("2026-12-03T11:40:00+01:00")
    bench.bot.nudges.plan_due(bench.bot.now())
    bench.set_clock("2026-12-03T11:55:00+01:00")
    found = counts(bench.url)
    assert found["rung_parcels_due"] == found["rung_parcels_waiting state=ready"] == 1
    assert found["rung_parcels_oldest_due_age_seconds"] > 0


def test_what_was_sent_is_counted_by_its_kind_and_how_late_it_was(sqlite_bench: Bench) -> None:
    sqlite_bench.place("UADA")
    assert sqlite_bench.tick(THURSDAY) == 1
    found = counts(sqlite_bench.url)
    assert found["rung_parcels_sent_total kind=nudge"] == 1
    assert found["rung_parcels_ended_total kind=nudge state=sent"] == 1
    assert found["rung_parcel_lateness_seconds_count kind=nudge"] == 1
    assert 0 <= found["rung_parcel_lateness_seconds_sum kind=nudge"] <= 900
    assert found["rung_parcels_due"] == 0


def test_what_slack_refused_for_good_is_counted_by_how_it_ended(sqlite_bench: Bench) -> None:
    sqlite_bench.place("UADA")
    sqlite_bench.slack.fail_next("chat.postMessage", error="channel_not_found")
    assert sqlite_bench.tick(THURSDAY) == 0
    found = counts(sqlite_bench.url)
    assert found["rung_parcels_ended_total kind=nudge state=failed"] == 1
    assert "rung_parcels_sent_total kind=nudge" not in found
    sqlite_bench.slack.refusals.clear()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"status": 429, "retry_after": 60}, "ratelimited"),
        ({"error": "token_revoked"}, "token_revoked"),
    ],
)
def test_a_pause_is_counted_with_its_reason_while_it_lasts_and_after(
    sqlite_bench: Bench, fault: dict[str, object], reason: str
) -> None:
    sqlite_bench.place("UADA")
    sqlite_bench.slack.fail_next("chat.postMessage", **fault)  # type: ignore[arg-type]
    sqlite_bench.tick(THURSDAY)
    found = counts(sqlite_bench.url)
    assert found[f"rung_pauses_total reason={reason}"] == 1
    assert found[f"rung_paused_until_timestamp_seconds reason={reason}"] > time.time()
    assert found["rung_parcels_due"] == 1
    sqlite_bench.slack.refusals.clear()


def test_each_kind_of_request_is_counted_when_it_has_been_answered(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    bench.place("UADA")
    before = {each: answers(bench, each) for each in ("command", "button", "form", "event")}
    bench.say("UADA", "/ladder L4")
    bench.log("UADA", "one")
    message = bench.slack.write("UADA", "hello there")
    assert message
    bench.hears("UADA", "hello there")
    bench.forge("UADA", bench.slack.dm("UADA")[-1], "journal.list", '{"v":1,"page":0}')
    after = {each: answers(bench, each) for each in before}
    assert after["command"] - before["command"] == 2
    assert after["form"] - before["form"] >= 1
    for each in ("button", "event"):
        assert after[each] > before[each]


def test_a_request_that_is_not_let_in_is_no_answer(sqlite_bench: Bench) -> None:
    sqlite_bench.slack.connect_http(f"{sqlite_bench.url}/slack/events", "a wrong secret")
    assert sqlite_bench.slack.command("UADA", "/ladder L4").status == 401
    assert answers(sqlite_bench, "command") == 0


def test_what_comes_after_the_answer_does_not_count_as_waiting(
    sqlite_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()
    monkeypatch.setattr(Turn, "open", lambda *_: let_go.wait(PATIENCE_SECONDS))
    sqlite_bench.slack.command("UADA", "/ladder log")
    assert answers(sqlite_bench, "command") == 1
    assert not let_go.is_set()
    let_go.set()


def test_a_scrape_goes_on_without_its_database(lost: Bench) -> None:
    found = counts(lost.url)
    assert found["rung_database_up"] == found["rung_ready"] == 0
    assert not [each for each in found if each.startswith("rung_parcels_due")]
    assert f"rung_build_info version={VERSION}" in found


def test_beats_are_counted_by_their_names(sqlite_bench: Bench) -> None:
    def fail() -> None:
        raise RuntimeError

    watch = sqlite_bench.bot.metrics.beat
    beating = start_heartbeat(
        Beat("good", lambda: None, 0.01), Beat("bad", fail, 0.01), watch=watch
    )
    try:
        assert soon(lambda: counts(sqlite_bench.url).get("rung_heartbeat_failures_total beat=bad"))
        found = counts(sqlite_bench.url)
    finally:
        beating.shutdown()
    assert found["rung_heartbeat_failures_total beat=good"] == 0
    assert found["rung_heartbeat_last_success_timestamp_seconds beat=good"] > 1.7e9
    assert "rung_heartbeat_last_success_timestamp_seconds beat=bad" not in found


def test_nobody_is_in_it(sqlite_bench: Bench) -> None:
    live_a_week(sqlite_bench)
    assert soon(lambda: "sent_total{" in scrape(sqlite_bench.url)), "or the week proves nothing"
    page = scrape(sqlite_bench.url)
    for person in ("UADA", "UMIA", "UBEN", "Ada", sqlite_bench.bot.identity.team_id):
        assert person not in page


def test_the_manual_names_each_of_them_and_no_other(sqlite_bench: Bench) -> None:
    manual = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(rung_[a-z_]+)", manual, re.MULTILINE)) == names(sqlite_bench.url)
