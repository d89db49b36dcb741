"""When a one-on-one comes round, with moves, skips and pauses, and its pre-read before it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.nudges.when.calendar import instant
from bot.one_on_ones.pairs.rhythm import (
    WIDEST_MOVE,
    Cadence,
    Meeting,
    Rhythm,
    Timetable,
    first_after,
    pre_read_at,
)

BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)
ZONES = st.sampled_from(sorted(available_timezones()))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
FIRSTS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
RHYTHMS = st.builds(Rhythm, FIRSTS, TIMES, st.sampled_from(Cadence), ZONES)
AHEAD = st.integers(-100 * 86400, 400 * 86400)
SEVERAL = st.lists(st.tuples(st.integers(0, 12), st.none() | st.integers(-900, 900)), max_size=4)
many = settings(max_examples=150, deadline=None)


def is_its_day(rhythm: Rhythm, day: date) -> bool:
    """Looked at by itself, without counting from anywhere."""
    since, first = (day - rhythm.first).days, rhythm.first
    if since < 0 or day.weekday() != first.weekday():
        return False
    if rhythm.cadence is not Cadence.MONTHLY:
        return since % (7 if rhythm.cadence is Cadence.WEEKLY else 14) == 0
    number, is_last = (day.day + 6) // 7, day.day + 7 > monthrange(day.year, day.month)[1]
    wanted = (first.day + 6) // 7
    return is_last if wanted == 5 else number == wanted


def days_of(rhythm: Rhythm, last: date) -> Iterator[date]:
    day = rhythm.first
    while day <= last:
        if is_its_day(rhythm, day):
            yield day
        day += DAY


def slowly(timetable: Timetable, moment: datetime) -> Meeting:
    """Every meeting there is for a long time, and of them the first one that is later."""
    rhythm, zone = timetable.rhythm, ZoneInfo(timetable.rhythm.zone)
    start = max(moment.date(), rhythm.first, timetable.resumes or date.min)
    regular = {
        day.isoformat(): instant(day, rhythm.at, zone)
        for day in days_of(rhythm, start + timedelta(days=160))
    }
    takes_place = {slot: at for slot, at in {**regular, **timetable.moves}.items() if at}
    later = [
        Meeting(slot, at)
        for slot, at in takes_place.items()
        if at > moment
        and (timetable.resumes is None or at.astimezone(zone).date() >= timetable.resumes)
    ]
    return min(later, key=lambda each: (each.starts_at, each.slot in regular))


@many
@given(RHYTHMS, AHEAD, SEVERAL, st.none() | st.integers(-60, 200))
@example(Rhythm(date(2011, 12, 23), time(14), zone="Pacific/Apia"), 86400, [], None)
@example(Rhythm(date(2026, 3, 21), time(23, 30), zone="America/Nuuk"), 7 * 86400, [], None)
@example(Rhythm(date(2026, 1, 29), time(9), Cadence.MONTHLY), 86400, [(1, None)], None)
def test_the_next_is_the_first_of_all_there_are(
    rhythm: Rhythm, ahead: int, several: list[tuple[int, int | None]], pause: int | None
) -> None:
    zone = ZoneInfo(rhythm.zone)
    moment = instant(rhythm.first, rhythm.at, zone) + timedelta(seconds=ahead)
    days = list(days_of(rhythm, rhythm.first + timedelta(days=420)))
    moves = {
        day.isoformat(): None if hours is None else instant(day, rhythm.at, zone) + hours * HOUR
        for number, hours in several
        for day in days[number : number + 1]
    }
    resumes = None if pause is None else moment.date() + pause * DAY
    timetable = Timetable(rhythm, moves, resumes)
    assert timetable.after(moment).starts_at == slowly(timetable, moment).starts_at


HOUR = timedelta(hours=1)


@many
@given(RHYTHMS, AHEAD)
def test_each_comes_once_and_in_order(rhythm: Rhythm, ahead: int) -> None:
    timetable, zone = Timetable(rhythm), ZoneInfo(rhythm.zone)
    moment = instant(rhythm.first, rhythm.at, zone) + timedelta(seconds=ahead)
    seen: list[str] = []
    for _ in range(8):
        meeting = timetable.after(moment)
        assert meeting.starts_at > moment
        assert is_its_day(rhythm, date.fromisoformat(meeting.slot))
        moment = meeting.starts_at
        seen.append(meeting.slot)
    assert len(set(seen)) == 8


@many
@given(RHYTHMS, ZONES)
def test_a_pre_read_comes_before_it_on_a_working_day_of_the_reader(
    rhythm: Rhythm, reader: str
) -> None:
    zone = ZoneInfo(reader)
    meeting = rhythm.meeting_on(rhythm.first).starts_at
    due = pre_read_at(meeting, zone)
    assert due < meeting and meeting - due <= timedelta(days=5)
    assert due.astimezone(zone).weekday() < 5


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


@pytest.mark.parametrize(
    ("first", "cadence", "words", "following"),
    [
        ("2026-12-07", Cadence.WEEKLY, "every week on Monday at 14:00", "2026-12-14"),
        ("2026-12-07", Cadence.FORTNIGHTLY, "every second week on Monday at 14:00", "2026-12-21"),
        (
            "2026-12-08",
            Cadence.MONTHLY,
            "on the second Tuesday of each month at 14:00",
            "2027-01-12",
        ),
        (
            "2026-12-29",
            Cadence.MONTHLY,
            "on the last Tuesday of each month at 14:00",
            "2027-01-26",
        ),
    ],
)
def test_it_is_said_as_people_say_it_and_goes_on_like_that(
    first: str, cadence: Cadence, words: str, following: str
) -> None:
    rhythm = Rhythm(date.fromisoformat(first), time(14), cadence)
    assert rhythm.words == words
    after = Timetable(rhythm).after(rhythm.meeting_on(rhythm.first).starts_at)
    assert after == Meeting(following, datetime.fromisoformat(f"{following}T14:00:00+00:00"))


def test_the_first_of_a_calendars_meetings_is_the_next() -> None:
    noon = datetime(2026, 12, 7, 12, tzinfo=UTC)
    meetings = [Meeting("b", noon + DAY), Meeting("a", noon), Meeting("c", noon + 2 * DAY)]
    assert first_after(meetings, noon) == meetings[0]
    assert first_after(meetings, noon + WIDEST_MOVE) is None
