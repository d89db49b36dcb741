"""When a one-on-one comes round, and when its pre-read is due. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.nudges.when.calendar import instant, working_day_before

PRE_READ_AT = time(10, 0)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every one or two weeks from `first` on, at a time of the engineer's wall clock."""

    first: date
    at: time
    weeks: int = 1

    @property
    def words(self) -> str:
        """As people say it."""
        every = "every week" if self.weeks == 1 else "every second week"
        return f"{every} on {self.first:%A} at {self.at:%H:%M}"

    def after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first one-on-one strictly after `moment`, in UTC."""
        day = self._step_at_or_before(moment.astimezone(zone).date())
        while instant(day, self.at, zone) <= moment:
            day += self._step
        return instant(day, self.at, zone)

    def before(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """The last one-on-one at or before `moment`, in UTC; None before the first."""
        day = self._step_at_or_before(moment.astimezone(zone).date())
        while day >= self.first and instant(day, self.at, zone) > moment:
            day -= self._step
        return instant(day, self.at, zone) if day >= self.first else None

    @property
    def _step(self) -> timedelta:
        return timedelta(weeks=self.weeks)

    def _step_at_or_before(self, day: date) -> date:
        steps = max(0, (day - self.first) // self._step)
        return self.first + steps * self._step


def pre_read_at(meeting: datetime, zone: ZoneInfo) -> datetime:
    """Ten in the morning of the working day before, in UTC."""
    return instant(working_day_before(meeting.astimezone(zone).date()), PRE_READ_AT, zone)


def next_pre_read(rhythm: Rhythm, zone: ZoneInfo, moment: datetime) -> datetime:
    """The first pre-read strictly after `moment`, in UTC."""
    meeting = rhythm.after(moment, zone)
    while pre_read_at(meeting, zone) <= moment:
        meeting = rhythm.after(meeting, zone)
    return pre_read_at(meeting, zone)
