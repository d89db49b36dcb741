"""How a line of the page reads in a message, and how long ago it was made. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.one_on_ones.page.model import ActionItem, State
from bot.slack.member import Member
from bot.slack.text import clip, escape, show_date

SHOWN_CHARS = 240


def brief(text: str) -> str:
    """A text in one escaped line."""
    return escape(clip(" ".join(text.split()), SHOWN_CHARS))


def age(promise: ActionItem, today: date, zone: ZoneInfo) -> str:
    """Since when it stands, and until when: "12 days ago, was due 3 Dec 2026"."""
    days = (today - promise.made_at.astimezone(zone).date()).days
    since = {0: "today", 1: "yesterday"}.get(max(days, 0), f"{days} days ago")
    if promise.due_on is None:
        return since
    if promise.due_on == today:
        return f"{since}, due today"
    is_over = promise.due_on < today
    return f"{since}, {'was due' if is_over else 'due'} {show_date(promise.due_on)}"


def lines(promises: Sequence[ActionItem], today: date, zone: ZoneInfo) -> list[str]:
    """One escaped bullet for each."""
    return [f"• {brief(each.text)} _({age(each, today, zone)})_" for each in promises]


def what_came_of(promise: ActionItem, viewer: Member) -> str:
    """What was just done with it; also where the other side was first. Escaped."""
    words = f"“{brief(promise.text)}”"
    if promise.state is State.OPEN:
        return f"Still open: {words}."
    how = "✅ Done" if promise.state is State.DONE else "✅ Dropped"
    if promise.closed_by and promise.closed_by != viewer:
        return f"{how} already by {promise.closed_by.mention}: {words}."
    return f"{how}: {words}."
