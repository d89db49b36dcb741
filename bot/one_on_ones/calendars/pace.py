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


def next_read(pair_id: str, now: datetime) -> datetime:
    """Six hours on, and a little more for each pair: not all calendars in one minute."""
    return now + EVERY + timedelta(minutes=zlib.crc32(pair_id.encode()) % SPREAD_MINUTES)


def marks_for(calendar: Followed, now: datetime) -> Marks:
    """None once a month, for what is known reaches a year ahead, and has to be looked at anew."""
    return calendar.marks if now - calendar.read_at < READ_WHOLE else Marks()


def was_read(calendar: Followed, marks: Marks, now: datetime, *, whole: bool) -> Followed:
    """After a reading that went well; not `whole` when nothing had changed."""
    return replace(
        calendar,
        marks=marks if whole else calendar.marks,
        read_at=now if whole else calendar.read_at,
        next_read_at=next_read(calendar.pair_id, now),
        failed=0,
        failing_since=None,
        problem=None,
        told=False,
    )


def has_failed(calendar: Followed, problem: CalendarProblem, now: datetime) -> Followed:
    """After a reading that did not: sooner again at first, then once a day."""
    failed = calendar.failed + 1
    wait = min(FIRST_RETRY * 2 ** min(failed - 1, 10), LAST_RETRY)
    if problem.trouble is Trouble.SERIES_GONE:
        wait = EVERY
    return replace(
        calendar,
        next_read_at=next_read(calendar.pair_id, now) - EVERY + wait,
        failed=failed,
        failing_since=calendar.failing_since or now,
        problem=problem.trouble,
        marks=Marks(),
    )


def is_to_be_told(calendar: Followed, now: datetime) -> bool:
    """Whether it has failed for a week, and its owner has not heard of it yet."""
    since = calendar.failing_since
    return since is not None and not calendar.told and now - since >= TELL_AFTER
