"""The days on which a rhythm comes round, and wall time turned into instants. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.nudges.when.manners import Cadence, Rhythm

DAY = timedelta(days=1)
WINDOW = timedelta(hours=6)
SHORTEST_WINDOW = timedelta(minutes=30)
WORKING_WEEK = frozenset(range(5))


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """That wall time in UTC: in a gap it moves forward by the gap, in a fold it is the first."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def next_working_day(day: date) -> date:
    """The first day after it that is not on a weekend."""
    day += DAY
    while day.weekday() not in WORKING_WEEK:
        day += DAY
    return day


def working_day_before(day: date, days: Collection[int] = WORKING_WEEK) -> date:
    """The last day before it that is one of `days`, which must not be empty."""
    return on_or_before(day - DAY, days)


def on_or_before(day: date, days: Collection[int]) -> date:
    """The last day up to it that is one of `days`; the day itself when there are none."""
    while days and day.weekday() not in days:
        day -= DAY
    return day


def window_end(opens: datetime, closing: time, zone: ZoneInfo) -> datetime:
    """When a slot is over: at the end of the working day, after six hours at the latest.

    A slot that a gap or an odd setting puts at the very end still gets half an hour.
    """
    closes = instant(opens.astimezone(zone).date(), closing, zone)
    return max(min(closes, opens + WINDOW), opens + SHORTEST_WINDOW)


def is_slot_day(rhythm: Rhythm, days: Collection[int], day: date) -> bool:
    """Whether a rhythm that follows the calendar alone comes round on that day.

    `days` are the working days, to which a day of the month moves back.
    """
    match rhythm.cadence:
        case Cadence.WEEKLY:
            return day.weekday() == rhythm.weekday
        case Cadence.FORTNIGHTLY:
            return day.weekday() == rhythm.weekday and _weeks_between(rhythm.anchor, day) % 2 == 0
        case Cadence.MONTHLY if rhythm.month_day is None:
            return day.weekday() == rhythm.weekday and day.day <= 7
        case Cadence.MONTHLY:
            return _is_day_of_month(rhythm.month_day or 1, days, day)
    return False


def day_before_pre_read(meeting: date, days: Collection[int]) -> date:
    """The working day before the day on which the pre-read of that meeting comes."""
    return working_day_before(working_day_before(meeting, days), days)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def _weeks_between(anchor: date, day: date) -> int:
    return (monday_of(day) - monday_of(anchor)).days // 7


def _is_day_of_month(wanted: int, days: Collection[int], day: date) -> bool:
    """Also looks at the month a week ahead: its first days may move back into this one."""
    months = {(later.year, later.month) for later in (day, day + timedelta(days=6))}
    return day in {
        on_or_before(date(year, month, min(wanted, monthrange(year, month)[1])), days)
        for year, month in months
    }
