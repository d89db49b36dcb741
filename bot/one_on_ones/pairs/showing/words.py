"""How a one-on-one is told in a few words, the same everywhere."""

from __future__ import annotations

from datetime import datetime

from bot.one_on_ones.pairs.model import Pair
from bot.slack.member import Member
from bot.slack.text import escape, show_date, show_instant, show_lasting_instant


def rhythm_words(pair: Pair) -> str:
    """How often, with the zone that the two agreed on; escaped."""
    if pair.rhythm is None:
        return "as a calendar says"
    return escape(f"{pair.rhythm.words} ({pair.rhythm.zone})")


def next_words(pair: Pair) -> str:
    """When they meet next, as a sentence; nothing where the next heartbeat finds out."""
    if pair.meeting is None:
        return "" if pair.rhythm else "The calendar has no next one."
    return f"The next one is {show_instant(pair.meeting.starts_at)}."


def then_next_words(pair: Pair) -> str:
    """The same in a message, which is read on other days too."""
    if pair.meeting is None:
        return next_words(pair)
    return f"The next one is {show_lasting_instant(pair.meeting.starts_at)}."


def pause_words(pair: Pair, now: datetime) -> str:
    """Until when there is none, or nothing."""
    if pair.resumes is None or pair.resumes <= now.date():
        return ""
    return f"Paused until {show_date(pair.resumes)}."


def whom(pair: Pair, member: Member) -> str:
    """With whom the member meets."""
    other = pair.other(member)
    return f"with {other.mention}" if other else "on your own"


def pre_read_words(pair: Pair, member: Member, now: datetime) -> str:
    """When the engineer gets the pre-read; nothing for the other side, or where it came."""
    due = pair.pre_read_due_at
    if due is None or member != pair.engineer:
        return ""
    return f"Your pre-read comes {show_instant(due) if due > now else 'in a moment'}."
