"""One week of the product, lived through the real bot on both databases."""

from __future__ import annotations

from tests.bench import Bench
from tests.sharing.scenes import words


def test_a_week_from_the_ladder_to_the_one_on_one(bench: Bench) -> None:
    slack = bench.slack
    bench.set_clock("2026-11-30T09:00:00+01:00")
    bench.place("UADA", "L3", manager="UMIA")

    assert "where you stand" in bench.say("UADA", "/ladder")
    assert "L4: Technical Lead" in bench.say("UADA", "/ladder next")
    bench.log("UADA", "I paired with Ben on the phishing rule, and he shipped it.")

    assert bench.tick("2026-12-03T11:29:00+01:00") == 0
    assert bench.tick("2026-12-03T11:40:00+01:00") == 1
    question = bench.dm("UADA", 1)
    assert "Whoever runs Rung here placed you" in question
    assert "Domain expertise" in question
    slack.press("UADA", slack.dm("UADA")[-1], "Log an example")
    form = bench.modal("UADA", "Log an example")
    assert "Domain expertise" in str(form.payload())
    slack.submit("UADA", {"What happened": "I wrote the runbook that ended the night calls."})
    slack.close_modal("UADA")
    slack.wait_for(lambda: "Logged" in bench.dm("UADA", 1))

    answer = slack.command("UADA", "/ladder 1on1")
    slack.press("UADA", answer, "Share with my manager")
    shown = list(bench.modal("UADA", "Share with your manager").blocks)
    assert slack.dm("UMIA") == []
    slack.submit("UADA", {})
    bench.dm("UMIA", 1)
    seen = slack.dm("UMIA")[-1].blocks
    start = next(i for i, block in enumerate(shown) if block.get("type") == "divider") + 1
    assert words(shown[start : start + len(seen)]) == words(seen)
    assert "night calls" in str(seen)
