"""Wall time turned into instants, and the days on which a rhythm comes round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import as_file, files
from zoneinfo import ZoneInfo, available_timezones

import pytest
import whenever
from hypothesis import given
from hypothesis import strategies as st

from bot.nudges.when.calendar import (
    day_before_pre_read,
    instant,
    is_slot_day,
    next_working_day,
    window_end,
    working_day_before,
)
from bot.nudges.when.manners import Cadence, Rhythm
from tests.nudges.when.effort import LIVED, tried
from tests.nudges.when.lives import TIMES, ZONES
from tests.nudges.when.oracle import opening

DAYS = st.dates(date(1990, 1, 1), date(2037, 12, 31))
BERLIN, NEW_YORK, APIA = (
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("America/New_York"),
    ZoneInfo("Pacific/Apia"),
)
MON_TO_FRI = frozenset(range(5))
MINUTE, HALF_HOUR, HOUR = timedelta(minutes=1), timedelta(minutes=30), timedelta(hours=1)
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
    assert instant(day, at, zone) == opening(day, at, zone)


@tried(200)
@given(DAYS, TIMES, ZONES)
def test_any_wall_time_is_what_the_slow_oracle_says(day: date, at: time, zone: ZoneInfo) -> None:
    assert instant(day, at, zone) == opening(day, at, zone)


def test_a_gap_moves_forward_by_the_gap_and_a_fold_takes_the_first() -> None:
    forward = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant(date(2026, 3, 29), time(2, 30), BERLIN) == forward
    assert instant(date(2026, 10, 25), time(2, 30), BERLIN) == first
    assert instant(date(2026, 10, 25), time(2, 30, fold=1), BERLIN) == first


FROM = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
TO = int(datetime(2031, 1, 1, tzinfo=UTC).timestamp())
STEP = 24 * 3600


def transitions(zone: ZoneInfo) -> Iterator[int]:
    """The second of each change of the offset from 2000 to 2030, found by halving the days."""

    def offset(second: int) -> float:
        found = datetime.fromtimestamp(second, zone).utcoffset()
        assert found is not None
        return found.total_seconds()

    before = offset(FROM)
    for second in range(FROM, TO, STEP):
        if (after := offset(second + STEP)) != before:
            low, high = second, second + STEP
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            yield high
            before = after


def walls_around(zone: ZoneInfo, second: int) -> set[datetime]:
    """Both edges of what is skipped or repeated, a minute around each, the middle, and an hour."""
    before = datetime.fromtimestamp(second - 1, zone).replace(tzinfo=None) + timedelta(seconds=1)
    after = datetime.fromtimestamp(second, zone).replace(tzinfo=None)
    edges = [before, after, before + (after - before) / 2, before - HOUR, after + HOUR]
    return {edge + about for edge in edges for about in (-MINUTE, timedelta(0), MINUTE)}


@pytest.fixture
def zones_of_tzdata() -> Iterator[None]:
    """The oracle reads the zones that the product reads."""
    with as_file(files("tzdata") / "zoneinfo") as path:
        whenever.reset_tzpath([str(path)])
        whenever.clear_tzcache()
        yield
    whenever.reset_tzpath()
    whenever.clear_tzcache()


@pytest.mark.usefixtures("zones_of_tzdata")
def test_whenever_agrees_on_every_transition_of_every_zone_from_2000_to_2030(
    record_property: Callable[[str, object], None],
) -> None:
    names, found, walls = different_zones(), 0, 0
    for name in names:
        zone = ZoneInfo(name)
        for second in transitions(zone):
            found += 1
            for wall in walls_around(zone, second):
                walls += 1
                assert instant(wall.date(), wall.time(), zone) == by_whenever(wall, name), name
    assert found > 6_000
    assert len(names) > 330
    record_property(
        LIVED,
        {"different zones": len(names), "transitions": found, "wall times beside whenever": walls},
    )


def different_zones() -> list[str]:
    """One name of each: older names have the very same bytes."""
    data = files("tzdata") / "zoneinfo"
    named = {(data / name).read_bytes(): name for name in available_timezones()}
    return sorted(named.values())


def by_whenever(wall: datetime, name: str) -> datetime:
    plain = whenever.PlainDateTime(wall.year, wall.month, wall.day, wall.hour, wall.minute)
    exact = plain.replace(second=wall.second).assume_tz(name, disambiguation="compatible")
    return exact.to_instant().to_stdlib()


@given(st.dates(date(1, 2, 1), date(9999, 11, 30)))
def test_working_days_go_from_monday_to_friday_and_back(day: date) -> None:
    following, before = next_working_day(day), working_day_before(day)
    assert following.weekday() < 5
    assert before.weekday() < 5
    assert 1 <= (following - day).days <= 3
    assert 1 <= (day - before).days <= 3
    assert working_day_before(following) <= day


def test_a_working_day_before_is_one_of_the_persons_own_days() -> None:
    assert working_day_before(date(2026, 11, 30), frozenset({1, 6})) == date(2026, 11, 29)
    assert working_day_before(date(2026, 11, 29), frozenset({1, 6})) == date(2026, 11, 24)


def slot_days(rhythm: Rhythm, first: str, last: str, days: frozenset[int] = MON_TO_FRI) -> str:
    """The days on which it comes round, as "5 Jan, 2 Feb"."""
    day, found = date.fromisoformat(first), []
    while day <= date.fromisoformat(last):
        if is_slot_day(rhythm, days, day):
            found.append(f"{day.day} {day:%b}")
        day += timedelta(days=1)
    return ", ".join(found)


def test_a_weekly_rhythm_comes_on_its_weekday() -> None:
    assert slot_days(Rhythm(1), "2026-12-28", "2027-01-20") == "29 Dec, 5 Jan, 12 Jan, 19 Jan"


def test_a_fortnight_counts_weeks_from_the_anchors_monday_over_long_years_too() -> None:
    """2026 has a week 53, so odd and even week numbers would slip."""
    rhythm = Rhythm(1, cadence=Cadence.FORTNIGHTLY, anchor=date(2026, 12, 20))
    assert slot_days(rhythm, "2026-12-01", "2027-01-31") == "1 Dec, 15 Dec, 29 Dec, 12 Jan, 26 Jan"
    other = Rhythm(1, cadence=Cadence.FORTNIGHTLY, anchor=date(2026, 12, 21))
    assert slot_days(other, "2026-12-01", "2027-01-31") == "8 Dec, 22 Dec, 5 Jan, 19 Jan"


def test_an_anchor_in_the_future_counts_back() -> None:
    rhythm = Rhythm(6, cadence=Cadence.FORTNIGHTLY, anchor=date(2030, 1, 1))
    assert slot_days(rhythm, "2026-11-01", "2026-11-30") == "1 Nov, 15 Nov, 29 Nov"


def test_a_month_has_its_first_such_weekday() -> None:
    rhythm = Rhythm(3, cadence=Cadence.MONTHLY)
    assert slot_days(rhythm, "2026-10-01", "2027-01-31") == "1 Oct, 5 Nov, 3 Dec, 7 Jan"


def test_a_day_of_the_month_is_clamped_to_the_months_last() -> None:
    rhythm = Rhythm(cadence=Cadence.MONTHLY, month_day=31)
    every_day = frozenset(range(7))
    assert slot_days(rhythm, "2028-01-01", "2028-04-30", every_day) == (
        "31 Jan, 29 Feb, 31 Mar, 30 Apr"
    )


def test_a_day_of_the_month_moves_back_to_a_working_day_into_the_month_before_if_need_be() -> None:
    fifteenth = Rhythm(cadence=Cadence.MONTHLY, month_day=15)
    assert slot_days(fifteenth, "2026-11-01", "2027-01-31") == "13 Nov, 15 Dec, 15 Jan"
    first = Rhythm(cadence=Cadence.MONTHLY, month_day=1)
    assert slot_days(first, "2026-07-15", "2026-12-15") == "31 Jul, 1 Sep, 1 Oct, 30 Oct, 1 Dec"
    only_mondays = frozenset({0})
    assert slot_days(first, "2026-11-20", "2027-01-15", only_mondays) == "30 Nov, 28 Dec"


def test_neither_off_nor_before_one_on_ones_follows_the_calendar_alone() -> None:
    for cadence in (Cadence.OFF, Cadence.BEFORE_ONE_ON_ONE):
        assert slot_days(Rhythm(cadence=cadence), "2026-12-01", "2027-02-01") == ""


@pytest.mark.parametrize(
    ("meeting", "asked"),
    [("2026-12-03", "2026-12-01"), ("2026-12-01", "2026-11-27"), ("2026-11-29", "2026-11-26")],
)
def test_before_a_one_on_one_is_the_working_day_before_the_pre_read(
    meeting: str, asked: str
) -> None:
    assert day_before_pre_read(date.fromisoformat(meeting), MON_TO_FRI).isoformat() == asked


@pytest.mark.parametrize(
    ("at", "end"),
    [
        ("11:30", "17:30"),
        ("09:00", "15:00"),
        ("17:00", "17:30"),
        ("17:20", "17:50"),
        ("22:00", "22:30"),
    ],
)
def test_a_window_as_people_would_say_it(at: str, end: str) -> None:
    opens = instant(date(2026, 12, 3), time.fromisoformat(at), BERLIN)
    assert f"{window_end(opens, time(17, 30), BERLIN).astimezone(BERLIN):%H:%M}" == end


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Rhythm(), "every Thursday at 11:30"),
        (Rhythm(1, time(14), Cadence.FORTNIGHTLY), "every second Tuesday at 14:00"),
        (Rhythm(cadence=Cadence.MONTHLY), "on the first Thursday of each month at 11:30"),
        (Rhythm(cadence=Cadence.MONTHLY, month_day=28), "on day 28 of each month at 11:30"),
        (
            Rhythm(cadence=Cadence.MONTHLY, month_day=31),
            "on day 31 of each month (or its last) at 11:30",
        ),
        (Rhythm(cadence=Cadence.BEFORE_ONE_ON_ONE), "before each one-on-one at 11:30"),
        (Rhythm(cadence=Cadence.OFF), "off"),
    ],
)
def test_a_rhythm_says_itself_in_words(rhythm: Rhythm, words: str) -> None:
    assert rhythm.words == words
