"""What a partner reads ahead of a one-on-one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.one_on_ones.reminding.model import Preparation
from bot.one_on_ones.reminding.showing import refs
from bot.one_on_ones.reminding.showing.words import brief, lines
from bot.sharing.blocks import Act as SharingAct
from bot.sharing.blocks import ShareRef
from bot.sharing.model import Told
from bot.slack.blocks import Block, Message, button, context, message, paragraphs, section
from bot.slack.state import pack
from bot.slack.text import show_instant

SHOWN = 4
SHOWN_PAGES = 3


def preparation(found: Preparation) -> Message:
    """The agenda, the promises of both, and what was shared; with room for one's own notes."""
    engineer, pair_id = found.pair.engineer.mention, found.pair.id
    title = f"Your one-on-one with {engineer}"
    return message(
        title,
        [
            section(f"*{title}*\n{show_instant(found.starts_at)}"),
            *_list("On the agenda", [f"• {brief(each.text)}" for each in found.agenda]),
            *_list("You promised", lines(found.mine, found.today, found.zone)),
            *_list(f"{engineer} promised", lines(found.theirs, found.today, found.zone)),
            *(_shared(engineer, told) for told in found.shared[:SHOWN_PAGES]),
            refs.room(pair_id),
            context("🔒 Your private notes are yours alone."),
        ],
    )


def _list(title: str, found: Sequence[str]) -> list[Block]:
    if not found:
        return []
    more = len(found) - SHOWN
    rest = [f"_and {more} more on your page_"] if more > 0 else []
    return paragraphs([f"*{title}* ({len(found)})", *found[:SHOWN], *rest])


def _shared(engineer: str, told: Told) -> Block:
    number = told.number
    examples = "1 example" if number == 1 else f"{number} examples"
    words = f"{engineer} shared {examples} with you, {show_instant(told.share.shared_at)}."
    return section(words, button("Open", SharingAct.OPEN, pack(ShareRef(told.share.id))))
