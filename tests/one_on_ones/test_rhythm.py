"""When a one-on-one comes round on the engineer's calendar, and its pre-read before it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from bot.one_on_ones.rhythm import Rhythm, next_pre_read, pre_read_at
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.nudges.when.calendar import instant

BERLIN = ZoneInfo("Europe/Berlin")
APIA, NUUK = ZoneInfo("Pacific/Apia"), ZoneInfo("America/Nuuk")
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
FIRSTS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
RHYTHMS = st.builds(Rhythm, FIRSTS, TIMES, st.sampled_from([1, 2]))
AHEAD = st.integers(-400 * 86400, 3000 * 86400)
many = settings(max_examples=150, deadline=None)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def slowly(rhythm: Rhythm, zone: ZoneInfo, until: datetime) -> list[datetime]:
    """Every one-on-one from the first to the one after `until`, counted from the first."""
    days = [rhythm.first]
    while instant(days[-1], rhythm.at, zone) <= until:
        days.append(days[-1] + timedelta(weeks=rhythm.weeks))
    return [instant(day, rhythm.at, zone) for day in days]


@many
@given(RHYTHMS, ZONES, AHEAD)
@example(Rhythm(date(2011, 12, 23), time(14)), APIA, 86400)
@example(Rhythm(date(2026, 3, 21), time(23, 30)), NUUK, 7 * 86400)
def test_the_next_and_the_last_are_those_counted_from_the_first(
    rhythm: Rhythm, zone: ZoneInfo, ahead: int
) -> None:
    moment = instant(rhythm.first, rhythm.at, zone) + timedelta(seconds=ahead)
    meetings = slowly(rhythm, zone, moment)
    assert rhythm.after(moment, zone) == meetings[-1]
    over = [meeting for meeting in meetings if meeting <= moment]
    assert rhythm.before(moment, zone) == (over[-1] if over else None)


@many
@given(RHYTHMS, ZONES, AHEAD)
def test_pre_reads_go_forward_each_before_its_meeting_on_a_working_day(
    rhythm: Rhythm, zone: ZoneInfo, ahead: int
) -> None:
    moment = instant(rhythm.first, rhythm.at, zone) + timedelta(seconds=ahead)
    for _ in range(8):
        following = next_pre_read(rhythm, zone, moment)
        assert following > moment
        assert following.astimezone(zone).weekday() < 5
        meeting = rhythm.after(following, zone)
        assert pre_read_at(meeting, zone) <= meeting
        assert meeting - following <= timedelta(days=4, hours=16)
        moment = following


@pytest.mark.parametrize(
    ("weekday", "meeting", "pre_read"),
    [
        ("Monday", "2026-12-07", "Fri 4 Dec 10:00"),
        ("Tuesday", "2026-12-08", "Mon 7 Dec 10:00"),
        ("Saturday", "2026-12-05", "Fri 4 Dec 10:00"),
        ("Sunday", "2026-12-06", "Fri 4 Dec 10:00"),
        ("Monday after the clocks change", "2026-10-26", "Fri 23 Oct 10:00"),
        ("Monday after they change back", "2027-03-29", "Fri 26 Mar 10:00"),
    ],
)
def test_a_pre_read_comes_at_ten_on_the_working_day_before(
    weekday: str, meeting: str, pre_read: str
) -> None:
    due = pre_read_at(instant(date.fromisoformat(meeting), time(14), BERLIN), BERLIN)
    local = due.astimezone(BERLIN)
    assert f"{local:%a} {local.day} {local:%b %H:%M}" == pre_read, weekday


def test_every_second_week_stays_every_second_week() -> None:
    rhythm = Rhythm(date(2026, 12, 7), time(14), 2)
    assert rhythm.after(at("2026-12-08T00:00:00+01:00"), BERLIN) == at("2026-12-21T14:00:00+01:00")
    assert rhythm.words == "every second week on Monday at 14:00"
    assert rhythm.before(at("2026-12-07T13:59:00+01:00"), BERLIN) is None
    assert rhythm.before(at("2026-12-07T14:00:00+01:00"), BERLIN) == datetime(
        2026, 12, 7, 13, tzinfo=UTC
    )
