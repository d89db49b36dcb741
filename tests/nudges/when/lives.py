"""Lives for the properties: people who decided all sorts of things, in every zone."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from bot.nudges.when.manners import Away, Cadence, Manners, Rhythm
from bot.nudges.when.outlook import Around
from tests.nudges.when.oracle import Life

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
WORKING_TIMES = st.integers(9 * 60, 17 * 60 + 29).map(lambda m: time(m // 60, m % 60))
START, END = date(2004, 1, 1), date(2034, 12, 31)


def instants(first: date, days: int) -> st.SearchStrategy[datetime]:
    """Whole minutes on those days."""
    start = datetime.combine(first, time(0), UTC)
    return st.integers(0, days * 24 * 60).map(lambda minutes: start + timedelta(minutes=minutes))


def near(first: date, days: int = 120) -> st.SearchStrategy[date]:
    """A day soon after, or a little before."""
    return st.integers(-20, days).map(lambda ahead: first + timedelta(days=ahead))


@st.composite
def rhythms(draw: st.DrawFn, at: st.SearchStrategy[time]) -> Rhythm:
    """Any of them; Thursday at half past eleven now and then."""
    cadence = draw(st.sampled_from([each for each in Cadence if each is not Cadence.OFF]))
    return Rhythm(
        weekday=draw(st.integers(0, 6)),
        at=draw(at),
        cadence=cadence,
        anchor=draw(st.dates(START, END)),
        month_day=draw(st.none() | st.integers(1, 31)),
    )


@st.composite
def time_off(draw: st.DrawFn, first: date) -> Away:
    """Some days to three weeks."""
    day = draw(near(first))
    return Away(day, day + timedelta(days=draw(st.integers(0, 21))))


@st.composite
def manners(draw: st.DrawFn, first: date) -> Manners:
    """Mostly people with a usual working day, some with none that makes sense."""
    usual = draw(st.integers(0, 3)) > 0
    hours = (time(9), time(17, 30)) if usual else draw(st.tuples(TIMES, TIMES))
    return Manners(
        rhythm=draw(rhythms(WORKING_TIMES if usual else TIMES)),
        days=frozenset(range(5)) if usual else draw(st.frozensets(st.integers(0, 6))),
        hours=hours,
        away=tuple(draw(st.lists(time_off(first), max_size=3))),
        paused_until=draw(st.none() | st.none() | near(first)),
        skipped=draw(st.none() | near(first, 30)),
        again_on=draw(st.none() | near(first, 30)),
    )


@st.composite
def lives(draw: st.DrawFn, first: date) -> Life:
    """A person, the holidays of their country, and their one-on-ones for the next year or so."""
    days = draw(st.lists(near(first), max_size=12))
    step = draw(st.sampled_from([1, 3, 7, 7, 14, 14, 30]))
    meeting = draw(instants(first - timedelta(days=30), 30))
    count = draw(st.integers(0, 60))
    return Life(
        manners=draw(manners(first)),
        holidays={day: f"Holiday {number}" for number, day in enumerate(days)},
        meetings=tuple(meeting + timedelta(days=step * n) for n in range(count)),
        stretch=draw(st.sampled_from([1, 1, 2, 3])),
    )


def around(life: Life, zone: ZoneInfo, last_asked: date | None) -> Around:
    """What the product is told about that life."""

    def next_meeting(moment: datetime) -> datetime | None:
        place = bisect_right(life.meetings, moment)
        return life.meetings[place] if place < len(life.meetings) else None

    def holiday(day: date) -> str:
        return life.holidays.get(day, "")

    return Around(zone, holiday, next_meeting, last_asked, life.stretch)
