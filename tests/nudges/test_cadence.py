"""When a weekly slot comes round, and when it is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.nudges.cadence import (
    Cadence,
    Rhythm,
    instant,
    latest_slot,
    slot_after,
    window_end,
)

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
RHYTHMS = st.builds(Rhythm, st.integers(0, 6), TIMES)
DAYS = st.dates(date(1990, 1, 1), date(2037, 12, 31))
MOMENTS = st.integers(631_152_000, 2_145_916_800).map(lambda s: datetime.fromtimestamp(s, UTC))
BERLIN, NEW_YORK, APIA = (
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("America/New_York"),
    ZoneInfo("Pacific/Apia"),
)
HALF_HOUR = timedelta(minutes=30)


@settings(max_examples=150, deadline=None)
@given(RHYTHMS, ZONES, MOMENTS)
@example(Rhythm(6, time(2, 30)), BERLIN, datetime(2026, 3, 20, tzinfo=UTC))
@example(Rhythm(6, time(2, 30)), BERLIN, datetime(2026, 10, 18, tzinfo=UTC))
@example(Rhythm(4, time(11, 30)), APIA, datetime(2011, 12, 20, tzinfo=UTC))
def test_slots_go_strictly_forward_one_in_each_week_at_the_same_wall_time(
    rhythm: Rhythm, zone: ZoneInfo, moment: datetime
) -> None:
    slots: list[datetime] = []
    for _ in range(60):
        following = slot_after(rhythm, zone, slots[-1] if slots else moment)
        assert following is not None
        slots.append(following)
    assert slots[0] > moment
    for a, b in pairwise(slots):
        assert timedelta(days=5, hours=20) < b - a < timedelta(days=8, hours=4)
    for slot in slots:
        assert is_the_slot(slot, rhythm, zone)


def is_the_slot(slot: datetime, rhythm: Rhythm, zone: ZoneInfo) -> bool:
    """The wall shows weekday and time; or that time does not exist and the gap lies between."""
    wall = slot.astimezone(zone)
    if (wall.weekday(), wall.time()) == (rhythm.weekday, rhythm.at):
        return True
    back = [(slot - timedelta(hours=h)).astimezone(zone).utcoffset() for h in (1, 3, 25)]
    return any(offset != wall.utcoffset() for offset in back)


@settings(max_examples=150, deadline=None)
@given(RHYTHMS, ZONES, MOMENTS)
@example(Rhythm(4, time(11, 30)), APIA, datetime(2011, 12, 24, tzinfo=UTC))
@example(Rhythm(5, time(23, 30)), ZoneInfo("America/Nuuk"), datetime(2026, 3, 28, tzinfo=UTC))
def test_no_slot_lies_between_the_latest_and_the_next(
    rhythm: Rhythm, zone: ZoneInfo, moment: datetime
) -> None:
    latest, following = latest_slot(rhythm, zone, moment), slot_after(rhythm, zone, moment)
    assert latest is not None
    assert following is not None
    assert latest <= moment < following
    assert slot_after(rhythm, zone, latest) == following
    assert latest_slot(rhythm, zone, following) == following
    assert is_the_slot(latest, rhythm, zone)


def test_never_is_never() -> None:
    rhythm = Rhythm(cadence=Cadence.OFF)
    moment = datetime(2026, 12, 3, tzinfo=UTC)
    assert slot_after(rhythm, BERLIN, moment) is None
    assert latest_slot(rhythm, BERLIN, moment) is None


@settings(max_examples=150, deadline=None)
@given(DAYS, TIMES, ZONES)
def test_a_window_is_half_an_hour_to_six_hours_and_ends_with_the_working_day(
    day: date, at: time, zone: ZoneInfo
) -> None:
    slot = instant(day, at, zone)
    end = window_end(slot, zone)
    assert HALF_HOUR <= end - slot <= timedelta(hours=6)
    closing = instant(slot.astimezone(zone).date(), time(17, 30), zone)
    assert end <= max(closing, slot + HALF_HOUR)


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
    slot = instant(date(2026, 12, 3), time.fromisoformat(at), BERLIN)
    assert f"{window_end(slot, BERLIN).astimezone(BERLIN):%H:%M}" == end
