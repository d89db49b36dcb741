"""What was shared and did not arrive: the engineer hears of it, in words that fit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bench import Bench


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"error": "user_disabled"}, "did not deliver"),
        ({"lose_answer": True}, "did not confirm"),
    ],
)
def test_the_owner_is_told_when_a_shared_page_did_not_arrive_for_certain(
    sqlite_bench: Bench, fault: dict[str, Any], words: str
) -> None:
    bench = sqlite_bench
    _share_on_a_bad_day(bench, fault)
    bench.slack.fail_next("conversations.history", error="channel_not_found")
    bench.bot.tick(bench.bot.now())
    assert words in bench.dm("UADA", 2)  # after the answer to the command


@pytest.mark.parametrize("fault", [{"lose_answer": True}, {"status": 500}, {"reset": True}])
def test_a_lost_answer_is_settled_and_the_page_is_there_once(
    sqlite_bench: Bench, fault: dict[str, Any]
) -> None:
    bench = sqlite_bench
    _share_on_a_bad_day(bench, fault)
    for _ in range(3):
        bench.bot.tick(bench.bot.now())
    assert "I wrote the runbook." in bench.dm("UMIA", 1)
    assert len(bench.slack.dm("UMIA")) == 1
    assert len(bench.slack.dm("UADA")) == 1, "only the answer to the command"


def _share_on_a_bad_day(bench: Bench, fault: dict[str, Any]) -> None:
    bench.settle_at_once()
    bench.place("UADA", manager="UMIA")
    bench.log("UADA", "I wrote the runbook.")
    answer = bench.slack.command("UADA", "/ladder 1on1")
    bench.slack.press("UADA", answer, "Share with my manager")
    bench.modal("UADA", "Share with your manager")
    bench.slack.fail_next("chat.postMessage", **fault)
    bench.slack.submit("UADA", {})
    states = {"failed", "unknown"}
    assert bench.slack.wait_for(
        lambda: any(row["state"] in states for row in bench.rows("parcels"))
    )
