"""Which series goes on where another one has ended.

"This and following events" ends a series and begins another. Google names it after the old one;
RANGE=THISANDFUTURE keeps the name. Apple, Open-Xchange and others write one RELATED-TO into both;
Outlook, and whoever uses a program's interface, makes a new UID that has nothing of the old one.
So another series is taken for the same only where it is certain: the first to begin where the old
one stopped, of the same name with the same people, and the only one of that kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.one_on_ones.calendars.lines import GUESTS, Component, taken_apart
from bot.one_on_ones.calendars.model import (
    CalendarMeeting,
    CalendarProblem,
    Course,
    Trouble,
)
from bot.one_on_ones.calendars.reading import (
    MOST_DAYS,
    MOST_MEETINGS,
    by_series,
    cancelled,
    expanded,
    recurs,
    rule_of,
    title_of,
)
from bot.one_on_ones.calendars.rules import DAYS
from bot.one_on_ones.calendars.zones import Clocks

Events = Sequence[Component]

MOST_PARTS = 4
MOST_LIKELY = 5
LOOK_BACK = timedelta(days=MOST_DAYS)
DAY = timedelta(days=1)
LEAST_STEP = timedelta(days=7)
OF_ONE_SET = "X-CALENDARSERVER-RECURRENCE-SET"


def course(content: bytes, uid: str, zone: ZoneInfo, start: datetime, end: datetime) -> Course:
    """What the series of a `uid` (from `read`) has between the two, and what goes on from it.

    Raises CalendarProblem: SERIES_GONE when it is not in there, TOO_MUCH when it is a series that
    cannot be followed. At most 400 days ahead, and 500 meetings.
    """
    calendar = taken_apart(content)
    grouped = by_series(calendar)
    if not grouped.get(uid):
        raise CalendarProblem(Trouble.SERIES_GONE)
    if cancelled(calendar):
        return Course((), uid)
    looking = _Looking(grouped, Clocks(calendar, zone), start, min(end, start + LOOK_BACK))
    return looking.along(uid)


class _Looking:
    """One look along a series, from part to part."""

    def __init__(
        self, grouped: Mapping[str, Events], clocks: Clocks, start: datetime, end: datetime
    ) -> None:
        self._grouped = grouped
        self._clocks = clocks
        self._start = start
        self._end = end

    def along(self, uid: str) -> Course:
        parts, found = [uid], self._between(uid, self._start)
        follow = uid
        while len(parts) < MOST_PARTS and (later := self._next(parts)):
            parts.append(later)
            follow = follow if found else later
            found += self._between(later, self._start)
        ordered = sorted(found, key=lambda each: (each.starts_at, each.slot))
        return Course(tuple(ordered[:MOST_MEETINGS]), follow)

    def _between(self, uid: str, start: datetime) -> list[CalendarMeeting]:
        return expanded(self._grouped[uid], self._clocks, start, self._end)

    def _next(self, parts: Sequence[str]) -> str | None:
        """The one series that begins where the last of these has ended, if it has."""
        events = self._grouped[parts[-1]]
        old = _latest(events)
        if old is None:
            return None
        step = _step(old)
        if self._between(parts[-1], max(self._start, self._end - 2 * step)):
            return None
        before = self._between(parts[-1], self._start - LOOK_BACK)
        if not before:
            return None
        last = max(_slot(each) for each in before)
        could = (
            uid
            for uid, others in self._grouped.items()
            if uid not in parts and _could_go_on(events, old, others, last)
        )
        likely = list(islice(could, MOST_LIKELY + 1))
        if len(likely) > MOST_LIKELY:
            return None
        certain = [uid for uid in likely if self._begins(uid, last, last + 2 * step)]
        return certain[0] if len(certain) == 1 else None

    def _begins(self, uid: str, after: datetime, before: datetime) -> bool:
        """Whether its first meeting is after the one moment, and before the other."""
        try:
            found = expanded(self._grouped[uid], self._clocks, after - 2 * DAY, before)
        except CalendarProblem:
            return False
        return bool(found) and min(_slot(each) for each in found) > after


def _latest(events: Events) -> Component | None:
    """The last part of a series that has a rule; None for days that were chosen one by one."""
    ruled = [each for each in events if recurs(each) and rule_of(each)]
    return max(ruled, key=lambda each: each.value("DTSTART")) if ruled else None


def _step(event: Component) -> timedelta:
    rule = rule_of(event)
    days = DAYS[rule.freq] * rule.every if rule else 0
    return max(timedelta(days=days), LEAST_STEP)


def _could_go_on(events: Events, old: Component, others: Events, last: datetime) -> bool:
    """By the day on which it begins, by name and people; no time zone is looked at yet."""
    earliest = f"{last - DAY:%Y%m%d}"
    if any(each.value("DTSTART") < earliest for each in others if recurs(each)):
        return False
    new = _latest(others)
    return new is not None and (bool(_sets(events) & _sets(others)) or _is_like(old, new))


def _is_like(old: Component, new: Component) -> bool:
    named = title_of(old).casefold()
    return bool(named) and named == title_of(new).casefold() and _people(old) == _people(new)


def _sets(events: Events) -> set[str]:
    """By what programs mark the parts of what was one series."""
    lines = (line for event in events for line in event.all("RELATED-TO"))
    return {line.value for line in lines if line.params.get("RELTYPE", "").upper() == OF_ONE_SET}


def _people(event: Component) -> set[str]:
    return {line.value for line in event.lines if line.name in GUESTS}


def _slot(meeting: CalendarMeeting) -> datetime:
    """Where the series had put it, wherever it is now; some changes name no more than a day."""
    if "T" not in meeting.slot:
        return meeting.starts_at
    return datetime.strptime(meeting.slot, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
