"""When somebody may be asked, told slowly and in another way than the product tells it.

It looks at wall clocks minute by minute and at calendars day by day, writes down every slot of a
stretch of time, and holds each against every reason there may be. It shares no rule with the
product, only the values that a person chooses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.nudges.when.manners import Away, Cadence, Manners, Why

MINUTE = timedelta(minutes=1)
ONE = timedelta(days=1)
ORDER = [
    Why.PAUSED,
    Why.AWAY,
    Why.SKIPPED,
    Why.DAY_OFF,
    Why.HOLIDAY,
    Why.OUTSIDE_HOURS,
    Why.TOO_SOON,
]


@lru_cache(maxsize=100_000)
def opening(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first minute in UTC at which the wall shows it.

    Where the clock never shows it, the last minute before the jump tells how far it is past that.
    """
    wanted = datetime.combine(day, at)
    moment = datetime.combine(day, at, UTC) - farthest_east(day, zone) - 2 * MINUTE
    before = None
    for _ in range(50 * 60):
        wall = moment.astimezone(zone).replace(tzinfo=None)
        if wall == wanted:
            return moment
        if wall > wanted and before is not None and before[1] < wanted:
            return before[0] + (wanted - before[1])
        before = (moment, wall)
        moment += MINUTE
    raise AssertionError("no such day")


def farthest_east(day: date, zone: ZoneInfo) -> timedelta:
    """The largest offset of the days around: no wall shows a time earlier than that allows."""
    noon = datetime.combine(day, time(12), UTC)
    hours = (noon + timedelta(hours=hour) for hour in range(-60, 60))
    return max(hour.astimezone(zone).utcoffset() or timedelta(0) for hour in hours)


def local(moment: datetime, zone: ZoneInfo) -> date:
    """The date on the wall."""
    return moment.astimezone(zone).date()


def every_day(first: date, last: date) -> Iterator[date]:
    """Both included."""
    while first <= last:
        yield first
        first += ONE


@dataclass(frozen=True)
class Life:
    """What a person decided, and the world around them; meetings in UTC, in order."""

    manners: Manners
    holidays: dict[date, str] = field(default_factory=dict)
    meetings: tuple[datetime, ...] = ()
    stretch: int = 1


@dataclass(frozen=True)
class Seen:
    """A slot as the oracle sees it; `put_off` when the person asked for it."""

    day: date
    opens: datetime
    closes: datetime
    put_off: bool


def slots(life: Life, zone: ZoneInfo, first: date, last: date) -> list[Seen]:
    """Every slot that falls on those days of the calendar, used or not, in order."""
    manners = life.manners
    if manners.rhythm.cadence == "off":
        return []
    days = dict.fromkeys(rhythm_days(life, zone, first, last), False)
    if (again := again_day(life)) is not None and first <= again <= last:
        days[again] = True
    found: dict[datetime, bool] = {}
    for day, put_off in sorted(days.items()):
        opens = opening(day, manners.rhythm.at, zone)
        found[opens] = found.get(opens, False) or put_off
    return [
        Seen(local(opens, zone), opens, closing(opens, manners.hours[1], zone), put_off)
        for opens, put_off in found.items()
    ]


def rhythm_days(life: Life, zone: ZoneInfo, first: date, last: date) -> set[date]:
    """The days among those on which the rhythm comes round."""
    rhythm, working = life.manners.rhythm, life.manners.days
    if rhythm.cadence == Cadence.MONTHLY:
        found = monthly_days(life.manners, first, last)
    elif rhythm.cadence == Cadence.BEFORE_ONE_ON_ONE:
        meetings = {local(meeting, zone) for meeting in life.meetings} if working else set()
        found = {two_working_days_before(day, working) for day in meetings}
    else:
        found = {day for day in every_day(first, last) if weekly(life.manners, day)}
    return {day for day in found if first <= day <= last}


def weekly(manners: Manners, day: date) -> bool:
    """Weeks are counted from the first Monday of the calendar, 1 January of the year 1."""
    rhythm = manners.rhythm
    week, anchored = (day.toordinal() - 1) // 7, (rhythm.anchor.toordinal() - 1) // 7
    fits = rhythm.cadence == Cadence.WEEKLY or week % 2 == anchored % 2
    return fits and (day.toordinal() - 1) % 7 == rhythm.weekday


