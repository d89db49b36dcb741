"""When a slot comes round on somebody's own wall clock. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
END_OF_WORK = time(17, 30)
WINDOW = timedelta(hours=6)
SHORTEST_WINDOW = timedelta(minutes=30)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Cadence(StrEnum):
    """How often somebody wants to be asked."""

    WEEKLY = "weekly"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A weekday (Monday is 0) and a local time; the default is answered best of all."""

    weekday: int = 3
    at: time = time(11, 30)
    cadence: Cadence = Cadence.WEEKLY

    @property
    def words(self) -> str:
        """As people say it."""
        if self.cadence is Cadence.OFF:
            return "off"
        return f"every {WEEKDAYS[self.weekday]} at {self.at:%H:%M}"


DEFAULT = Rhythm()


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """That wall time in UTC: in a gap it moves forward by the gap, in a fold it is the first."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


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
    """When a slot is over: at the end of the working day, after six hours at the latest.

    Somebody who chose an evening still gets half an hour.
    """
    closing = instant(slot.astimezone(zone).date(), END_OF_WORK, zone)
    return max(min(closing, slot + WINDOW), slot + SHORTEST_WINDOW)


def next_working_day(day: date) -> date:
    """The first day after it that is not on a weekend."""
    day += timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def working_day_before(day: date) -> date:
    """The last day before it that is not on a weekend."""
    day -= timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


def _on_weekday(day: date, weekday: int) -> date:
    """The day of the week that `day` is in, a week back at most."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)
