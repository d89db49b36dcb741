"""When a pair's next meeting, its pre-read and its end are due. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.one_on_ones.pairs.model import Pair, State, Why
from bot.one_on_ones.pairs.rhythm import Meeting, pre_read_at

LASTS = timedelta(hours=1)
TOO_LONG_AGO = timedelta(days=14)


def with_meeting(pair: Pair, meeting: Meeting | None, zone: ZoneInfo) -> Pair:
    """The pair with its next meeting; `zone` is the engineer's, in which the pre-read comes.

    The pre-read of each meeting is due once, also when the meeting is moved after it came.
    """
    if meeting is None:
        return replace(pair, meeting=None, pre_read_due_at=None, over_due_at=None)
    due = pre_read_at(meeting.starts_at, zone) if pair.runs else None
    came = meeting.slot == pair.pre_read_slot
    return replace(
        pair,
        meeting=meeting,
        pre_read_due_at=None if came else due,
        over_due_at=meeting.starts_at + LASTS,
    )


def just_set_up(pair: Pair, now: datetime) -> Pair:
    """Nobody is written to about a meeting whose pre-read would have come before it was set up."""
    if pair.meeting and pair.pre_read_due_at and pair.pre_read_due_at <= now:
        return replace(pair, pre_read_slot=pair.meeting.slot, pre_read_due_at=None)
    return pair


def carried_over(before: Pair, after: Pair) -> Pair:
    """What an older version knew of: a pre-read that came already is not due once more."""
    old, due = before.pre_read_due_at, after.pre_read_due_at
    if before.meeting is None and after.meeting and old and due and old > due:
        return replace(after, pre_read_slot=after.meeting.slot, pre_read_due_at=None)
    return after


def took_place(pair: Pair, now: datetime) -> bool:
    """Whether the meeting that is over counts as held.

    Not one of weeks in which no bot ran, nor one that a partner proposed and nobody agreed to.
    """
    began = pair.meeting.starts_at if pair.meeting and pair.runs else None
    return began is not None and now - began < TOO_LONG_AGO


def ended(pair: Pair, why: Why, now: datetime) -> Pair:
    """The pair as it ends: nothing of it is due any more."""
    return replace(
        with_meeting(pair, None, ZoneInfo("UTC")), state=State.ENDED, why=why, ended_at=now
    )
