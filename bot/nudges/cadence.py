"""When a weekly slot comes round on somebody's own wall clock. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.nudges.when import calendar
from bot.nudges.when.calendar import instant, next_working_day
from bot.nudges.when.manners import WEEKDAYS, Cadence, Rhythm

__all__ = [
    "DEFAULT",
    "WEEKDAYS",
    "Cadence",
    "Rhythm",
    "instant",
    "latest_slot",
    "next_working_day",
    "slot_after",
    "window_end",
]

WEEK = timedelta(days=7)
END_OF_WORK = time(17, 30)
DEFAULT = Rhythm()


def slot_after(rhythm: Rhythm, zone: ZoneInfo, moment: datetime) -> datetime | None:
    """The first slot strictly after `moment`, in UTC; None when nudges are off."""
    if rhythm.cadence is Cadence.OFF:
        return None
    day = _on_weekday(moment.astimezone(zone).date(), rhythm.weekday)
    slot = instant(day, rhythm.at, zone)
    while slot <= moment:
        day += WEEK
        slot = instant(day, rhythm.at, zone)
    return slot


def latest_slot(rhythm: Rhythm, zone: ZoneInfo, moment: datetime) -> datetime | None:
    """The last slot at or before `moment`, in UTC; None when nudges are off."""
    if rhythm.cadence is Cadence.OFF:
        return None
    day = _on_weekday(moment.astimezone(zone).date(), rhythm.weekday)
    slot = instant(day, rhythm.at, zone)
    while slot > moment:
        day -= WEEK
        slot = instant(day, rhythm.at, zone)
    return slot


def window_end(slot: datetime, zone: ZoneInfo) -> datetime:
    """When a slot is over, for a working day that ends at half past five."""
    return calendar.window_end(slot, END_OF_WORK, zone)


def _on_weekday(day: date, weekday: int) -> date:
    """The day of the week that `day` is in, a week back at most."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)
