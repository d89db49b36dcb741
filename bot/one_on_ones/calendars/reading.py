"""From a calendar's text to the meetings of one series.

Whoever gives us a calendar may mean harm, or use a program that writes odd things. So a library
sees a text that we wrote ourselves: one series, its dates checked, its rule judged by its shape.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from bot.one_on_ones.calendars.lines import DATES, Component, Line, taken_apart, written
from bot.one_on_ones.calendars.model import (
    MOST_SERIES,
    CalendarMeeting,
    CalendarProblem,
    Found,
    Series,
    Trouble,
)
from bot.one_on_ones.calendars.rules import Plain, plain
from bot.one_on_ones.calendars.zones import Clocks

MOST_DAYS = 400
MOST_MEETINGS = 500
MOST_STEPS = 20_000
MOST_STEPS_IN_ALL = 100_000
STEPS_OF_AN_EVENT = 20
STEPS_OF_A_MEETING = 15
MOST_DATES = 2_000
MOST_CHANGES = 1_000
MOST_MOVED = timedelta(days=40)
LONGEST = timedelta(hours=36)
TITLE_CHARS = 75

MOMENT = re.compile(r"(\d{8})T(\d{6})(Z?)")
DAY = re.compile(r"\d{8}")
LENGTH = re.compile(r"PT(?=\d)(\d{1,2}H)?(\d{1,3}M)?(\d{1,4}S)?")
YEARS = range(1990, 2101)
GOOGLE_SPLIT = re.compile(r"_R\d{8}(T\d{6})?(?=@)")
UNESCAPED = re.compile(r"\\([\\;,nN])")


def read(content: bytes, zone: ZoneInfo, start: datetime, end: datetime) -> Found:
    """The series that meet between `start` and `end`; raises CalendarProblem when there is none.

    A time without a zone is one of `zone`.
    """
    calendar = taken_apart(content)
    clocks = Clocks(calendar, zone)
    found, whole_days, spent = [], 0, 0
    grouped = by_series(calendar)
    for uid, events in grouped.items():
        alive = [each for each in events if recurs(each) and _goes_on(each, start)]
        timed = [each for each in alive if not _whole_day(each)]
        whole_days += bool(alive) and not timed
        spent += sum(_work(each, start, end) for each in timed)
        spent += len(timed and events) * STEPS_OF_AN_EVENT
        if spent > MOST_STEPS_IN_ALL:
            raise CalendarProblem(Trouble.TOO_MUCH)
        if timed and (coming := _followed(events, clocks, start, end)):
            found.append(Series(uid, title_of(timed[-1]), _words(timed[-1]), coming[0].starts_at))
    if not found or cancelled(calendar):
        raise CalendarProblem(Trouble.NO_TIME if whole_days else Trouble.NO_SERIES)
    series = tuple(sorted(found, key=lambda each: each.next_at))
    kept = [event for each in series[:MOST_SERIES] for event in grouped[each.uid]]
    return Found(series, whole_days, _alone(calendar, kept))


def _followed(
    events: Sequence[Component], clocks: Clocks, start: datetime, end: datetime
) -> list[CalendarMeeting]:
    """The same, but nothing where a series among many others cannot be followed."""
    try:
        return expanded(events, clocks, start, end)
    except CalendarProblem:
        return []


def by_series(calendar: Component) -> dict[str, list[Component]]:
    """Google gives what comes after a split a UID that begins like that of the series."""
    grouped: dict[str, list[Component]] = defaultdict(list)
    for part in calendar.parts:
        if part.kind == "VEVENT" and (part.value("DTSTART") or part.value("RECURRENCE-ID")):
            grouped[GOOGLE_SPLIT.sub("", part.value("UID"))].append(part)
    return grouped


def _alone(calendar: Component, events: list[Component]) -> bytes:
    """A calendar with these events and no others."""
    zones = [part for part in calendar.parts if part.kind == "VTIMEZONE"]
    return written(Component("VCALENDAR", calendar.lines, zones + events)).encode()


def cancelled(calendar: Component) -> bool:
    return calendar.value("METHOD").upper() == "CANCEL"


def recurs(event: Component) -> bool:
    changes = event.first("RECURRENCE-ID")
    return changes is None and bool(event.first("RRULE") or event.first("RDATE"))


def _whole_day(event: Component) -> bool:
    return bool(DAY.fullmatch(event.value("DTSTART")))


def _goes_on(event: Component, start: datetime) -> bool:
    """Whether its rule has not ended before, by the day."""
    until = re.search(r"UNTIL=(\d{8})", event.value("RRULE").upper())
    return until is None or until[1] >= f"{start - timedelta(days=2):%Y%m%d}"


def _steps(event: Component, end: datetime) -> int:
    rule, since = rule_of(event), _day_of(event.value("DTSTART"))
    return rule.steps(since, end.date()) if rule and since else 0


def _work(event: Component, start: datetime, end: datetime) -> int:
    """To count along its rule, and to make a meeting of each step between the two."""
    rule, since = rule_of(event), _day_of(event.value("DTSTART"))
    if not (rule and since):
        return 0
    made = rule.steps(max(since, start.date()), end.date())
    return rule.steps(since, end.date()) + made * STEPS_OF_A_MEETING


def rule_of(event: Component) -> Plain | None:
    return plain(event.value("RRULE"))


def title_of(event: Component) -> str:
    words = UNESCAPED.sub(lambda m: " " if m[1] in "nN" else m[1], event.value("SUMMARY")[:500])
    return " ".join(words.split())[:TITLE_CHARS]


def _words(event: Component) -> str:
    rule = rule_of(event)
    return rule.words if rule else "on chosen days"


def expanded(
    events: Sequence[Component], clocks: Clocks, start: datetime, end: datetime
) -> list[CalendarMeeting]:
    by_uid: dict[str, list[Component]] = defaultdict(list)
    for event in events:
        by_uid[event.value("UID")].append(event)
    found: dict[str, CalendarMeeting] = {}
    for same in by_uid.values():
        for meeting in _of_one(same, clocks, start, end):
            found.setdefault(meeting.slot, meeting)
    return sorted(found.values(), key=lambda each: (each.starts_at, each.slot))


def _of_one(
    events: Sequence[Component], clocks: Clocks, start: datetime, end: datetime
) -> list[CalendarMeeting]:
    _bounded(events, end)
    written = [each for each in (_Written.of(event, clocks) for event in events) if each]
    if any(each.odd for each in written):
        raise CalendarProblem(Trouble.TOO_MUCH)
    names = (name for each in written for name in each.zones)
    body = [*clocks.definitions(names), *(each.text for each in written)]
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *body, "END:VCALENDAR", ""])
    try:
        found = _occurrences(text, start, end)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        raise CalendarProblem(Trouble.NOT_A_CALENDAR) from None
    return [each for each in found if start <= each.starts_at < end]


def _bounded(events: Sequence[Component], end: datetime) -> None:
    if len(events) > MOST_CHANGES:
        raise CalendarProblem(Trouble.TOO_MUCH)
    dates = sum(1 + line.value.count(",") for e in events for line in e.lines if line.name in DATES)
    odd = any((e.first("RRULE") and not rule_of(e)) or len(e.all("RRULE")) > 1 for e in events)
    steps = sum(_steps(event, end) for event in events)
    if odd or dates > MOST_DATES or steps > MOST_STEPS:
        raise CalendarProblem(Trouble.TOO_MUCH)


def _occurrences(text: str, start: datetime, end: datetime) -> list[CalendarMeeting]:
    calendar = Calendar.from_ical(text)
    moved = {
        _instant(_was(event)): _moved(event)
        for event in calendar.walk("VEVENT")
        if _and_after(event)
    }
    found = recurring_ical_events.of(calendar).between(start - timedelta(days=2), end)
    return [_meeting(e, moved) for e in found if _takes_place(e)]


def _takes_place(event: Any) -> bool:
    timed = isinstance(event["DTSTART"].dt, datetime)
    return timed and str(event.get("STATUS", "")).upper() != "CANCELLED"


def _and_after(event: Any) -> bool:
    which = event.get("RECURRENCE-ID")
    return which is not None and str(which.params.get("RANGE")) == "THISANDFUTURE"


def _was(event: Any) -> Any:
    return event["RECURRENCE-ID"].dt


def _moved(event: Any) -> timedelta:
    """By the clock on the wall, as the meetings after it are moved."""
    start: datetime = event["DTSTART"].dt
    was: datetime = _was(event)
    return start.replace(tzinfo=None) - was.astimezone(start.tzinfo).replace(tzinfo=None)


def _meeting(event: Any, moved: dict[datetime, timedelta]) -> CalendarMeeting:
    starts, ends, was = event["DTSTART"].dt, event["DTEND"].dt, _was(event)
    if _and_after(event):
        was = starts - moved[_instant(was)]
    begun = _instant(starts)
    return CalendarMeeting(_slot(was), begun, max(begun, _instant(ends)))


def _slot(was: date) -> str:
    if isinstance(was, datetime):
        return f"{_instant(was):%Y%m%dT%H%M%SZ}"
    return f"{was:%Y%m%d}"


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class _Written:
    """An event in our own words, and the clocks that it names."""

    text: str
    zones: frozenset[str]
    odd: bool

    @classmethod
    def of(cls, event: Component, clocks: Clocks) -> _Written | None:
        """None for an event that begins at no time that there is."""
        was = event.first("RECURRENCE-ID")
        starts = event.first("DTSTART") or (was and _begins(was))
        begun = _naive(starts.value) if starts else None
        if starts is None or begun is None or (was and _naive(was.value) is None):
            return None
        times = [starts, *_ends(event, begun), *([was] if was else [])]
        if not was:
            times += [line for line in event.lines if line.name in DATES]
        lines = [line for each in times if (line := _time_line(each, clocks))]
        rule = rule_of(event)
        more = [f"RRULE:{rule.text}"] if rule and not was else []
        more += [f"{name}:{value}" for name, value in _plain_values(event)]
        text = "\r\n".join(["BEGIN:VEVENT", "UID:1", *(t for t, _ in lines), *more, "END:VEVENT"])
        return cls(text, frozenset(zone for _, zone in lines), _far(was, begun))


def _begins(was: Line) -> Line:
    """Where a change says no more than which meeting it is about, as cancellations may."""
    params = {name: value for name, value in was.params.items() if name != "RANGE"}
    return replace(was, name="DTSTART", params=params)


def _far(was: Line | None, begun: datetime) -> bool:
    """Moved so far, with all that come after it, that a library would look at far too much."""
    if was is None or was.params.get("RANGE", "").upper() != "THISANDFUTURE":
        return False
    return abs(begun - (_naive(was.value) or begun)) > MOST_MOVED


def _ends(event: Component, begun: datetime) -> list[Line]:
    ends = event.first("DTEND")
    until = _naive(ends.value) if ends else None
    return [ends] if ends and until and -LONGEST <= until - begun <= LONGEST else []


def _plain_values(event: Component) -> Iterable[tuple[str, str]]:
    if not event.first("DTEND") and LENGTH.fullmatch(event.value("DURATION")):
        yield "DURATION", event.value("DURATION")
    if re.fullmatch(r"\d{1,6}", event.value("SEQUENCE")):
        yield "SEQUENCE", event.value("SEQUENCE")
    if event.value("STATUS").upper() == "CANCELLED":
        yield "STATUS", "CANCELLED"


def _time_line(line: Line, clocks: Clocks) -> tuple[str, str] | None:
    """The property with the times that there are, in one clock that means the same anywhere."""
    tokens = [each.partition("/")[0].strip() for each in line.value.split(",")]
    times = [each for each in tokens if _naive(each)]
    days = [each for each in times if DAY.fullmatch(each)]
    if not times:
        return None
    if days:
        return f"{line.name};VALUE=DATE:{','.join(days)}", ""
    after = (
        ";RANGE=THISANDFUTURE" if line.params.get("RANGE", "").upper() == "THISANDFUTURE" else ""
    )
    in_utc = [each for each in times if each.endswith("Z")]
    if in_utc:
        return f"{line.name}{after}:{','.join(in_utc)}", ""
    zone = clocks.name(line.params["TZID"]) if line.params.get("TZID") else clocks.floating
    return f"{line.name}{after};TZID={zone}:{','.join(times)}", zone


def _naive(text: str) -> datetime | None:
    """The digits as a time without a zone; None when they are none, or far from today."""
    found = MOMENT.fullmatch(text)
    if not found and not DAY.fullmatch(text):
        return None
    try:
        form = "%Y%m%dT%H%M%S" if found else "%Y%m%d"
        moment = datetime.strptime(text.rstrip("Z"), form)  # noqa: DTZ007 - its clock comes later
    except ValueError:
        return None
    return moment if moment.year in YEARS else None


def _day_of(text: str) -> date | None:
    moment = _naive(text)
    return moment.date() if moment else None
