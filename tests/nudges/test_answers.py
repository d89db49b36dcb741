"""What people say to a nudge, and when they want to be asked."""

from __future__ import annotations

import json

import pytest

from playground.local_slack import Message, text_of
from tests.bench import Bench

SLOT = "2026-12-03T11:40:00+01:00"


@pytest.fixture
def asked(sqlite_bench: Bench) -> Bench:
    """Ada was asked for the first time."""
    sqlite_bench.set_clock("2026-11-30T09:00:00+01:00")
    sqlite_bench.place("UADA")
    sqlite_bench.tick(SLOT)
    sqlite_bench.dm("UADA", 1)
    return sqlite_bench


def nudge(bench: Bench, number: int = 0) -> Message:
    return bench.slack.dm("UADA")[number]


def said(bench: Bench) -> list[str]:
    return [row["answer"] for row in bench.rows("nudges")]


def settle(bench: Bench, words: str, number: int = 0) -> str:
    """Waits until the words stand in the place of the question."""
    assert bench.slack.wait_for(lambda: words in text_of(nudge(bench, number)))
    return text_of(nudge(bench, number))


def test_nothing_this_time_is_an_answer_and_the_buttons_go(asked: Bench) -> None:
    asked.slack.press("UADA", nudge(asked), "Nothing this time")
    shown = settle(asked, "Nothing this time.")
    assert "2026-12-10 10:30 UTC" in shown
    assert "[" not in shown
    assert said(asked) == ["nothing"]


def test_later_asks_the_same_on_the_next_working_day(asked: Bench) -> None:
    asked.slack.press("UADA", nudge(asked), "Later")
    assert "2026-12-04 10:30 UTC" in settle(asked, "Later, then.")
    assert asked.tick("2026-12-04T11:29:00+01:00") == 0
    assert asked.tick("2026-12-04T11:31:00+01:00") == 1
    assert "Domain expertise" in asked.dm("UADA", 2)
    asked.slack.press("UADA", nudge(asked, 1), "Later")
    assert "2026-12-07 10:30 UTC" in settle(asked, "Later, then.", 1), "a Friday leads to Monday"
    assert asked.tick("2026-12-05T12:00:00+01:00") == 0
    assert asked.tick("2026-12-07T11:31:00+01:00") == 1
    assert asked.tick("2026-12-10T11:31:00+01:00") == 1, "and the week goes on as it was"


def test_an_example_logged_from_the_nudge_answers_it(asked: Bench) -> None:
    asked.slack.press("UADA", nudge(asked), "Log an example")
    asked.modal("UADA", "Log an example")
    assert asked.slack.submit("UADA", {"What happened": "I did."}).ok
    settle(asked, "Logged, thank you.")
    assert said(asked) == ["logged"]


def test_a_form_that_was_refused_or_closed_leaves_the_question_open(asked: Bench) -> None:
    asked.slack.press("UADA", nudge(asked), "Log an example")
    asked.modal("UADA", "Log an example")
    asked.slack.submit("UADA", {"What happened": "I did.", "Link": "nonsense"})
    asked.slack.close_modal("UADA")
    assert not asked.slack.wait_for(
        lambda: "did something come up" not in text_of(nudge(asked)), 0.3
    )
    assert said(asked) == [""]


def test_stopping_asks_first_and_then_stops(asked: Bench) -> None:
    stop = [e for b in nudge(asked).blocks for e in b.get("elements", []) if "confirm" in e]
    assert [e["text"]["text"] for e in stop] == ["Stop asking"]
    asked.slack.press("UADA", nudge(asked), "Stop asking")
    settle(asked, "Stopped.")
    assert asked.tick("2026-12-10T11:40:00+01:00") == 0
    assert asked.tick("2027-12-09T11:40:00+01:00") == 0


def test_the_settings_form_shows_what_stands_and_changes_it(asked: Bench) -> None:
    asked.slack.press("UADA", nudge(asked), "Settings")
    view = asked.modal("UADA", "When to ask you")
    assert view.state["at"]["pick"]["selected_time"] == "11:30"
    assert "Europe/Berlin" in text_of(view)
    asked.slack.submit("UADA", {"Day": "Monday", "Time": "09:15"})
    assert "every Monday at 09:15" in text_of(asked.modal("UADA", "Saved"))
    assert asked.tick("2026-12-07T09:16:00+01:00") == 0, "four days after the last one"
    assert asked.tick("2026-12-10T11:40:00+01:00") == 0
    assert asked.tick("2026-12-14T09:14:00+01:00") == 0
    assert asked.tick("2026-12-14T09:16:00+01:00") == 1


def test_never_and_back_again(asked: Bench) -> None:
    asked.slack.command("UADA", "/ladder nudges")
    asked.modal("UADA", "When to ask you")
    asked.slack.submit("UADA", {"How often": "Never"})
    assert "Nudges are off" in text_of(asked.modal("UADA", "Saved"))
    asked.slack.close_modal("UADA")
    assert asked.tick("2026-12-10T11:40:00+01:00") == 0
    asked.slack.command("UADA", "/ladder nudges")
    asked.modal("UADA", "When to ask you")
    asked.slack.submit("UADA", {"How often": "Once a week"})
    assert asked.tick("2026-12-17T11:40:00+01:00") == 1


def test_later_after_stopping_does_not_start_again(asked: Bench) -> None:
    question = json.dumps({"v": 1, "nudge": asked.rows("nudges")[0]["id"]})
    asked.slack.press("UADA", nudge(asked), "Stop asking")
    settle(asked, "Stopped.")
    asked.forge("UADA", nudge(asked), "nudges.later", question)
    settle(asked, "Later, then.")
    assert asked.tick("2026-12-04T11:40:00+01:00") == 0


def test_settings_need_to_know_where_somebody_is_first(sqlite_bench: Bench) -> None:
    sqlite_bench.slack.command("UBEN", "/ladder nudges")
    sqlite_bench.hears("UBEN", "First tell me where you stand")


@pytest.mark.parametrize("action", ["nudges.nothing", "nudges.later"])
def test_nobody_can_answer_for_somebody_else(asked: Bench, action: str) -> None:
    asked.place("UBEN")
    value = json.dumps({"v": 1, "nudge": asked.rows("nudges")[0]["id"]})
    somewhere = asked.slack.command("UBEN", "/ladder help").message
    assert somewhere
    asked.forge("UBEN", somewhere, action, value)
    asked.hears("UBEN", "not open any more")
    assert said(asked) == [""]


def test_an_example_of_somebody_else_cannot_answer_the_nudge(asked: Bench) -> None:
    ref = {"v": 1, "nudge": asked.rows("nudges")[0]["id"], "source": "nudge"}
    asked.place("UBEN")
    somewhere = asked.slack.command("UBEN", "/ladder help").message
    assert somewhere
    asked.forge("UBEN", somewhere, "journal.log", json.dumps(ref))
    asked.modal("UBEN", "Log an example")
    fields = {"Competency": "🌱 Teaching and Mentoring", "What happened": "mine"}
    asked.slack.submit("UBEN", fields)
    asked.hears("UBEN", "not open any more")
    assert said(asked) == [""]
    assert "did something come up" in text_of(nudge(asked))
