"""Cadence, weekday, time, working days and hours out of one sentence. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.nudges.when.dates import Unclear
from bot.nudges.when.manners import WEEKDAYS, Cadence, Manners, Rhythm
from bot.nudges.when.times import take_days, take_hours, take_time, weekday_index
from bot.nudges.when.vocabulary import WEEKDAY, Rest

_LOOKED_AHEAD = 60
_BY_WEEKDAY = {Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY}


@dataclass(frozen=True, slots=True)
class Settings:
    """The manners that come of it, and whether the rhythm was spoken of."""

    manners: Manners
    rhythm_said: bool


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What of a rhythm was said; `each` when it was said of every such weekday."""

    cadence: Cadence | None
    at: time | None
    month_day: int | None
    weekday: int | None
    each: bool

    @property
    def a_day(self) -> bool:
        return self.weekday is not None or self.month_day is not None

    @property
    def anything(self) -> bool:
        return self.a_day or self.cadence is not None or self.at is not None


def understood(words: str, manners: Manners, today: date, clock: time) -> Settings:
    """Everything that the sentence says, put together; raises Unclear when it does not fit."""
    rest = Rest(words)
    days, hours = take_days(rest), take_hours(rest)
    spoken = _take_rhythm(rest)
    rest.finish()
    changed = replace(manners, days=days or manners.days, hours=hours or manners.hours)
    if spoken.anything:
        changed = replace(changed, rhythm=_rhythm(changed, spoken, today, clock))
    _check(changed, spoken.anything)
    return Settings(changed, spoken.anything)


def _take_rhythm(rest: Rest) -> _Spoken:
    cadence = _take_cadence(rest)
    at = take_time(rest)
    month_day = _take_month_day(rest)
    named = rest.take(_NAMED)
    if named and _NAMED.search(rest.text):
        raise Unclear("I ask on one weekday at most. Write for example “weekly tuesday”.")
    return _Spoken(
        cadence=cadence,
        at=at,
        month_day=month_day,
        weekday=weekday_index(named.group(2)) if named else None,
        each=bool(named and (named.group(1) or named.group(3))),
    )


def _take_cadence(rest: Rest) -> Cadence | None:
    """Some are said in two places: "the first Monday of each month"."""
    for pattern, cadence in _CADENCES:
        if rest.take(pattern):
            rest.take(pattern)
            return cadence
    return None


def _take_month_day(rest: Rest) -> int | None:
    match = rest.take(_MONTH_DAY)
    if match is None:
        return None
    day = int(match.group(1) or match.group(2) or 31)
    if not 1 <= day <= 31:
        raise Unclear(f"No month has a day {day}. Write for example “monthly on the 15th”.")
    return day


def _rhythm(manners: Manners, spoken: _Spoken, today: date, clock: time) -> Rhythm:
    old = manners.rhythm
    cadence = spoken.cadence or _meant(old, spoken)
    _check_spoken(spoken, cadence)
    new = replace(
        old,
        cadence=cadence,
        at=old.at if spoken.at is None else spoken.at,
        weekday=old.weekday if spoken.weekday is None else spoken.weekday,
        month_day=_month_day(old, spoken, cadence),
    )
    if cadence is Cadence.FORTNIGHTLY and old.cadence is not Cadence.FORTNIGHTLY:
        new = replace(new, anchor=_next_possible(replace(manners, rhythm=new), today, clock))
    return new


def _meant(old: Rhythm, spoken: _Spoken) -> Cadence:
    """Without a word for it: what it was, unless the rest only makes sense in another."""
    if spoken.month_day is not None:
        return Cadence.MONTHLY
    without_weekday = old.cadence is Cadence.BEFORE_ONE_ON_ONE and spoken.weekday is not None
    if spoken.each or without_weekday or old.cadence is Cadence.OFF:
        return Cadence.WEEKLY
    return old.cadence


def _month_day(old: Rhythm, spoken: _Spoken, cadence: Cadence) -> int | None:
    if cadence is not Cadence.MONTHLY or spoken.weekday is not None:
        return None
    if spoken.month_day is not None or old.cadence is not Cadence.MONTHLY:
        return spoken.month_day
    return old.month_day


