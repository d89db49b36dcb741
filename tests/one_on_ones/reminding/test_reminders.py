"""Reminders of promises: the partner's alone, by their own manners, and patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.nudges.when.manners import Away, Cadence, Manners, Rhythm
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.reminding.model import REMINDER
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.nudges.lived import A_DAY, at, days
from tests.one_on_ones.page.scenes import confirmed, pages, promise, promised, with_pair
from tests.one_on_ones.reminding.scenes import (
    about,
    becomes,
    choose,
    due_at,
    ends,
    erased,
    latest,
    press,
)

YOU = "You promised @UADA"
FIRST_OF_DECEMBER = date(2026, 12, 1)
THURSDAY = "2026-12-03T11:30:00+01:00"
TODAY = date(2026, 12, 1)
BUDGET = "ask for the budget"


@pytest.fixture
def pair(bench: Bench) -> Pair:
    """They have not said when they meet, so that nothing comes but what was promised."""
    return with_pair(bench, rhythm=None)


def manners(bench: Bench, user: str = "UMIA", **changes: object) -> None:
    """Somebody changes when they are asked."""
    member = bench.member(user)
    before = bench.bot.nudges.schedule(member).manners
    bench.bot.nudges.change(member, replace(before, **changes), bench.bot.now())  # type: ignore[arg-type]


def owes(bench: Bench, pair: Pair, text: str = BUDGET, due: date | None = TODAY) -> str:
    """Mia owes Ada something."""
    return promise(bench, pair, text, owner="UMIA", user="UADA", due=due)


def live(bench: Bench, first: date, last: date, user: str = "UMIA") -> list[date]:
    """One heartbeat at noon of each day; the days on which a reminder came."""
    found = []
    for day in days(first, last):
        before = ends(bench, REMINDER, user)["sent"]
        bench.tick(at(day))
        found += [day] if ends(bench, REMINDER, user)["sent"] > before else []
    return found


def asked(bench: Bench, user: str = "UMIA") -> list[date]:
    """The days of every unasked question that was handed in, nudges and reminders."""
    rows = [row for row in bench.rows("parcels") if row["recipient_id"] == user]
    kinds = ("nudge", REMINDER)
    return sorted(
        date.fromisoformat(str(row["key"]).rpartition("|")[2])
        for row in rows
        if row["kind"] in kinds and row["state"] == "sent"
    )


@pytest.mark.parametrize(
    ("due", "words"), [(date(2026, 12, 4), "was due 4 Dec 2026"), (date(2026, 12, 10), "due today")]
)
def test_it_comes_in_their_own_slot_once_its_day_has_come(
    bench: Bench, pair: Pair, due: date, words: str
) -> None:
    owes(bench, pair, due=due)
    bench.tick(THURSDAY)
    assert about(bench, YOU) == []
    bench.tick("2026-12-10T11:29:00+01:00")
    assert about(bench, YOU) == []
    bench.tick("2026-12-10T11:30:00+01:00")
    (text,) = about(bench, YOU)
    assert f"{YOU}: “{BUDGET}” 10 days ago, {words}." in text
    assert "Why this?" in text
    assert about(bench, YOU, "UADA") == []


@on_sqlite
def test_one_without_a_day_is_asked_about_after_two_weeks(bench: Bench, pair: Pair) -> None:
    owes(bench, pair, due=None)
    assert live(bench, TODAY, date(2026, 12, 20)) == [date(2026, 12, 17)]


@on_sqlite
def test_what_the_engineer_promised_is_never_asked_about(bench: Bench, pair: Pair) -> None:
    promise(bench, pair, "write the runbook", owner="UADA", due=TODAY)
    assert live(bench, TODAY, date(2026, 12, 31), "UADA") == []
    assert bench.rows("promise_reminders") == []


@on_sqlite
def test_all_that_is_due_to_one_person_comes_in_one_message(bench: Bench, pair: Pair) -> None:
    owes(bench, pair)
    owes(bench, pair, "name a mentor")
    bench.tick(THURSDAY)
    (text,) = about(bench, YOU)
    assert BUDGET in text
    assert "name a mentor" in text
    choose(bench, "budget", "Done", where=YOU)
    assert f"{YOU}: “name a mentor” 3 days ago" in becomes(bench, f"✅ Done: “{BUDGET}”.")
    assert promised(bench, pair) == ["name a mentor"]


def test_done_later_and_drop_are_answers(bench: Bench, pair: Pair) -> None:
    owes(bench, pair)
    bench.tick(THURSDAY)
    assert "I may ask again 2026-12-17 10:30" in press(
        bench, "Later", "it stays open", where="You promised @"
    )
    assert promised(bench, pair) == [BUDGET]
    assert live(bench, date(2026, 12, 4), date(2026, 12, 17)) == [date(2026, 12, 17)]
    bench.slack.press("UMIA", latest(bench, words=YOU), "Drop it")
    bench.modal("UMIA", "Drop a promise")
    assert bench.slack.submit("UMIA", {"Why is it dropped?": "there is none"}).ok
    assert bench.slack.wait_for(lambda: about(bench, f"✅ Dropped: “{BUDGET}”."))
    assert promised(bench, pair) == []
    assert due_at(bench) == ""


@on_sqlite
def test_it_says_nothing_once_it_is_settled(bench: Bench, pair: Pair) -> None:
    item = owes(bench, pair)
    bench.bot.reminders.plan_due(bench.set_clock(THURSDAY))
    pages(bench).done(bench.member("UADA"), item, bench.bot.now())
    bench.tick(THURSDAY)
    assert about(bench, YOU) == []
    assert ends(bench, REMINDER) == {"suppressed": 1}


@pytest.mark.parametrize(
    ("change", "day"),
    [
        ({"rhythm": Rhythm(cadence=Cadence.OFF)}, None),
        ({"paused_until": date(2026, 12, 12)}, date(2026, 12, 17)),
        ({"away": (Away(date(2026, 12, 1), date(2026, 12, 4)),)}, date(2026, 12, 10)),
        ({"skipped": date(2026, 12, 3)}, date(2026, 12, 10)),
        ({"days": frozenset({0, 1}), "rhythm": Rhythm(weekday=1)}, date(2026, 12, 8)),
        ({"rhythm": Rhythm(weekday=4, cadence=Cadence.MONTHLY)}, date(2026, 12, 4)),
    ],
    ids=["off", "paused", "away", "skipped", "other days", "monthly"],
)
@on_sqlite
def test_it_goes_by_what_they_decided(
    bench: Bench, pair: Pair, change: dict[str, object], day: date | None
) -> None:
    manners(bench, **change)
    bench.set_clock("2026-12-01T13:00:00+01:00")
    owes(bench, pair)
    found = live(bench, date(2026, 12, 2), date(2026, 12, 20))
    assert found[:1] == ([day] if day else [])


@pytest.mark.parametrize(
    "change",
    [
        {"rhythm": Rhythm(cadence=Cadence.OFF)},
        {"paused_until": date(2026, 12, 12)},
        {"away": (Away(date(2026, 12, 1), date(2026, 12, 4)),)},
    ],
    ids=["off", "paused", "away"],
)
@on_sqlite
def test_what_they_decide_at_the_last_moment_counts(
    bench: Bench, pair: Pair, change: dict[str, object]
) -> None:
    owes(bench, pair)
    bench.bot.reminders.plan_due(bench.set_clock(THURSDAY))
    manners(bench, **change)
    bench.tick(THURSDAY)
    assert about(bench, YOU) == []


@on_sqlite
def test_a_public_holiday_where_they_live_is_left_out(bench: Bench, pair: Pair) -> None:
    manners(bench, rhythm=Rhythm(weekday=4))
    bench.set_clock("2026-12-20T10:00:00+01:00")
    owes(bench, pair)
    found = live(bench, date(2026, 12, 21), date(2027, 1, 9))
    assert found == [date(2027, 1, 8)], "Christmas Day and New Year's Day are Fridays"


@on_sqlite
def test_it_waits_while_they_are_not_to_be_disturbed(bench: Bench, pair: Pair) -> None:
    owes(bench, pair)
    now = bench.set_clock(THURSDAY)
    bench.slack.set_dnd("UMIA", now, now + timedelta(hours=1))
    bench.tick(THURSDAY)
    assert about(bench, YOU) == []
    bench.tick("2026-12-03T12:30:00+01:00")
    assert len(about(bench, YOU)) == 1


@on_sqlite
def test_nothing_is_sent_once_the_pair_has_ended(bench: Bench, pair: Pair) -> None:
    owes(bench, pair)
    bench.bot.reminders.plan_due(bench.set_clock(THURSDAY))
    bench.bot.pairs.end(bench.member("UADA"), pair.id, bench.bot.now())
    assert live(bench, date(2026, 12, 3), date(2026, 12, 31)) == []
    assert due_at(bench) == ""


def test_nothing_is_sent_about_an_engineer_who_is_erased(bench: Bench, pair: Pair) -> None:
    owes(bench, pair)
    bench.bot.reminders.plan_due(bench.set_clock(THURSDAY))
    erased(bench, "UADA")
    assert live(bench, date(2026, 12, 3), date(2026, 12, 31)) == []
    assert ends(bench, REMINDER)["sent"] == 0


@on_sqlite
def test_whoever_is_erased_is_not_reminded(bench: Bench, pair: Pair) -> None:
    owes(bench, pair)
    erased(bench, "UMIA")
    assert bench.rows("promise_reminders") == []


def test_two_bots_ask_once(bench: Bench, replica: Bench) -> None:
    pair = with_pair(bench)
    owes(bench, pair)
    replica.set_clock(THURSDAY)
    assert bench.bot.reminders.plan_due(bench.set_clock(THURSDAY)) == 1
    assert replica.bot.reminders.plan_due(bench.set_clock(THURSDAY)) == 0
    bench.tick(THURSDAY)
    replica.tick(THURSDAY)
    assert len(about(bench, YOU)) == 1


def test_nudges_and_reminders_take_turns_a_week_apart(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    owes(bench, with_pair(bench, rhythm=None))
    kinds = []
    for day in days(TODAY, date(2027, 1, 14)):
        before = len(asked(bench))
        bench.tick(at(day))
        if len(asked(bench)) > before:
            reminded = bool(about(bench, YOU))
            kinds.append("reminder" if reminded else "nudge")
            press(bench, "Later" if reminded else "Nothing this time", "")
    assert kinds[:4] == ["reminder", "nudge", "reminder", "nudge"]
    assert all(b - a >= 7 * A_DAY for a, b in pairwise(asked(bench)))


def test_ignored_twice_the_gap_doubles_and_after_four_it_is_silent(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    pair = with_pair(bench, rhythm=None)
    owes(bench, pair)
    found = live(bench, TODAY, date(2027, 6, 30))
    assert [(b - a).days for a, b in pairwise(found)] == [14, 28, 28]
    assert due_at(bench) == ""
    press(bench, "Later", "I may ask again", where=YOU)
    again = live(bench, date(2027, 7, 1), date(2027, 7, 31))
    assert again == [date(2027, 7, 1), date(2027, 7, 15)]


def test_each_person_whom_they_owe_has_their_turn(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    first = with_pair(bench, rhythm=None)
    second = confirmed(bench, "UBEN", "UMIA", rhythm=None)
    owes(bench, first)
    promise(bench, second, "read the draft", owner="UMIA", user="UBEN", due=TODAY)
    whom = []
    for day in days(TODAY, date(2027, 1, 14)):
        before = ends(bench, REMINDER)["sent"]
        bench.tick(at(day))
        if ends(bench, REMINDER)["sent"] > before:
            whom.append("UADA" if YOU in about(bench, "You promised")[-1] else "UBEN")
            press(bench, "Later", "it stays open", where="You promised @")
    assert set(whom[:2]) == {"UADA", "UBEN"}
    assert whom[2:] == whom[: len(whom) - 2]


def test_stopping_them_leaves_the_nudges_and_has_a_way_back(bench: Bench, pair: Pair) -> None:
    owes(bench, pair)
    bench.tick(THURSDAY)
    choose(bench, "reminding.stop", "Stop these reminders", where=YOU)
    becomes(bench, "I do not remind you")
    assert due_at(bench) == ""
    owes(bench, pair, "name a mentor")
    assert due_at(bench) == ""
    press(bench, "Remind me again", "I remind you again")
    assert due_at(bench) == "2026-12-17 10:30"


@pytest.fixture
def unplaced(bench: Bench) -> Iterator[Pair]:
    """Ben meets Ken, who lives in New York and stands on no ladder."""
    with_pair(bench, rhythm=None)
    bench.slack.add_user("UKEN", "ken", "Ken", "ken@example.com", "America/New_York")
    yield confirmed(bench, "UBEN", "UKEN", rhythm=None)


@on_sqlite
def test_somebody_not_placed_is_asked_by_the_default_manners_in_their_zone(
    bench: Bench, unplaced: Pair
) -> None:
    promise(bench, unplaced, BUDGET, owner="UKEN", user="UBEN", due=TODAY)
    assert due_at(bench, "UKEN") == "2026-12-03 16:30"
    bench.tick("2026-12-03T11:30:00-05:00")
    assert len(about(bench, "You promised @UBEN", "UKEN")) == 1
    bench.set_clock("2026-12-04T11:30:00-05:00")
    bench.place("UKEN", zone="America/New_York")
    bench.tick("2026-12-09T12:00:00-05:00")
    assert asked(bench, "UKEN") == [date(2026, 12, 3)], "the nudges know of it"


def test_their_own_act_breaks_the_silence_and_somebody_elses_does_not(
    sqlite_bench: Bench,
) -> None:
    bench = sqlite_bench
    pair = with_pair(bench, rhythm=None)
    owes(bench, pair)
    live(bench, TODAY, date(2027, 3, 31))
    assert due_at(bench) == ""
    owes(bench, pair, "name a mentor")
    assert due_at(bench) == ""
    promise(bench, pair, "write to the board", owner="UMIA", user="UMIA")
    assert due_at(bench) != ""


@on_sqlite
def test_a_bot_that_was_away_reminds_of_nothing_late(bench: Bench, pair: Pair) -> None:
    owes(bench, pair)
    bench.tick("2026-12-05T12:00:00+01:00")
    assert about(bench, YOU) == []
    assert due_at(bench) == "2026-12-10 10:30"


@on_sqlite
def test_an_export_tells_the_partner_and_not_the_engineer(bench: Bench, pair: Pair) -> None:
    owes(bench, pair)
    bench.tick(THURSDAY)
    (mia,) = bench.bot.reminders.records_of(bench.member("UMIA"))
    (ada,) = bench.bot.reminders.records_of(bench.member("UADA"))
    assert [row[1:] for row in mia.rows] == [(date(2026, 12, 3), 1, False)]
    assert ada.rows == ()


def test_manners_by_default_are_those_of_everybody() -> None:
    assert Manners().rhythm.weekday == datetime.fromisoformat(THURSDAY).weekday()


@on_sqlite
def test_whom_it_was_promised_reads_of_no_reminder_in_their_export(
    bench: Bench, pair: Pair
) -> None:
    """It says that they do not see that somebody is asked."""
    owes(bench, pair)
    bench.tick(THURSDAY)
    assert about(bench, YOU)

    def kinds(user: str) -> str:
        records = bench.bot.own_data.my_records(bench.member(user), bench.bot.now())
        return str([each.rows for each in records.sections])

    assert REMINDER in kinds("UMIA")
    assert REMINDER not in kinds("UADA")
