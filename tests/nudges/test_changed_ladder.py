"""What is asked, and why, on a ladder that changed since the last question."""

from __future__ import annotations

import pytest

from tests.bench import Bench
from tests.changed_ladders import retired, serve

TEACHING, CRAFT = "teaching-and-mentoring", "domain-expertise"


@pytest.fixture
def ada(bench: Bench) -> Bench:
    """Ada is asked on Thursdays."""
    bench.set_clock("2026-11-30T09:00:00+01:00")
    bench.place("UADA")
    return bench


def test_examples_count_for_the_competency_that_took_over(ada: Bench) -> None:
    ada.log("UADA", "I taught.", Date="2026-11-30")
    ada.log("UADA", "I taught again.", Date="2026-11-29")
    for gone in ("culture-and-leadership", "customer-success"):
        serve(ada, retired(ada.bot.ladder, gone, tell=False))
    serve(ada, retired(ada.bot.ladder, TEACHING, CRAFT))
    ada.tick("2026-12-03T11:40:00+01:00")
    assert "Your last example for Domain expertise was 3 days ago" in ada.dm("UADA", 1)


def test_later_comes_back_under_the_competency_that_took_over(ada: Bench) -> None:
    ada.tick("2026-12-03T11:40:00+01:00")
    assert "Domain expertise" in ada.dm("UADA", 1)
    ada.slack.press("UADA", ada.slack.dm("UADA")[0], "Later")
    ada.hears("UADA", "Later, then.")
    serve(ada, retired(ada.bot.ladder, CRAFT, "customer-success"))
    ada.tick("2026-12-04T11:40:00+01:00")
    assert "Customer Success*: did something" in ada.dm("UADA", 2)


def test_later_about_what_is_gone_asks_about_something_else(ada: Bench) -> None:
    ada.tick("2026-12-03T11:40:00+01:00")
    ada.dm("UADA", 1)
    ada.slack.press("UADA", ada.slack.dm("UADA")[0], "Later")
    ada.hears("UADA", "Later, then.")
    serve(ada, retired(ada.bot.ladder, CRAFT, tell=False))
    ada.tick("2026-12-04T11:40:00+01:00")
    assert "Teaching and Mentoring*: did something" in ada.dm("UADA", 2)


def test_what_took_over_is_not_asked_about_twice_running(ada: Bench) -> None:
    ada.tick("2026-12-03T11:40:00+01:00")
    assert "Domain expertise" in ada.dm("UADA", 1)
    serve(ada, retired(ada.bot.ladder, CRAFT, TEACHING))
    ada.tick("2026-12-10T11:40:00+01:00")
    assert "Culture and Leadership*: did something" in ada.dm("UADA", 2)


def test_a_question_from_before_leads_to_the_competency_of_today(ada: Bench) -> None:
    ada.tick("2026-12-03T11:40:00+01:00")
    ada.dm("UADA", 1)
    serve(ada, retired(ada.bot.ladder, CRAFT, TEACHING))
    ada.slack.press("UADA", ada.slack.dm("UADA")[0], "Log an example")
    form = ada.modal("UADA", "Log an example")
    assert form.state["competency_id"]["choose"]["selected_option"]["value"] == TEACHING
    assert ada.slack.submit("UADA", {"What happened": "I answered."}).ok
    ada.hears("UADA", "Teaching and Mentoring*: Logged, thank you.")
