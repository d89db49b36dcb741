"""How lines are worded: who, how old, until when. Escaped; dates on the reader's calendar."""

from __future__ import annotations

from datetime import date, datetime

from bot.one_on_ones.page.model import ActionItem, AgendaItem
from bot.one_on_ones.pairs.model import Pair, State
from bot.slack.member import Member
from bot.slack.text import clip, escape, show_date, show_instant

SHOWN_CHARS = 400


def with_whom(pair: Pair, reader: Member) -> str:
    """Whom the reader meets, as Slack shows names."""
    other = pair.other(reader)
    return f"With {other.mention}" if other else "On your own"


def by_whom(author: Member, reader: Member) -> str:
    """The author, as the reader says it."""
    return "you" if author == reader else author.mention


def shown(text: str, most: int = SHOWN_CHARS) -> str:
    """As much of what was written as a line holds."""
    return escape(clip(text, most))


def is_clipped(text: str) -> bool:
    """Whether a line does not hold all of it."""
    return len(text) > SHOWN_CHARS


def agenda_line(item: AgendaItem, reader: Member) -> str:
    """The line, and who added it."""
    return f"{shown(item.text)} · _{by_whom(item.author, reader)}_"


def promise_line(item: ActionItem, today: date, made_on: date) -> str:
    """The promise, how old it is, and until when it is; said plainly when that is over."""
    return f"{shown(item.text)}\n_{_age(today, made_on)}{_due(item.due_on, today)}_"


def when_next(pair: Pair) -> str:
    """The next meeting, if anybody knows it."""
    return f" · {show_instant(pair.meeting.starts_at)}" if pair.meeting else ""


def who_sees(pair: Pair, reader: Member) -> str:
    """Who reads what stands on the page."""
    other = pair.other(reader)
    if pair.state is State.ENDED:
        ended = _day(pair.ended_at)
        return f"🔒 This one-on-one ended{ended}. Only you can still read its page."
    if other is None:
        return "🔒 Only you see this page."
    if not pair.is_shared:
        return f"🔒 {other.mention} sees this page once they say yes."
    return "Both of you see this, and fill it."


def _day(moment: datetime | None) -> str:
    return f" {show_date(moment.date())}" if moment else ""


def _age(today: date, made_on: date) -> str:
    days = (today - made_on).days
    if days <= 0:
        return "made today"
    return "made yesterday" if days == 1 else f"made {days} days ago"


def _due(due_on: date | None, today: date) -> str:
    if due_on is None:
        return ""
    days = (today - due_on).days
    if days == 0:
        return " · due today"
    if days > 0:
        return f" · was due {show_date(due_on)}"
    return f" · due {show_date(due_on)}"
