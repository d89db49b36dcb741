"""One's own settings, in the form and by words: what changed, and what comes next."""

from __future__ import annotations

from datetime import date

import pytest

from bot.slack.blocks import OPTIONS
from playground.local_slack import text_of
from playground.local_slack.model import Answer
from tests.bench import Bench
from tests.nudges.lived import buttons, latest, live, press, typed

MONDAY = "2026-11-30T09:00:00+01:00"


@pytest.fixture
def ada(sqlite_bench: Bench) -> Bench:
    """Ada was imported on a Monday."""
    sqlite_bench.set_clock(MONDAY)
    sqlite_bench.place("UADA", manager="UMIA")
    return sqlite_bench


def submit(bench: Bench, **fields: object) -> Answer:
    """Opens the form and sends it with these fields, named by their labels with underscores."""
    bench.slack.command("UADA", "/ladder nudges")
    bench.modal("UADA", "When to ask you")
    return bench.slack.submit("UADA", {k.replace("_", " "): v for k, v in fields.items()})


def saved(bench: Bench, **fields: object) -> str:
    answer = submit(bench, **fields)
    assert not answer.errors, answer.errors
    shown = text_of(bench.modal("UADA", "Saved"))
    bench.slack.close_modal("UADA", whole_stack=True)
    return shown


def test_the_form_starts_with_what_matters_and_shows_what_comes_next(ada: Bench) -> None:
    ada.slack.command("UADA", "/ladder nudges")
    view = ada.modal("UADA", "When to ask you")
    labels = [b["label"]["text"] for b in view.blocks if b["type"] == "input"]
    assert labels == [
        "How often", "Day", "Time", "Focus", "Days you work", "Working hours from",
        "Working hours until", "Public holidays", "Time off from", "Back on",
    ]  # fmt: skip
    shown = text_of(view)
    assert "Next: Thu, 2026-12-03 10:30 UTC, about Domain expertise, because you have no" in shown
    assert "Europe/Berlin" in shown


@pytest.mark.parametrize(
    ("fields", "words", "asked"),
    [
        ({"How_often": "Every second week"}, "every second Thursday",
         [date(2026, 12, 3), date(2026, 12, 17), date(2026, 12, 31)]),
        ({"How_often": "Once a month", "Day": "Tuesday"}, "on the first Tuesday of each month",
         [date(2026, 12, 1)]),
        ({"Day": "Friday", "Time": "09:00"}, "every Friday at 09:00",
         [date(2026, 12, 4), date(2026, 12, 11), date(2026, 12, 18)]),
        ({"How_often": "Never"}, "off", []),
    ],
)  # fmt: skip
def test_the_form_sets_the_rhythm(
    ada: Bench, fields: dict[str, object], words: str, asked: list[date]
) -> None:
    assert words in saved(ada, **fields)
    found = live(
        ada, date(2026, 11, 30), date(2026, 12, 31), lambda: press(ada, "Nothing this time")
    )
    assert found[: len(asked)] == asked
    assert asked or not found


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"Time": "08:00"}, "Time", "Choose a time between 09:00 and 17:00"),
        ({"Time": "17:15"}, "Time", "Choose a time between 09:00 and 17:00"),
        ({"Day": "Saturday"}, "Day", "You do not work on Saturday."),
        ({"Working_hours_until": "09:15"}, "Working hours until", "half an hour after 09:00"),
        ({"Working_hours_from": "23:45"}, "Working hours until", "half an hour after 23:45"),
        ({"Time_off_from": "2026-12-21"}, "Back on", "Time off needs both days"),
        ({"Back_on": "2026-12-21"}, "Time off from", "Time off needs both days"),
        ({"Time_off_from": "2026-12-21", "Back_on": "2026-12-20"}, "Back on", "Choose a day after"),
        ({"Time_off_from": "2026-11-02", "Back_on": "2026-11-20"}, "Back on", "That is over."),
        (
            {"Time_off_from": "2028-01-02", "Back_on": "2028-01-20"},
            "Time off from",
            "more than a year",
        ),
        (
            {"Time_off_from": "2026-12-03", "Back_on": "2099-12-31"},
            "Back on",
            "For that long, choose “Never” above.",
        ),
    ],
)
def test_a_field_that_will_not_do_says_what_to_do(
    ada: Bench, fields: dict[str, object], field: str, says: str
) -> None:
    answer = submit(ada, **fields)
    assert set(answer.errors) == {field}
    assert says in answer.errors[field]
    assert ada.tick("2026-12-03T11:40:00+01:00") == 1, "nothing was changed"


def test_days_hours_country_and_time_off_are_kept_and_obeyed(ada: Bench) -> None:
    shown = saved(
        ada,
        Days_you_work=["Tuesday", "Wednesday", "Thursday"],
        Working_hours_from="07:00",
        Working_hours_until="13:00",
        Public_holidays="No public holidays",
        Time_off_from="2026-12-03",
        Back_on="2026-12-17",
    )
    assert "Not on Thu 3 Dec: you are away until Thu 17 Dec." in shown
    assert "2026-12-17 10:30 UTC" in shown
    ada.slack.command("UADA", "/ladder nudges")
    view = ada.modal("UADA", "When to ask you")
    assert view.state["back"]["pick"]["selected_date"] == "2026-12-17"
    assert view.state["opens"]["pick"]["selected_time"] == "07:00"
    ada.slack.close_modal("UADA")
    assert ada.tick("2026-12-10T12:00:00+01:00") == 0
    assert ada.tick("2026-12-17T13:01:00+01:00") == 0, "work is over"
    assert ada.tick("2026-12-24T12:00:00+01:00") == 1


