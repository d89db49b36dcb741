"""What the person promised, on whichever side of a one-on-one, and how long ago."""

from __future__ import annotations

from collections.abc import Sequence

from bot.home.model import SHOWN, Glance, Promised
from bot.ladder.wording import counted
from bot.one_on_ones.page.model import ActionItem
from bot.slack.blocks import Block, context, divider, section
from bot.slack.text import clip, escape, show_date

TEXT_CHARS = 140


def promises(glance: Glance) -> list[Block]:
    """The oldest few; nothing where none is open."""
    if not glance.promised:
        return []
    shown = [_row(each, glance) for each in glance.promised[:SHOWN]]
    more = len(glance.promised) - len(shown)
    rest = [context(f"… and {more} more, on the pages of your one-on-ones.")] if more else []
    return [divider(), section("*What you promised*"), *shown, *rest]


def how_old(promised: Sequence[ActionItem], glance: Glance) -> str:
    """The age of the oldest, which comes first."""
    age = _age(promised[0], glance)
    return f"the oldest {age}" if len(promised) > 1 else age


def _row(promised: Promised, glance: Glance) -> Block:
    promise = promised.promise
    facts = [
        f"to {promised.to.mention}" if promised.to else "",
        _age(promise, glance),
        f"by {show_date(promise.due_on)}" if promise.due_on else "",
    ]
    said = escape(clip(" ".join(promise.text.split()), TEXT_CHARS))
    return section(f"{said}\n{' · '.join(filter(None, facts))}")


def _age(promise: ActionItem, glance: Glance) -> str:
    days = glance.days_old(promise)
    return f"{counted(days, 'day')} old" if days else "from today"
