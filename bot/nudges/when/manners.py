"""What a person decides about when they are asked; each default is good without a setting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST_ANCHOR = date(2024, 1, 1)  # a Monday


class Cadence(StrEnum):
    """How often somebody wants to be asked."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    BEFORE_ONE_ON_ONE = "before_one_on_one"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A weekday (Monday is 0) and a local time; the default is answered best of all.

    `anchor` is any day of a week that counts for fortnights. `month_day` makes a monthly rhythm go
    by the day of the month (29 to 31 clamp to its last); without it, it is the month's first such
    weekday.
    """

    weekday: int = 3
    at: time = time(11, 30)
    cadence: Cadence = Cadence.WEEKLY
    anchor: date = FIRST_ANCHOR
    month_day: int | None = None

    @property
    def words(self) -> str:
        """As people say it."""
        if self.cadence is Cadence.OFF:
            return "off"
        return f"{self._days_in_words} at {self.at:%H:%M}"

    @property
    def _days_in_words(self) -> str:
        weekday = WEEKDAYS[self.weekday]
        match self.cadence:
            case Cadence.FORTNIGHTLY:
                return f"every second {weekday}"
            case Cadence.MONTHLY if self.month_day is None:
                return f"on the first {weekday} of each month"
            case Cadence.MONTHLY:
                last = " (or its last)" if (self.month_day or 0) > 28 else ""
                return f"on day {self.month_day} of each month{last}"
            case Cadence.BEFORE_ONE_ON_ONE:
                return "before each one-on-one"
        return f"every {weekday}"


@dataclass(frozen=True, slots=True)
class Away:
    """Time off, both days included; the person is back on the day after `last`."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Manners:
    """All of it; days and times are on the person's own wall clock.

    `days` and `hours` are those that they work. `country` is an ISO 3166 code, with a part of the
    country after a hyphen (`DE-BY`): None means the one that the time zone lies in, empty means no
    public holidays. `paused_until` is the first day on which they may be asked again, `skipped` the
    day of the last slot that they skip, `again_on` a day to which they put a nudge off.
    """

    rhythm: Rhythm = Rhythm()
    days: frozenset[int] = frozenset(range(5))
    hours: tuple[time, time] = (time(9), time(17, 30))
    country: str | None = None
    away: tuple[Away, ...] = ()
    paused_until: date | None = None
    skipped: date | None = None
    again_on: date | None = None


class Why(StrEnum):
    """Why a slot is dropped."""

    DAY_OFF = "day_off"
    HOLIDAY = "holiday"
    AWAY = "away"
    PAUSED = "paused"
    SKIPPED = "skipped"
    OUTSIDE_HOURS = "outside_hours"
    TOO_SOON = "too_soon"
    WINDOW_OVER = "window_over"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment for a nudge, UTC; `day` is its date on the person's own calendar.

    The nudge may be sent from `opens` until `closes`, or not at all.
    """

    day: date
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Dropped:
    """A slot that is not used, and why; `detail` names the holiday or the day one is back."""

    day: date
    why: Why
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes next: a slot, or none; and the slots before it that are dropped."""

    slot: Slot | None
    dropped: tuple[Dropped, ...] = ()
