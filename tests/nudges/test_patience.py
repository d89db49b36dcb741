"""Somebody who does not answer: asked less, then how often, then not at all; and it is theirs."""

from __future__ import annotations

from datetime import date

import pytest

from bot.nudges.wording import STOPPED
from playground.local_slack import text_of
from tests.bench import Bench
from tests.nudges.lived import at, becomes, buttons, latest, live, press, typed

MONDAY = "2027-01-11T09:00:00+01:00"
FIRST, SECOND, THIRD, LAST = (date(2027, 1, 14), date(2027, 1, 21), date(2027, 2, 4),
                              date(2027, 2, 18))  # fmt: skip
QUIET = [FIRST, SECOND, THIRD, LAST]


@pytest.fixture
def ada(sqlite_bench: Bench) -> Bench:
    """Ada was imported on a Monday in January, with a manager and a one-on-one to come."""
    sqlite_bench.set_clock(MONDAY)
    sqlite_bench.place("UADA", manager="UMIA")
    return sqlite_bench


def test_a_year_without_an_answer_is_weekly_then_half_as_often_then_a_question_then_silence(
    ada: Bench,
) -> None:
    assert live(ada, date(2027, 1, 11), date(2028, 1, 11)) == QUIET
    texts = [text_of(each) for each in ada.slack.dm("UADA")]
    assert all("did something come up" in text for text in texts[:3])
    assert "How often shall I ask?" in texts[3]
    assert [row["due_at"] for row in ada.rows("nudge_schedules")] == [None]
    assert ada.slack.dm("UMIA") == []


def test_whoever_is_left_alone_finds_out_why_and_how_to_come_back(ada: Bench) -> None:
    live(ada, FIRST, date(2027, 3, 10))
    assert STOPPED in text_of(ada.slack.open_home("UADA"))
    assert STOPPED in typed(ada, "next")
    assert "nothing yet" in ada.say("UADA", "/ladder 1on1")
    assert STOPPED in ada.say("UADA", "/ladder 1on1")
    assert "stopped asking" not in ada.say("UMIA", "/ladder 1on1")
    assert "Next: " in typed(ada, "on")
    assert live(ada, date(2027, 3, 11), date(2027, 3, 31)) == [
        date(2027, 3, 11), date(2027, 3, 18),
    ]  # fmt: skip
    assert "stopped asking" not in ada.say("UADA", "/ladder 1on1")


def test_the_one_that_is_open_is_the_last_and_says_so(ada: Bench) -> None:
    live(ada, FIRST, LAST)
    assert "Without an answer I stop asking." in text_of(latest(ada))
    assert "Without an answer to it I ask no more." in typed(ada, "next")


def test_an_import_or_another_zone_does_not_wake_the_bot(ada: Bench) -> None:
    live(ada, FIRST, date(2027, 3, 10))
    ada.place("UADA", "L4", manager="UMIA")
    ada.slack.change_user("UADA", tz="America/New_York")
    person = ada.member("UADA")
    ada.slack.wait_for(lambda: ada.bot.people.get(person).zone == "America/New_York")
    assert live(ada, date(2027, 3, 11), date(2027, 6, 11)) == []


def test_one_that_is_ignored_changes_nothing(ada: Bench) -> None:
    live(ada, FIRST, FIRST)
    assert ada.tick(at(SECOND)) == 1
    press(ada, "Nothing this time")
    assert live(ada, date(2027, 1, 22), date(2027, 2, 12)) == [
        date(2027, 1, 28), date(2027, 2, 4),
    ]  # fmt: skip


@pytest.mark.parametrize("label", ["Nothing this time", "Something else", "Later"])
def test_any_answer_even_to_an_old_question_starts_the_patience_anew(
    ada: Bench, label: str
) -> None:
    live(ada, FIRST, date(2027, 1, 25))
    press(ada, label, ada.slack.dm("UADA")[0])
    assert ada.tick(at(date(2027, 1, 28))) == 1, "not doubled any more"


def test_a_change_of_ones_settings_starts_it_anew_too(ada: Bench) -> None:
    live(ada, FIRST, date(2027, 1, 25))
    typed(ada, "thursday 11:45")
    assert ada.tick(at(date(2027, 1, 28))) == 1


def test_what_never_arrived_cannot_be_ignored(ada: Bench) -> None:
    for day in (FIRST, SECOND):
        ada.slack.fail_next("chat.postMessage", error="invalid_auth")
        assert ada.tick(at(day)) == 0
        ada.end_pause()
        assert ada.tick(f"{day}T17:31:00+01:00") == 0
    assert live(ada, date(2027, 1, 22), date(2027, 2, 12)) == [
        date(2027, 1, 28), date(2027, 2, 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "next_one"),
    [
        ("Weekly", date(2027, 2, 25)),
        ("Fortnightly", date(2027, 2, 25)),
        ("Monthly", date(2027, 3, 4)),
        ("Pause for a month", date(2027, 3, 25)),
        ("Stop", None),
    ],
)
def test_one_press_says_how_often(ada: Bench, label: str, next_one: date | None) -> None:
    live(ada, FIRST, LAST)
    assert buttons(latest(ada)) == [
        "Weekly", "Fortnightly", "Monthly", "Pause for a month", "Stop", "Settings",
    ]  # fmt: skip
    shown = press(ada, label)
    assert "Thank you, noted." in shown
    assert "[" not in shown
    assert live(ada, date(2027, 2, 19), date(2027, 3, 31))[:1] == ([next_one] if next_one else [])


def test_the_question_about_how_often_is_answered_in_words_too(ada: Bench) -> None:
    live(ada, FIRST, LAST)
    ada.slack.write("UADA", "monthly please", thread_ts=latest(ada).ts)
    assert "on the first Thursday of each month" in ada.hears("UADA", "each month")
    assert live(ada, date(2027, 2, 19), date(2027, 3, 31)) == [date(2027, 3, 4)]


def test_the_last_question_has_a_sentence_for_a_button_that_was_pressed_already(
    ada: Bench,
) -> None:
    live(ada, FIRST, LAST)
    question = latest(ada)
    row = [each for each in ada.rows("nudges") if not each["competency_id"]]
    press(ada, "Monthly", question)
    before = text_of(latest(ada))
    ada.forge("UADA", question, "nudges.prefer:stop", f'{{"v":1,"nudge":"{row[0]["id"]}"}}')
    assert "Nudges are off" in becomes(ada, before, question.ts)
