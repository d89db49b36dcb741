"""One's own examples, a page at a time."""

from __future__ import annotations

from bot.journal.carried import is_reworded
from bot.journal.journal import Page
from bot.journal.showing.entry import entry_blocks
from bot.journal.showing.refs import PROMISE, Act, EntryRef, PageRef, delete_button, log_button
from bot.ladder.model import Ladder
from bot.slack.blocks import Block, View, actions, button, context, divider, modal, section
from bot.slack.state import pack


def listing(page: Page, ladder: Ladder) -> View:
    """A page of one's own examples, each with its buttons."""
    blocks: list[Block] = [context(f"{_how_many(page.total)} · {PROMISE}")]
    for entry in page.entries:
        wording = page.wordings.get(entry.pin.wording_id)
        reworded = wording is not None and is_reworded(ladder, wording)
        ref = pack(EntryRef(entry.id, page.number))
        ways = [button("Edit", Act.EDIT, ref), delete_button(ref)]
        if reworded:
            ways.append(button("What was expected then", Act.THEN, ref))
        blocks += [*entry_blocks(entry, ladder, reworded=reworded), actions(*ways), divider()]
    if not page.entries:
        blocks.append(section("Nothing here yet. One sentence about last week is a good start."))
    return modal("My examples", [*blocks, actions(*_ways_on(page))])


def _ways_on(page: Page) -> list[Block]:
    ways = [log_button(style="primary")]
    if page.number:
        ways.append(button("Newer", f"{Act.LIST}:newer", pack(PageRef(page.number - 1))))
    if page.has_older:
        ways.append(button("Older", f"{Act.LIST}:older", pack(PageRef(page.number + 1))))
    return ways


def _how_many(total: int) -> str:
    return f"{total} example{'' if total == 1 else 's'}"