def test_every_country_is_in_the_menu_and_one_can_be_chosen(ada: Bench) -> None:
    ada.slack.command("UADA", "/ladder nudges")
    view = ada.modal("UADA", "When to ask you")
    menu = next(b["element"] for b in view.blocks if b.get("block_id") == "country")
    groups = [group["options"] for group in menu["option_groups"]]
    assert sum(map(len, groups)) > OPTIONS
    assert max(map(len, groups)) <= OPTIONS
    assert groups[0][0]["text"]["text"] == "Those of Germany, by my time zone"
    answer = ada.slack.submit("UADA", {"Public holidays": "United States"})
    assert not answer.errors
    ada.modal("UADA", "Saved")
    assert [row["country"] for row in ada.rows("nudge_schedules")] == ["US"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("fortnightly tuesday 14:00", "every second Tuesday at 14:00"),
        ("pause until 12 January", "Paused until 12 Jan 2027."),
        ("pause 2 weeks", "Paused until 14 Dec 2026."),
        ("off", "off."),
        ("skip", "I skip Thu 3 Dec."),
        ("away 21 Dec to 4 Jan", "Time off: 21 Dec 2026 to 4 Jan 2027."),
        ("next", "This is how it stands."),
        ("when", "This is how it stands."),
    ],
)
def test_words_change_it_and_say_what_comes_next(ada: Bench, words: str, said: str) -> None:
    shown = typed(ada, words)
    assert said in shown
    assert "Next: " in shown or "Nudges are off." in shown
    assert buttons(latest(ada))[0] == "Settings"
    assert latest(ada).ephemeral


@pytest.mark.parametrize("words", ["blorp", "help", "weekly qwxz", "25:99", "<!channel>"])
def test_words_that_are_not_understood_get_the_ones_that_are(ada: Bench, words: str) -> None:
    before = ada.rows("nudge_schedules")
    shown = typed(ada, words)
    assert "`pause until 12 January`" in shown
    assert "<!channel>" not in str(latest(ada).blocks)
    assert ada.rows("nudge_schedules") == before


def test_skip_this_one_skips_one_however_often_it_is_pressed(ada: Bench) -> None:
    typed(ada, "next")
    first = latest(ada)
    shown = press(ada, "Skip this one", first)
    assert "I skip Thu 3 Dec." in shown
    assert "Not on Thu 3 Dec: you skip this one." in shown
    ada.forge("UADA", first, "nudges.skip", '{"v":1,"day":"2026-12-03"}')
    ada.hears("UADA", "That one is not next any more.")
    assert live(ada, date(2026, 12, 1), date(2026, 12, 12)) == [date(2026, 12, 10)]


def test_skipping_another_one_does_not_bring_back_the_first(ada: Bench) -> None:
    typed(ada, "skip")
    assert "I skip Thu 10 Dec." in press(ada, "Skip this one", latest(ada))
    assert "I skip Thu 17 Dec." in typed(ada, "skip")
    assert live(ada, date(2026, 12, 1), date(2026, 12, 28)) == [date(2026, 12, 24)]


def test_off_and_on_again(ada: Bench) -> None:
    assert "Nudges are off" in typed(ada, "off")
    assert ada.tick("2026-12-03T12:00:00+01:00") == 0
    assert "every Thursday at 11:30" in typed(ada, "on")
    assert ada.tick("2026-12-10T12:00:00+01:00") == 1


def test_words_need_to_know_where_somebody_stands(ada: Bench) -> None:
    ada.slack.command("UBEN", "/ladder nudges weekly")
    ada.hears("UBEN", "First tell me where you stand")


def test_what_was_decided_while_a_question_waits_to_be_sent_counts(ada: Bench) -> None:
    ada.slack.fail_next("chat.postMessage", error="invalid_auth")
    assert ada.tick("2026-12-03T11:40:00+01:00") == 0
    typed(ada, "pause 2 weeks")
    ada.end_pause()
    assert ada.tick("2026-12-03T12:00:00+01:00") == 0
    assert [row["state"] for row in ada.rows("parcels")] == ["suppressed"]


def test_before_each_one_on_one_follows_when_that_is_moved_or_ended(ada: Bench) -> None:
    assert "No question is planned. `/ladder 1on1` lets you" in typed(ada, "before 1on1")
    set_up(ada, "2026-12-10")
    assert "Next: Tue, 2026-12-08" in typed(ada, "next")
    set_up(ada, "2026-12-17")
    assert "Next: Tue, 2026-12-15" in typed(ada, "next")
    assert live(ada, date(2026, 12, 1), date(2026, 12, 16)) == [
        date(2026, 12, 15),
        date(2026, 12, 16),
    ]
    ada.slack.command("UADA", "/ladder one-on-ones")
    ada.slack.press("UADA", ada.modal("UADA", "My one-on-ones"), "Withdraw")
    ada.hears("UADA", "no one-on-ones here yet")
    assert [row["due_at"] for row in ada.rows("nudge_schedules")] == [None]


def set_up(bench: Bench, day: str) -> None:
    """The next one-on-one is on that day."""
    bench.slack.command("UADA", "/ladder settings")
    view = bench.modal("UADA", "Settings")
    bench.slack.press("UADA", view, "Change" if "[Change]" in text_of(view) else "Set up")
    bench.modal("UADA", "My one-on-one")
    assert not bench.slack.submit("UADA", {"Next one-on-one": day}).errors
    bench.modal("UADA", "Saved")
    bench.slack.close_modal("UADA", whole_stack=True)


def test_all_of_it_is_the_persons_own(ada: Bench) -> None:
    ada.place("UMIA")
    typed(ada, "fortnightly")
    ada.slack.command("UMIA", "/ladder settings")
    assert "Every Thursday at 11:30" in text_of(ada.modal("UMIA", "Settings"))
