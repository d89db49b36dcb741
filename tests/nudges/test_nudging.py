"""Who is asked when: in their own time, once, inside the window, with a reason."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.delivery.model import State
from playground.local_slack import text_of
from tests.bench import Bench
from tests.nudges.lived import press

MONDAY = "2026-11-30T09:00:00+01:00"
SLOT = "2026-12-03T11:40:00+01:00"


def states(bench: Bench) -> list[str]:
    return [row["state"] for row in bench.rows("parcels")]


@pytest.fixture
def placed(bench: Bench) -> Bench:
    """Ada was imported on a Monday."""
    bench.set_clock(MONDAY)
    bench.place("UADA", manager="UMIA")
    return bench


@pytest.fixture
def ada(sqlite_bench: Bench) -> Bench:
    """The same on SQLite alone."""
    sqlite_bench.set_clock(MONDAY)
    sqlite_bench.place("UADA", manager="UMIA")
    return sqlite_bench


def test_a_nudge_comes_in_its_slot_and_once_however_often_the_heart_beats(placed: Bench) -> None:
    assert placed.tick("2026-12-03T11:29:59+01:00") == 0
    assert placed.tick(SLOT) == 1
    assert placed.tick(SLOT) == 0
    assert placed.tick("2026-12-03T15:00:00+01:00") == 0
    assert len(placed.slack.dm("UADA")) == 1
    assert placed.tick("2026-12-10T11:31:00+01:00") == 1


def test_the_first_one_introduces_itself_and_says_who_placed_them_and_how_to_stop(
    ada: Bench,
) -> None:
    ada.tick(SLOT)
    first = ada.dm("UADA", 1)
    for words in (
        "I am Rung",
        "Whoever runs Rung here placed you on *Security Operations L3",
        "with @UMIA as your manager",
        "private: only you can read it until you share it",
        "[Settings]",
        "[Stop asking]",
    ):
        assert words in first
    ada.tick("2026-12-10T11:40:00+01:00")
    second = ada.dm("UADA", 2)
    assert "I am Rung" not in second
    assert "[Stop asking]" not in second
    assert len(ada.slack.dm("UADA")[1].blocks) <= 4


def test_somebody_who_placed_themselves_is_told_so(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    bench.set_clock(MONDAY)
    bench.slack.command("UADA", "/ladder start")
    bench.modal("UADA", "Where you stand")
    bench.slack.submit("UADA", {"Track and level": "Security Operations L3"})
    person = bench.member("UADA")
    bench.slack.wait_for(lambda: bench.bot.people.get(person).zone == "Europe/Berlin")
    bench.tick(SLOT)
    said = bench.dm("UADA", 1)
    assert "This is my first question to you.\nYou placed yourself on" in said
    assert "I am Rung" not in said, "they met it when they placed themselves"


def test_a_slot_whose_window_is_over_is_dropped_and_the_next_one_comes(placed: Bench) -> None:
    assert placed.tick("2026-12-03T17:31:00+01:00") == 0
    assert placed.tick("2026-12-09T12:00:00+01:00") == 0
    assert states(placed) == [State.EXPIRED]
    assert placed.rows("parcels")[0]["reason"] == "the bot did not run in its window"
    assert placed.tick("2026-12-10T11:40:00+01:00") == 1


def test_after_a_long_outage_there_is_one_question_and_not_one_for_each_week(ada: Bench) -> None:
    assert ada.tick("2027-01-14T12:00:00+01:00") == 1
    assert len(ada.slack.dm("UADA")) == 1


def test_a_question_that_could_not_be_sent_in_its_window_expires(ada: Bench) -> None:
    ada.slack.fail_next("chat.postMessage", error="invalid_auth")
    assert ada.tick(SLOT) == 0
    assert states(ada) == [State.READY]
    ada.end_pause()
    assert ada.tick("2026-12-03T17:30:00+01:00") == 0
    assert states(ada) == [State.EXPIRED]


def test_two_people_are_asked_at_half_past_eleven_in_their_own_zones(placed: Bench) -> None:
    placed.place("UBEN", zone="America/New_York")
    assert placed.tick("2026-12-03T11:40:00+01:00") == 1
    assert placed.slack.dm("UBEN") == []
    assert placed.tick("2026-12-03T11:29:00-05:00") == 0
    assert placed.tick("2026-12-03T11:30:00-05:00") == 1
    assert len(placed.slack.dm("UBEN")) == len(placed.slack.dm("UADA")) == 1


def test_somebody_deactivated_is_left_alone_also_when_the_parcel_lies_ready(ada: Bench) -> None:
    ada.slack.fail_next("chat.postMessage", error="invalid_auth")
    ada.tick(SLOT)
    ada.slack.change_user("UADA", deleted=True)
    ada.slack.wait_for(lambda: not ada.bot.people.get(ada.member("UADA")).active)
    ada.end_pause()
    assert ada.tick("2026-12-03T12:00:00+01:00") == 0
    assert states(ada) == [State.SUPPRESSED]
    assert ada.tick("2026-12-10T11:40:00+01:00") == 0
    assert len(states(ada)) == 1


def test_every_question_says_why_and_never_asks_the_same_twice_running(ada: Bench) -> None:
    ada.log("UADA", "I taught.", Date="2026-11-20")
    names = []
    for week in range(8):
        day = 3 + 7 * week
        month, day = (12, day) if day <= 31 else (1, day - 31)
        year = 2026 if month == 12 else 2027
        ada.tick(f"{year}-{month:02}-{day:02}T11:40:00+01:00")
        said = ada.dm("UADA", week + 1)
        assert "Why this? " in said
        names.append(next(line for line in said.split("\n") if "did something come up" in line))
        press(ada, "Nothing this time")
    assert all(a != b for a, b in pairwise(names))
    assert len({name.split(":")[0] for name in names}) == 4, "every competency has its turn"


def test_the_reason_names_the_days_since_the_last_example(ada: Bench) -> None:
    for competency in ("🦉", "🌱", "🧭", "🏆"):
        label = next(c.label for c in ada.bot.ladder.competencies if c.emoji == competency)
        ada.log("UADA", "one", label, Date="2026-11-20")
        ada.log("UADA", "two", label, Date="2026-11-23" if competency != "🌱" else "2026-11-21")
    ada.tick(SLOT)
    assert "Your last example for Teaching and Mentoring was 12 days ago." in ada.dm("UADA", 1)


def test_the_cue_is_a_sentence_of_the_ladder_word_for_word(ada: Bench) -> None:
    ada.tick(SLOT)
    cue = next(ln for ln in ada.dm("UADA", 1).split("\n") if ln.startswith("For instance: "))
    track = ada.bot.ladder.track("security-operations")
    assert track
    level = track.level("L3")
    assert level
    statements = [s.text for e in level.expects for s in e.statements]
    assert cue.removeprefix("For instance: ") in statements


def test_no_manager_ever_sees_a_nudge_or_its_answer(ada: Bench) -> None:
    ada.tick(SLOT)
    ada.slack.press("UADA", ada.slack.dm("UADA")[0], "Nothing this time")
    ada.hears("UADA", "Nothing this time. Next: ")
    assert ada.slack.dm("UMIA") == []


def test_placing_again_does_not_start_the_questions_over(ada: Bench) -> None:
    ada.tick(SLOT)
    ada.place("UADA", "L4", manager="UMIA")
    assert ada.tick("2026-12-03T12:00:00+01:00") == 0
    ada.tick("2026-12-10T11:40:00+01:00")
    assert "I am Rung" not in text_of(ada.slack.dm("UADA")[1])


def test_travel_never_makes_two_questions_on_one_local_date(ada: Bench) -> None:
    ada.tick(SLOT)
    ada.slack.change_user("UADA", tz="America/New_York")
    person = ada.member("UADA")
    ada.slack.wait_for(lambda: ada.bot.people.get(person).zone == "America/New_York")
    ada.tick("2026-12-03T11:40:00-05:00")
    assert len(ada.slack.dm("UADA")) == 1


def test_who_moved_while_no_bot_ran_is_not_asked_by_night_but_where_they_are(ada: Bench) -> None:
    ada.slack.workspace.person("UADA").tz = "America/Los_Angeles"  # and no event told of it
    assert ada.tick(SLOT) == 0
    assert ada.slack.dm("UADA") == []
    assert ada.tick("2026-12-10T11:40:00+01:00") == 0
    assert ada.tick("2026-12-10T11:40:00-08:00") == 1


def test_who_moved_next_door_is_asked_all_the_same(ada: Bench) -> None:
    ada.slack.workspace.person("UADA").tz = "Europe/London"
    assert ada.tick(SLOT) == 1


@pytest.mark.parametrize("left", ["deleted", "is_restricted"])
def test_who_left_or_became_a_guest_while_no_bot_ran_is_not_asked(ada: Bench, left: str) -> None:
    setattr(ada.slack.workspace.person("UADA"), left, True)
    assert ada.tick(SLOT) == 0
    assert states(ada) == ["suppressed"]
    assert ada.tick("2026-12-10T11:40:00+01:00") == 0


def test_a_slack_that_does_not_say_who_somebody_is_keeps_no_question_back(ada: Bench) -> None:
    ada.slack.fail_next("users.info", status=503)
    assert ada.tick(SLOT) == 1
