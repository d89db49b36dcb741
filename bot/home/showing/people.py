"""Whom the person meets as manager or lead, and what those shared with them: a page at a time."""

from __future__ import annotations

from bot.home.model import PEOPLE, Circle, Counterpart, Glance
from bot.home.showing.promises import how_old
from bot.home.showing.refs import turn_button
from bot.ladder.wording import counted
from bot.one_on_ones.page.blocks import page_button
from bot.one_on_ones.pairs.model import Pair
from bot.slack.blocks import Block, actions, context, divider, section
from bot.slack.text import show_instant

NOTE = "You see what they share with you, and nothing else of theirs."


def people(glance: Glance) -> list[Block]:
    """Nothing for somebody whom nobody meets or shares with."""
    circle = glance.circle
    if not circle.total:
        return []
    rows = [_row(each, glance) for each in circle.people]
    return [divider(), section(_title(circle)), *rows, context(NOTE), *_turning(circle)]


def _title(circle: Circle) -> str:
    last = circle.first + len(circle.people) - 1
    which = f" · {circle.first} to {last} of {circle.total}" if circle.total > PEOPLE else ""
    return f"*Your people*{which}"


def _row(each: Counterpart, glance: Glance) -> Block:
    talk = _meeting(each.pair, glance) if each.pair else ""
    first = " · ".join(filter(None, [f"*{each.member.mention}*", talk]))
    rest = " · ".join([*_pages(each), *_promised(each, glance)])
    open_page = page_button(each.pair.id, "Page") if each.pair else None
    return section("\n".join(filter(None, [first, rest])), open_page)


def _meeting(pair: Pair, glance: Glance) -> str:
    if pair.meeting is None or not glance.is_ahead(pair):
        return "nothing planned"
    return show_instant(pair.meeting.starts_at)


def _pages(each: Counterpart) -> list[str]:
    return [f"📄 {counted(each.pages, 'page')} shared with you"] if each.pages else []


def _promised(each: Counterpart, glance: Glance) -> list[str]:
    if not each.promises:
        return []
    number = counted(len(each.promises), "promise")
    return [f"🤝 {number} of yours, {how_old(each.promises, glance)}"]


def _turning(circle: Circle) -> list[Block]:
    ways = [turn_button("Earlier", circle.number - 1)] if circle.number else []
    ways += [turn_button("Later", circle.number + 1)] if circle.has_later else []
    return [actions(*ways)] if ways else []
