"""When a one-on-one comes round, and when its pre-read is due. Pure: no clock, no database."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import dropwhile, takewhile
from zoneinfo import ZoneInfo

from bot.nudges.when.calendar import instant, working_day_before
from bot.people.model import zone_or_utc

PRE_READ_AT = time(10, 0)
DAY = timedelta(days=1)
Moves = Mapping[str, datetime | None]
WIDEST_MOVE = timedelta(days=62)


class Cadence(StrEnum):
    """How often two people meet."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One one-on-one, UTC.

    `slot` names it for good, also after it was moved, in at most 64 characters: in a rhythm the
    ISO date on which it would have been.
    """

    slot: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Rhythm:
    """From `first` on, at a wall time of `zone` (an IANA name).

    Monthly means the same weekday of the month as `first`: its second Tuesday, or its last.
    """

    first: date
    at: time
    cadence: Cadence = Cadence.WEEKLY
    zone: str = "UTC"

    @property
    def words(self) -> str:
        """As people say it."""
        day = f"{self.first:%A}"
        if self.cadence is Cadence.MONTHLY:
            nth = ("first", "second", "third", "fourth", "last")[(self.first.day - 1) // 7]
            return f"on the {nth} {day} of each month at {self.at:%H:%M}"
        every = "every week" if self.cadence is Cadence.WEEKLY else "every second week"
        return f"{every} on {day} at {self.at:%H:%M}"

    @property
    def tz(self) -> ZoneInfo:
        """The zone to compute with."""
        return zone_or_utc(self.zone)

    def days_from(self, day: date) -> Iterator[date]:
        """The days on which it comes round, from that day on, without an end."""
        if self.cadence is Cadence.MONTHLY:
            return dropwhile(lambda each: each < max(day, self.first), self._months(day))
        return self._weeks(day)

    def meeting_on(self, day: date) -> Meeting:
        """The one-on-one of one of its days."""
        return Meeting(day.isoformat(), instant(day, self.at, self.tz))

    def _weeks(self, day: date) -> Iterator[date]:
        step = timedelta(weeks=1 if self.cadence is Cadence.WEEKLY else 2)
        steps = max(0, -((self.first - day) // step))
        day = self.first + steps * step
        while True:
            yield day
            day += step

    def _months(self, day: date) -> Iterator[date]:
        month = max(day, self.first).replace(day=1)
        while True:
            yield _same_weekday(self.first, month)
            month = (month + 31 * DAY).replace(day=1)


@dataclass(frozen=True, slots=True)
class Timetable:
    """A rhythm with what was decided for single days.

    `moves` says, by slot, when it takes place instead (UTC), or took place when it is over, and
    None where it is skipped: a slot in it does not come round again. Nothing takes place before
    `resumes`, a day in the rhythm's zone.
    """

    rhythm: Rhythm
    moves: Moves = field(default_factory=dict)
    resumes: date | None = None

    def after(self, moment: datetime) -> Meeting:
        """The first one strictly after `moment`."""
        moved = [Meeting(slot, at) for slot, at in self.moves.items() if at and self._counts(at)]
        later = [meeting for meeting in moved if meeting.starts_at > moment]
        return min([self._regular_after(moment), *later], key=lambda each: each.starts_at)

    def _regular_after(self, moment: datetime) -> Meeting:
        start = moment.astimezone(self.rhythm.tz).date()
        for day in self.rhythm.days_from(max(start, self.resumes or start)):
            meeting = self.rhythm.meeting_on(day)
            if meeting.starts_at > moment and meeting.slot not in self.moves:
                return meeting
        raise AssertionError("a rhythm has no end")

    def _counts(self, at: datetime) -> bool:
        return self.resumes is None or at.astimezone(self.rhythm.tz).date() >= self.resumes


def still_counting(
    moves: Moves, rhythm: Rhythm | None, agreed: Meeting | None, now: datetime
) -> Moves:
    """What of the moves still counts once `rhythm`, or a calendar, follows on the one before.

    No day comes round twice, so what is over stays. A meeting that both have `agreed` to move
    stays the next one, and the rhythm begins after it. Other moves were about other days.
    """
    over: dict[str, datetime | None] = {slot: at for slot, at in moves.items() if at and at <= now}
    if rhythm is None or agreed is None:
        return over
    every = map(rhythm.meeting_on, rhythm.days_from(rhythm.first))
    earlier = takewhile(lambda each: each.starts_at <= agreed.starts_at, every)
    skipped = dict.fromkeys(each.slot for each in earlier)
    return skipped | over | {agreed.slot: agreed.starts_at}


def first_after(meetings: Sequence[Meeting], moment: datetime) -> Meeting | None:
    """The first of some meetings strictly after the moment; None when there is none."""
    later = [meeting for meeting in meetings if meeting.starts_at > moment]
    return min(later, key=lambda each: each.starts_at, default=None)


def pre_read_at(meeting: datetime, zone: ZoneInfo) -> datetime:
    """Ten in the morning of the working day before, in the reader's zone; UTC."""
    return instant(working_day_before(meeting.astimezone(zone).date()), PRE_READ_AT, zone)


def _same_weekday(first: date, month: date) -> date:
    """In that month (its first day), the weekday of `first` with the same number, or the last."""
    earliest = month + (first.weekday() - month.weekday()) % 7 * DAY
    number = (first.day - 1) // 7
    day = earliest.day + 7 * number
    return month.replace(day=day if day <= monthrange(month.year, month.month)[1] else day - 7)
