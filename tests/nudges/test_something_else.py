"""What a question is about, and what people do with a competency: pass, set aside, focus."""

from __future__ import annotations

import json
from datetime import date

import pytest

from playground.local_slack import text_of
from tests.bench import Bench
from tests.nudges.lived import at, buttons, latest, live, press, typed

THURSDAY = date(2026, 12, 3)


@pytest.fixture
def asked(bench: Bench) -> Bench:
    """Ada was asked about the first competency of her level."""
    bench.set_clock("2026-11-30T09:00:00+01:00")
    bench.place("UADA")
    bench.tick(at(THURSDAY))
    bench.dm("UADA", 1)
    return bench


def about(shown: str) -> str:
    """The competency that a question is about."""
    line = next(line for line in shown.split("\n") if "did something come up" in line)
    return line.partition(":")[0].strip("*").split(" ", 1)[1]


def test_the_same_message_asks_about_the_next_best_and_ends_kindly(asked: Bench) -> None:
    assert about(text_of(latest(asked))) == "Domain expertise"
    seen = [about(press(asked, "Something else")) for _ in range(3)]
    assert seen == ["Teaching and Mentoring", "Culture and Leadership", "Customer Success"]
    shown = press(asked, "Something else")
    assert "That was all that your level speaks of, thank you for looking." in shown
    assert "Next: " in shown
    assert "[" not in shown
    assert len(asked.slack.dm("UADA")) == 1


def test_what_was_passed_over_is_fresh_the_next_time(asked: Bench) -> None:
    press(asked, "Something else")
    press(asked, "Nothing this time")
    asked.tick("2026-12-10T12:00:00+01:00")
    assert about(text_of(latest(asked))) == "Culture and Leadership"


def test_an_example_counts_for_what_is_asked_instead(asked: Bench) -> None:
    press(asked, "Something else")
    asked.slack.press("UADA", latest(asked), "Log an example")
    form = asked.modal("UADA", "Log an example")
    chosen = form.state["competency_id"]["choose"]["selected_option"]["value"]
    assert chosen == "teaching-and-mentoring"
    asked.slack.submit("UADA", {"What happened": "I taught."})
    asked.hears("UADA", "Teaching and Mentoring*: Logged, thank you.")
    (entry,) = asked.rows("entries")
    (nudge,) = asked.rows("nudges")
    assert entry["statement_id"] == nudge["statement_id"]


def test_an_old_button_passes_nothing_over_a_second_time(asked: Bench) -> None:
    old = next(e for b in latest(asked).blocks for e in b.get("elements", [])
               if e.get("action_id") == "nudges.other")  # fmt: skip
    press(asked, "Something else")
    asked.forge("UADA", latest(asked), "nudges.other", old["value"])
    asked.forge("UADA", latest(asked), "nudges.other", old["value"])
    asked.slack.press("UADA", latest(asked), "Nothing this time")
    asked.hears("UADA", "Nothing this time.")
    asked.forge("UADA", latest(asked), "nudges.other", old["value"])
    asked.slack.wait_for(lambda: False, 0.3)  # whatever that press might still do
    (row,) = asked.rows("nudges")
    assert (row["passed"], row["competency_id"]) == ("domain-expertise", "teaching-and-mentoring")
    assert row["answer"] == "nothing"


def test_two_bots_that_hear_of_one_press_pass_over_one(asked: Bench, replica: Bench) -> None:
    press(asked, "Something else")
    assert replica.bot is not asked.bot
    (row,) = asked.rows("nudges")
    assert row["passed"] == "domain-expertise"


def test_not_relevant_is_six_months_with_a_way_back(asked: Bench) -> None:
    shown = press(asked, "Not relevant to my role")
    assert "Domain expertise*: Set aside until 3 Jun 2027." in shown
    assert buttons(latest(asked)) == ["Undo"]
    (row,) = asked.rows("nudge_wishes")
    assert str(row["aside_until"]) == "2027-06-03"
    shown = press(asked, "Undo")
    assert "I may ask about it again." in shown
    assert asked.rows("nudge_wishes") == []


