"""Whole years, lived through in seconds: who is asked when, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.model import State
from bot.nudges.when.manners import Manners, Rhythm
from playground.local_slack import text_of
from tests.bench import Bench
from tests.nudges.lived import A_DAY, BERLIN, at, latest, live, press, typed

MONDAY = "2026-11-30T09:00:00+01:00"
MISSED = "the bot did not run in its window"


@pytest.fixture
def ada(sqlite_bench: Bench) -> Bench:
    """Ada was imported on a Monday."""
    sqlite_bench.set_clock(MONDAY)
    sqlite_bench.place("UADA", manager="UMIA")
    return sqlite_bench


def reasons(bench: Bench) -> dict[str, str]:
    """Why what was not sent was not, by the day of its key."""
    return {
        str(row["key"]).rpartition("|")[2]: str(row["reason"])
        for row in bench.rows("parcels")
        if row["state"] != State.SENT
    }


def test_a_year_of_answers_is_a_question_each_thursday_but_on_holidays(ada: Bench) -> None:
    asked = live(
        ada, date(2026, 12, 1), date(2027, 11, 30), lambda: press(ada, "Nothing this time")
    )
    thursdays = [date(2026, 12, 3) + week * 7 * A_DAY for week in range(52)]
    ascension = date(2027, 5, 6)
    assert asked == [day for day in thursdays if day != ascension]
    assert [row["asked_at"] is not None for row in ada.rows("nudges")] == [True] * 51
    local = {instant(row["asked_at"]).astimezone(BERLIN).time() for row in ada.rows("nudges")}
    assert local == {time(11, 30)}, "summer and winter"
    assert reasons(ada) == {}


def instant(value: object) -> datetime:
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)


def minutes(first: str, count: int, step: int) -> Iterator[str]:
    moment = datetime.fromisoformat(first)
    for number in range(count):
        yield (moment + number * timedelta(minutes=step)).isoformat()


@pytest.mark.parametrize(
    ("night", "chosen", "shown"),
    [
        ("2027-03-28T00:00:00+00:00", "02:30", "2027-03-28 01:30"),
        ("2027-10-31T00:00:00+00:00", "02:30", "2027-10-31 00:30"),
    ],
    ids=["a time that does not exist", "a time that comes twice"],
)
def test_a_night_on_which_the_clock_is_changed_has_one_question(
    bench: Bench, night: str, chosen: str, shown: str
) -> None:
    day = night[:10]
    bench.set_clock(f"{day}T00:00:00+00:00")
    bench.place("UADA")
    rhythm = Rhythm(weekday=6, at=time.fromisoformat(chosen))
    early = Manners(rhythm, days=frozenset({6}), hours=(time(0), time(8)))
    bench.bot.nudges.change(bench.member("UADA"), early, bench.bot.now())
    sent = [moment for moment in minutes(night, 48, 5) if bench.tick(moment)]
    assert len(sent) == 1
    assert str(bench.rows("nudges")[0]["asked_at"]).startswith(shown)


def test_holidays_and_time_off_in_december_are_named_before_they_come(ada: Bench) -> None:
    typed(ada, "friday 10:00")
    typed(ada, "away 28 Dec to 5 Jan")
    ada.tick(at(date(2026, 12, 18)))
    shown = press(ada, "Nothing this time")
    assert "Not on Fri 25 Dec: public holiday (Christmas Day)." in shown
    assert "Not on Fri 1 Jan: you are away until Wed 6 Jan." in shown
    assert "Next: Fri, 2027-01-08 09:00 UTC" in shown
    assert live(ada, date(2026, 12, 19), date(2027, 1, 9)) == [date(2027, 1, 8)]


def test_three_weeks_without_a_bot_are_one_question_and_what_was_missed_has_its_reason(
    bench: Bench,
) -> None:
    bench.set_clock(MONDAY)
    bench.place("UADA")
    assert bench.tick("2026-12-24T12:00:00+01:00") == 1
    assert len(bench.slack.dm("UADA")) == 1
    assert reasons(bench) == {
        "2026-12-03": MISSED, "2026-12-10": MISSED, "2026-12-17": MISSED,
    }  # fmt: skip
    assert bench.tick("2026-12-24T12:05:00+01:00") == 0
    assert bench.tick("2026-12-31T12:00:00+01:00") == 1


def test_three_weeks_that_end_on_a_weekend_bring_nothing_late(ada: Bench) -> None:
    assert ada.tick("2026-12-20T12:00:00+01:00") == 0
    assert reasons(ada) == {
        "2026-12-03": MISSED, "2026-12-10": MISSED, "2026-12-17": MISSED,
    }  # fmt: skip


def test_somebody_who_travels_round_the_world_is_asked_once_on_a_date_and_in_a_week(
    ada: Bench,
) -> None:
    """Across the date line both ways, each time on the day of the question."""
    zones = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tokyo", "America/Los_Angeles"]
    person = ada.member("UADA")
    moment = datetime(2026, 11, 30, 8, tzinfo=UTC)
    for number in range(70 * 8):
        if number % 37 == 36:
            zone = zones[number // 37 % len(zones)]
            ada.set_clock(moment.isoformat())
            ada.slack.change_user("UADA", tz=zone)
            moved = ada.slack.wait_for(lambda z=zone: ada.bot.people.get(person).zone == z)
            assert moved
        if ada.tick(moment.isoformat()):
            press(ada, "Nothing this time")
        moment += timedelta(hours=3)
    days = [date.fromisoformat(str(row["local_date"])) for row in ada.rows("nudges")]
    assert len(days) >= 8
    assert all(b - a >= timedelta(days=7) for a, b in pairwise(sorted(days)))


def test_flying_east_on_the_day_of_the_question_brings_no_second_one(ada: Bench) -> None:
    ada.tick("2026-12-03T11:40:00+01:00")
    ada.slack.change_user("UADA", tz="Pacific/Pago_Pago")
    person = ada.member("UADA")
    ada.slack.wait_for(lambda: ada.bot.people.get(person).zone == "Pacific/Pago_Pago")
    pago = ZoneInfo("Pacific/Pago_Pago")
    assert ada.tick(at(date(2026, 12, 3), time(11, 40), pago)) == 0
    assert ada.tick(at(date(2026, 12, 10), time(11, 40), pago)) == 1
    assert "did something come up" in text_of(latest(ada))


def test_a_zone_that_moves_while_a_slot_is_due_does_not_lose_it(ada: Bench) -> None:
    ada.set_clock("2026-12-03T11:35:00+01:00")
    ada.slack.change_user("UADA", tz="Europe/Paris")
    person = ada.member("UADA")
    ada.slack.wait_for(lambda: ada.bot.people.get(person).zone == "Europe/Paris")
    assert ada.tick("2026-12-03T11:36:00+01:00") == 1