def monthly_days(manners: Manners, first: date, last: date) -> set[date]:
    """One in each of the months of those days, and of the months before and after."""
    months: dict[tuple[int, int], list[date]] = {}
    for day in every_day(first - 70 * ONE, last + 70 * ONE):
        months.setdefault((day.year, day.month), []).append(day)
    whole = sorted(months)[1:-1]
    return {the_day_of(manners, months[month]) for month in whole}


def the_day_of(manners: Manners, month: list[date]) -> date:
    """The first such weekday; or that day of the month, moved back to a working one."""
    rhythm = manners.rhythm
    if rhythm.month_day is None:
        return next(day for day in month if day.weekday() == rhythm.weekday)
    day = (month[: rhythm.month_day])[-1]
    for back in range(7):
        if (day - back * ONE).weekday() in manners.days:
            return day - back * ONE
    return day


def two_working_days_before(day: date, working: frozenset[int]) -> date:
    """Counted back day by day."""
    left = 2 if working else 0
    while left:
        day -= ONE
        left -= day.weekday() in working
    return day


def again_day(life: Life) -> date | None:
    """The first day from the one put off to on which nothing but time speaks against it."""
    if (first := life.manners.again_on) is None:
        return None
    for day in every_day(first, first + 399 * ONE):
        speaks = {why for why, _ in against(life, day)}
        if not speaks & {Why.PAUSED, Why.AWAY, Why.DAY_OFF, Why.HOLIDAY}:
            return day
    return None


def closing(opens: datetime, end: time, zone: ZoneInfo) -> datetime:
    """Six hours on, or when the day ends if that is earlier, but half an hour on at least."""
    day_ends = opening(local(opens, zone), end, zone)
    minutes = (day_ends - opens) // MINUTE
    return opens + MINUTE * sorted([30, minutes, 360])[1] if minutes < 360 else opens + 360 * MINUTE


@lru_cache(maxsize=100)
def days_off(away: tuple[Away, ...]) -> frozenset[date]:
    """Each day of all of it."""
    return frozenset(day for each in away for day in every_day(each.first, each.last))


def against(life: Life, day: date, put_off: bool = False) -> list[tuple[Why, str]]:
    """Everything that speaks against a day, whenever the last question was."""
    manners, reasons = life.manners, []
    if manners.paused_until and day.toordinal() < manners.paused_until.toordinal():
        reasons.append((Why.PAUSED, str(manners.paused_until)))
    off = days_off(manners.away)
    if day in off:
        back = next(d for d in every_day(day, day + 1000 * ONE) if d not in off)
        reasons.append((Why.AWAY, str(back)))
    skipped = manners.skipped or date.min
    if day == skipped or (day < skipped and not put_off):
        reasons.append((Why.SKIPPED, ""))
    if day.isoweekday() - 1 not in manners.days:
        reasons.append((Why.DAY_OFF, ""))
    if day in life.holidays:
        reasons.append((Why.HOLIDAY, life.holidays[day]))
    at, (start, end) = manners.rhythm.at, manners.hours
    if at < start or at >= end:
        reasons.append((Why.OUTSIDE_HOURS, ""))
    return reasons


def verdict(
    life: Life, zone: ZoneInfo, slot: Seen, last_asked: date | None
) -> tuple[Why, str] | None:
    """The first reason against it; None when it may be used."""
    reasons = against(life, slot.day, slot.put_off)
    if last_asked is not None and slot.day < not_before(life, zone, slot, last_asked):
        reasons.append((Why.TOO_SOON, ""))
    return min(reasons, key=lambda reason: ORDER.index(reason[0]), default=None)


def not_before(life: Life, zone: ZoneInfo, slot: Seen, last_asked: date) -> date:
    """The first day on which another question is not too soon after the last one."""
    if slot.put_off:
        return last_asked + ONE
    if life.stretch == 1:
        return last_asked + 7 * ONE
    if life.manners.rhythm.cadence == Cadence.MONTHLY:
        return last_asked + (30 * life.stretch - 15) * ONE
    own = {Cadence.WEEKLY: 7, Cadence.FORTNIGHTLY: 14}.get(life.manners.rhythm.cadence, 7)
    if life.manners.rhythm.cadence == Cadence.BEFORE_ONE_ON_ONE:
        ahead = [local(meeting, zone) for meeting in life.meetings if meeting > slot.opens]
        own = max(7, (ahead[1] - ahead[0]).days) if len(ahead) > 1 else 7
    return last_asked + own * life.stretch * ONE
