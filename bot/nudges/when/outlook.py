"""Which slot comes next, which one is open, and why others are dropped. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import groupby, islice, takewhile
from operator import attrgetter
from zoneinfo import ZoneInfo

from bot.nudges.when.calendar import DAY, day_before_pre_read, instant, is_slot_day, window_end
from bot.nudges.when.manners import Cadence, Dropped, Manners, Outlook, Slot, Why

AHEAD = timedelta(days=400)
MOST = 1000
SHORTEST_GAP = 7
OWN_GAP = {Cadence.WEEKLY: 7, Cadence.FORTNIGHTLY: 14}


@dataclass(frozen=True, slots=True)
class Around:
    """What the calendar alone does not know.

    `holiday` names the public holiday on a local day, or is empty. `next_meeting` is the first
    one-on-one strictly after an instant, UTC. `last_asked` is the local date of the last unasked
    question. `stretch` is 1, or how many times longer the gap is for somebody who ignored some.
    """

    zone: ZoneInfo
    holiday: Callable[[date], str]
    next_meeting: Callable[[datetime], datetime | None]
    last_asked: date | None = None
    stretch: int = 1


@dataclass(frozen=True, slots=True)
class _Turn:
    """A slot before anybody asked whether it may be used; `asked_for` when it was put off to."""

    day: date
    opens: datetime
    asked_for: bool


def coming(manners: Manners, around: Around, after: datetime) -> Outlook:
    """The first slot that opens strictly after `after` and may be used, and what is dropped before.

    It looks 400 days ahead; somebody who may not be asked until then has no slot.
    """
    dropped: list[Dropped] = []
    for turn in _turns(manners, around, after):
        if turn.opens > after:
            reason = _reason(manners, around, turn)
            if reason is None:
                return Outlook(_slot(manners, around, turn), tuple(dropped))
            dropped.append(reason)
    return Outlook(None, tuple(dropped))


def standing(
    manners: Manners, around: Around, since: datetime, now: datetime
) -> Slot | Dropped | None:
    """The latest slot with since <= opens <= now: one that may be used now, or why it is dropped.

    None when there was none. It looks 400 days back.
    """
    since = max(since, now - AHEAD)
    come = takewhile(lambda turn: turn.opens <= now, _turns(manners, around, since))
    turns = [turn for turn in come if turn.opens >= since]
    if not turns:
        return None
    reason = _reason(manners, around, turns[-1])
    if reason is not None:
        return reason
    slot = _slot(manners, around, turns[-1])
    return slot if now < slot.closes else Dropped(slot.day, Why.WINDOW_OVER)


def _turns(manners: Manners, around: Around, start: datetime) -> Iterator[_Turn]:
    """The slots from about `start` on, in order, each instant once."""
    if manners.rhythm.cadence is Cadence.OFF:
        return
    again = _again_day(manners, around)
    put_off = [] if again is None else [_turn(manners, around, again, asked_for=True)]
    regular = (_turn(manners, around, day) for day in _days(manners, around, start))
    for opens, same in groupby(merge(regular, put_off, key=_opens), key=_opens):
        together = list(same)
        asked_for = any(turn.asked_for for turn in together)
        yield _Turn(together[0].day, opens, asked_for)


_opens = attrgetter("opens")


def _turn(manners: Manners, around: Around, day: date, asked_for: bool = False) -> _Turn:
    """Its day is the one on which it really opens: a zone may leave out a whole day."""
    opens = instant(day, manners.rhythm.at, around.zone)
    return _Turn(opens.astimezone(around.zone).date(), opens, asked_for)


def _slot(manners: Manners, around: Around, turn: _Turn) -> Slot:
    return Slot(turn.day, turn.opens, window_end(turn.opens, manners.hours[1], around.zone))


def _days(manners: Manners, around: Around, start: datetime) -> Iterator[date]:
    first = start.astimezone(around.zone).date() - DAY
    last = first + AHEAD
    if manners.rhythm.cadence is Cadence.BEFORE_ONE_ON_ONE:
        days = _days_before_meetings(manners, around, start)
        yield from takewhile(lambda day: day <= last, islice(days, MOST))
        return
    for ahead in range(AHEAD.days + 1):
        day = first + ahead * DAY
        if is_slot_day(manners.rhythm, manners.days, day):
            yield day


def _days_before_meetings(manners: Manners, around: Around, start: datetime) -> Iterator[date]:
    meeting = around.next_meeting(start) if manners.days else None
    while meeting is not None:
        yield day_before_pre_read(meeting.astimezone(around.zone).date(), manners.days)
        meeting = around.next_meeting(meeting)


def _again_day(manners: Manners, around: Around) -> date | None:
    """The day to which they put a nudge off, or the next one on which they can be asked."""
    if manners.again_on is None:
        return None
    days = (manners.again_on + ahead * DAY for ahead in range(AHEAD.days))
    free = (d for d in days if not (_resting(manners, d) or _not_working(manners, around, d)))
    return next(free, None)


def _reason(manners: Manners, around: Around, turn: _Turn) -> Dropped | None:
    """The first that holds, from what the person decided to what we decided."""
    return (
        _resting(manners, turn.day)
        or _skipped(manners, turn)
        or _not_working(manners, around, turn.day)
        or _outside_hours(manners, turn.day)
        or _too_soon(manners, around, turn)
    )


def _resting(manners: Manners, day: date) -> Dropped | None:
    if manners.paused_until is not None and day < manners.paused_until:
        return Dropped(day, Why.PAUSED, manners.paused_until.isoformat())
    back = _back(manners, day)
    return Dropped(day, Why.AWAY, back.isoformat()) if back > day else None


def _back(manners: Manners, day: date) -> date:
    """The first day from it on that is in no time off."""
    while lasts := [away.last for away in manners.away if away.first <= day <= away.last]:
        day = max(lasts) + DAY
    return day


def _skipped(manners: Manners, turn: _Turn) -> Dropped | None:
    """Whoever skips another one still skips those before it, but for what they put off."""
    last = manners.skipped
    if last is None or turn.day > last or (turn.asked_for and turn.day < last):
        return None
    return Dropped(turn.day, Why.SKIPPED)


def _not_working(manners: Manners, around: Around, day: date) -> Dropped | None:
    if day.weekday() not in manners.days:
        return Dropped(day, Why.DAY_OFF)
    holiday = around.holiday(day)
    return Dropped(day, Why.HOLIDAY, holiday) if holiday else None


def _outside_hours(manners: Manners, day: date) -> Dropped | None:
    """Goes by the time that they chose, also on the day on which a gap moves it."""
    start, end = manners.hours
    return None if start <= manners.rhythm.at < end else Dropped(day, Why.OUTSIDE_HOURS)


def _too_soon(manners: Manners, around: Around, turn: _Turn) -> Dropped | None:
    """What they asked for themselves only has to be on a later date than the last question."""
    if around.last_asked is None:
        return None
    needed = 1 if turn.asked_for else _gap(manners, around, turn)
    early = (turn.day - around.last_asked).days < needed
    return Dropped(turn.day, Why.TOO_SOON) if early else None


def _gap(manners: Manners, around: Around, turn: _Turn) -> int:
    """How many days there must be since the last question.

    A month and a half lets every second month through, whichever way its days fall.
    """
    cadence, stretch = manners.rhythm.cadence, around.stretch
    if stretch <= 1:
        return SHORTEST_GAP
    if cadence is Cadence.MONTHLY:
        return 30 * stretch - 15
    return stretch * (OWN_GAP.get(cadence) or _between_meetings(around, turn.opens))


def _between_meetings(around: Around, moment: datetime) -> int:
    first = around.next_meeting(moment)
    second = around.next_meeting(first) if first else None
    if first is None or second is None:
        return SHORTEST_GAP
    days = second.astimezone(around.zone).date() - first.astimezone(around.zone).date()
    return max(days.days, SHORTEST_GAP)