def test_what_is_set_aside_is_not_asked_about_until_its_day(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    bench.set_clock("2026-11-30T09:00:00+01:00")
    bench.place("UADA")
    bench.tick(at(THURSDAY))
    press(bench, "Not relevant to my role")
    names: list[tuple[date, str]] = []

    def nothing() -> None:
        day = date.fromisoformat(str(bench.rows("nudges")[-1]["local_date"]))
        names.append((day, about(text_of(latest(bench)))))
        press(bench, "Nothing this time")

    live(bench, date(2026, 12, 4), date(2027, 7, 16), nothing)
    again = [day for day, name in names if name == "Domain expertise"]
    assert again
    assert min(again) >= date(2027, 6, 3)


def test_settings_list_what_is_set_aside_and_bring_it_back(asked: Bench) -> None:
    press(asked, "Not relevant to my role")
    asked.slack.command("UADA", "/ladder nudges")
    view = asked.modal("UADA", "When to ask you")
    assert "Domain expertise, until 3 Jun 2027" in text_of(view)
    asked.slack.press("UADA", view, "Bring back Domain expertise")
    gone = asked.slack.wait_for(
        lambda: "until 3 Jun 2027" not in text_of(asked.modal("UADA", "When to ask you"))
    )
    assert gone


def test_a_focus_by_words_is_asked_about_more_and_named_as_the_reason(asked: Bench) -> None:
    press(asked, "Nothing this time")
    said = typed(asked, "focus customer sucess and mentoring")
    assert "*Focus:* 🏆 Customer Success, 🌱 Teaching and Mentoring." in said
    asked.tick("2026-12-10T12:00:00+01:00")
    assert "and you chose it as a focus." in text_of(latest(asked))
    assert about(text_of(latest(asked))) == "Teaching and Mentoring"
    press(asked, "Nothing this time")
    assert "No focus" in typed(asked, "focus none")
    assert asked.rows("nudge_wishes") == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("focus", "Say what to focus on"),
        ("focus juggling", "has nothing called “juggling”"),
        ("focus domain, teaching, culture, customer success", "Three at most"),
    ],
)
def test_a_focus_that_cannot_be_says_why(asked: Bench, words: str, answer: str) -> None:
    assert answer in typed(asked, words)
    assert asked.rows("nudge_wishes") == []


def test_a_focus_in_the_form_is_up_to_three_of_ones_own_level(asked: Bench) -> None:
    asked.slack.command("UADA", "/ladder nudges")
    asked.modal("UADA", "When to ask you")
    asked.slack.submit("UADA", {"Focus": ["🏆 Customer Success"]})
    asked.modal("UADA", "Saved")
    assert [row["competency_id"] for row in asked.rows("nudge_wishes")] == ["customer-success"]
    asked.slack.close_modal("UADA", whole_stack=True)
    asked.slack.command("UADA", "/ladder nudges")
    asked.modal("UADA", "When to ask you")
    asked.slack.submit("UADA", {"Focus": []})
    asked.modal("UADA", "Saved")
    assert asked.rows("nudge_wishes") == []


def test_nobody_sets_aside_or_passes_over_for_somebody_else(asked: Bench) -> None:
    asked.place("UBEN")
    value = json.dumps(
        {"v": 1, "nudge": asked.rows("nudges")[0]["id"], "competency": "domain-expertise"}
    )
    somewhere = asked.slack.command("UBEN", "/ladder help").message
    assert somewhere
    for action in ("nudges.other", "nudges.not_relevant", "nudges.prefer:weekly"):
        asked.forge("UBEN", somewhere, action, value)
    asked.hears("UBEN", "not open any more")
    assert asked.rows("nudge_wishes") == []
    (row,) = asked.rows("nudges")
    assert (row["answer"], row["passed"]) == ("", "")


def test_the_way_back_is_taken_once_and_a_press_more_does_no_harm(asked: Bench) -> None:
    press(asked, "Not relevant to my role")
    where, value = latest(asked), json.dumps({"v": 1, "competency": "domain-expertise"})
    before = press(asked, "Undo")
    asked.forge("UADA", where, "nudges.bring_back:0", value)
    assert not asked.slack.wait_for(lambda: text_of(latest(asked)) != before, 0.3)
