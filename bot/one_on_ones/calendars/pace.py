"""When a calendar is read again, and when its owner hears that it cannot be. Pure."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import datetime, timedelta

from bot.one_on_ones.calendars.model import CalendarProblem, Followed, Marks, Trouble

EVERY = timedelta(hours=6)
SPREAD_MINUTES = 40
FIRST_RETRY = timedelta(hours=1)
LAST_RETRY = timedelta(hours=24)
READ_WHOLE = timedelta(days=30)
TELL_AFTER = timedelta(days=7)
REST = timedelta(hours=1)
CLAIMED = timedelta(minutes=10)
"""So long a calendar is one process' to read; if that one ends, another reads it then."""


def next_read(pair_id: str, now: datetime, seconds: float = 0, wait: timedelta = EVERY) -> datetime:
    """Six hours on, and a little more for each pair: not all calendars in one minute.

    After a reading of so many `seconds` at least as many hours on, up to a day: an address that is
    slow takes no more of the bot's time than one that is quick.
    """
    spread = timedelta(minutes=zlib.crc32(pair_id.encode()) % SPREAD_MINUTES)
    return now + min(max(wait, REST * seconds), LAST_RETRY) + spread


def marks_for(calendar: Followed, now: datetime) -> Marks:
    """None once a month, for what is known reaches a year ahead, and has to be looked at anew."""
    return calendar.marks if now - calendar.read_at < READ_WHOLE else Marks()


def was_read(
    calendar: Followed, marks: Marks, now: datetime, seconds: float = 0, *, whole: bool
) -> Followed:
    """After a reading that went well; not `whole` when nothing had changed."""
    return replace(
        calendar,
        marks=marks if whole else calendar.marks,
        read_at=now if whole else calendar.read_at,
        next_read_at=next_read(calendar.pair_id, now, seconds),
        failed=0,
        failing_since=None,
        problem=None,
        told=False,
    )


def has_failed(
    calendar: Followed, problem: CalendarProblem, now: datetime, seconds: float = 0
) -> Followed:
    """After a reading that did not: sooner again at first, then once a day."""
    failed = calendar.failed + 1
    wait = min(FIRST_RETRY * 2 ** min(failed - 1, 10), LAST_RETRY)
    if problem.trouble is Trouble.SERIES_GONE:
        wait = EVERY
    return replace(
        calendar,
        next_read_at=next_read(calendar.pair_id, now, seconds, wait),
        failed=failed,
        failing_since=calendar.failing_since or now,
        problem=problem.trouble,
        marks=Marks(),
    )


def is_to_be_told(calendar: Followed, now: datetime) -> bool:
    """Whether it has failed for a week, and its owner has not heard of it yet."""
    since = calendar.failing_since
    return since is not None and not calendar.told and now - since >= TELL_AFTER
