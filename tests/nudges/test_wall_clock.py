"""From a wall clock to UTC, held against a slow oracle that only goes the other way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nudges.when.calendar import instant, next_working_day, working_day_before

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
DAYS = st.dates(date(1990, 1, 1), date(2037, 12, 31))
BERLIN, NEW_YORK, APIA = (
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("America/New_York"),
    ZoneInfo("Pacific/Apia"),
)


def minutes_around(day: date) -> Iterator[datetime]:
    """Every minute in UTC that can be on that day anywhere on Earth."""
    moment = datetime.combine(day, time(0), UTC) - timedelta(hours=15)
    for _ in range(24 * 60 + 30 * 60):
        yield moment
        moment += timedelta(minutes=1)


def slow_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Looks at the wall clock minute by minute: the first minute that shows the wanted time.

    Where the clock never shows it, the last minute before the jump tells how far it is past that.
    """
    wanted = datetime.combine(day, at)
    before = None
    for moment in minutes_around(day):
        wall = moment.astimezone(zone).replace(tzinfo=None)
        if wall == wanted:
            return moment
        if wall > wanted and before is not None and before[1] < wanted:
            return before[0] + (wanted - before[1])
        before = (moment, wall)
    raise AssertionError("no such day")


GAPS_AND_FOLDS = [
    (date(2026, 3, 29), time(2, 30), BERLIN),
    (date(2026, 10, 25), time(2, 30), BERLIN),
    (date(2026, 3, 8), time(2, 0), NEW_YORK),
    (date(2026, 11, 1), time(1, 59), NEW_YORK),
    (date(2026, 10, 4), time(2, 15), ZoneInfo("Australia/Lord_Howe")),
    (date(2026, 4, 5), time(1, 45), ZoneInfo("Australia/Lord_Howe")),
    (date(2011, 12, 30), time(11, 30), APIA),
    (date(2026, 3, 28), time(23, 30), ZoneInfo("America/Nuuk")),
    (date(2026, 9, 6), time(0, 0), ZoneInfo("America/Santiago")),
    (date(2026, 10, 25), time(0, 0), ZoneInfo("Africa/Cairo")),
]


@pytest.mark.parametrize(("day", "at", "zone"), GAPS_AND_FOLDS, ids=str)
def test_a_wall_time_in_a_gap_or_a_fold_is_what_the_slow_oracle_says(
    day: date, at: time, zone: ZoneInfo
) -> None:
    assert instant(day, at, zone) == slow_instant(day, at, zone)


@settings(max_examples=40, deadline=None)
@given(DAYS, TIMES, ZONES)
def test_any_wall_time_is_what_the_slow_oracle_says(day: date, at: time, zone: ZoneInfo) -> None:
    offset = datetime.combine(day, at, zone).utcoffset() or timedelta(0)
    if offset % timedelta(minutes=1):
        return  # an offset with seconds: the oracle looks at whole minutes
    assert instant(day, at, zone) == slow_instant(day, at, zone)


def test_a_gap_moves_forward_by_the_gap_and_a_fold_takes_the_first() -> None:
    assert instant(date(2026, 3, 29), time(2, 30), BERLIN) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )
    assert instant(date(2026, 10, 25), time(2, 30), BERLIN) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


@given(st.dates())
def test_working_days_go_from_monday_to_friday_and_back(day: date) -> None:
    if day > date.max - timedelta(days=5) or day < date.min + timedelta(days=5):
        return
    following, before = next_working_day(day), working_day_before(day)
    assert following.weekday() < 5
    assert before.weekday() < 5
    assert 1 <= (following - day).days <= 3
    assert 1 <= (day - before).days <= 3
    assert working_day_before(following) <= day