def _next_possible(manners: Manners, today: date, clock: time) -> date:
    """The next such weekday from now on that is neither paused nor time off."""
    rhythm = manners.rhythm
    first = today + timedelta(days=(rhythm.weekday - today.weekday()) % 7)
    if first == today and clock >= rhythm.at:
        first += timedelta(weeks=1)
    days = (first + timedelta(weeks=week) for week in range(_LOOKED_AHEAD))
    return next((day for day in days if _possible(manners, day)), first)


def _possible(manners: Manners, day: date) -> bool:
    paused = manners.paused_until is not None and day < manners.paused_until
    return not paused and not any(away.first <= day <= away.last for away in manners.away)


def _check_spoken(spoken: _Spoken, cadence: Cadence) -> None:
    if spoken.month_day is not None and (spoken.weekday is not None or spoken.cadence in _ANY_WEEK):
        raise Unclear(
            "A day of the month goes without a weekday. "
            "Write “monthly on the 15th” or “monthly thursday”."
        )
    if cadence is Cadence.BEFORE_ONE_ON_ONE and spoken.a_day:
        raise Unclear(
            "Before one-on-ones, the day is that of your talk. "
            "Write “before one-on-ones at 14:00”, or “weekly tuesday”."
        )


def _check(manners: Manners, rhythm_said: bool) -> None:
    """Raises Unclear when the questions would come when the person does not work."""
    rhythm, (start, end) = manners.rhythm, manners.hours
    if rhythm.cadence is Cadence.OFF:
        return
    if not start <= rhythm.at < end:
        raise Unclear(
            f"You work from {start:%H:%M} to {end:%H:%M}, and {rhythm.at:%H:%M} is outside that. "
            f"Choose another time, or {_with_hours(manners, rhythm_said)}."
        )
    by_weekday = rhythm.cadence in _BY_WEEKDAY and rhythm.month_day is None
    if by_weekday and rhythm.weekday not in manners.days:
        raise Unclear(
            f"You do not work on {WEEKDAYS[rhythm.weekday]}s. "
            f"Choose another day, or {_with_days(manners, rhythm_said)}."
        )


def _with_hours(manners: Manners, rhythm_said: bool) -> str:
    at, (start, end) = manners.rhythm.at, manners.hours
    if not rhythm_said:
        return f"say both at once: “hours {start:%H:%M}-{end:%H:%M} at {start:%H:%M}”"
    late = time(min(at.hour + 1, 23), 59 if at.hour == 23 else at.minute)
    return f"change your hours first: “hours {min(start, at):%H:%M}-{max(end, late):%H:%M}”"


def _with_days(manners: Manners, rhythm_said: bool) -> str:
    names = [WEEKDAYS[day][:3].lower() for day in sorted(manners.days | {manners.rhythm.weekday})]
    if rhythm_said:
        return f"change your working days first: “working days {' '.join(names)}”"
    days = [WEEKDAYS[day][:3].lower() for day in sorted(manners.days)]
    return f"say both at once: “working days {' '.join(days)} on {days[0]}”"


_ANY_WEEK = {Cadence.WEEKLY, Cadence.FORTNIGHTLY}
_CADENCES = (
    (
        re.compile(r"\b(?:only )?before (?:every |each |the |my |our )*(?:next )?talks?\b"),
        Cadence.BEFORE_ONE_ON_ONE,
    ),
    (
        re.compile(
            r"\bfortnightly\b|\bbiweekly\b|\b(?:every|each) (?:other|second|2nd)(?: week)?\b"
            r"|\b(?:every )?2 weeks\b|\b(?:every )?fortnight\b"
        ),
        Cadence.FORTNIGHTLY,
    ),
    (
        re.compile(
            r"\bmonthly\b|\bof (?:the|each|every) month\b|\b(?:once )?(?:every|each|1|per) month\b"
            rf"|\b(?:first|1st) (?=(?:{WEEKDAY})\b)"
        ),
        Cadence.MONTHLY,
    ),
    (re.compile(r"\bweekly\b|\b(?:once )?(?:every|each|1|per) week\b"), Cadence.WEEKLY),
)
_MONTH_DAY = re.compile(
    r"\b(?:(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)(?: day)?|day (\d{1,2})|last day)\b"
)
_NAMED = re.compile(rf"\b(?:(every|each) )?({WEEKDAY})(s?)\b")
