"""One's own examples, a page at a time."""

from __future__ import annotations

from dataclasses import replace

from bot.journal.carried import is_reworded
from bot.journal.looking import SEARCHED
from bot.journal.model import Entry, Page
from bot.journal.showing.entry import excerpt_blocks
from bot.journal.showing.filters import filters
from bot.journal.showing.refs import (
    Act,
    EntryRef,
    PageRef,
    delete_button,
    edit_button,
    log_button,
    open_button,
)
from bot.ladder.model import Ladder
from bot.ladder.wording import counted
from bot.slack.blocks import Block, View, actions, button, context, modal, section
from bot.slack.state import pack

FIRST = PageRef()
EMPTY = "Nothing here yet. One sentence about last week is a good start."
YOURS = "🔒 Only you see this list."
NO_MATCH = "None of your examples match. Try another word, a longer time, or clear all of it."


def listing(page: Page, ladder: Ladder, ref: PageRef = FIRST, words: str = "") -> View:
    """A page of one's own examples, each with its buttons; `words` are what was looked for."""
    blocks = filters(page, ladder, ref, words) if page.kept else []
    blocks.append(context(f"{_how_many(page)} · {YOURS}"))
    if page.unsearched:
        blocks.append(context(_left_out(page)))
    for entry in page.entries:
        blocks += _row(entry, page, ladder)
    if not page.entries:
        blocks.append(section(NO_MATCH if page.kept else EMPTY))
    return modal(
        "My examples",
        [*blocks, actions(*_ways_on(page, ref, words))],
        callback_id=Act.SEARCH,
        submit="Search" if page.kept else "",
        state=pack(ref),
    )


def _row(entry: Entry, page: Page, ladder: Ladder) -> list[Block]:
    wording, shared = page.wordings.get(entry.pin.wording_id), page.shared.get(entry.id, ())
    reworded = wording is not None and is_reworded(ladder, wording)
    ref = pack(EntryRef(entry.id))
    can_be_read = any(each.live for each in shared)
    return [
        *excerpt_blocks(entry, ladder, shared, reworded=reworded),
        actions(
            open_button(entry.id),
            edit_button(entry.id),
            delete_button(ref, shared=can_be_read),
        ),
    ]


def _ways_on(page: Page, ref: PageRef, words: str) -> list[Block]:
    ways = [log_button(style="primary")]
    if page.number:
        ways.append(_turn_to(ref, "Newer", page.number - 1))
    if page.has_older:
        ways.append(_turn_to(ref, "Older", page.number + 1))
    if words or ref.shown or ref.is_filtered:
        ways.append(button("Clear", f"{Act.LIST}:clear", pack(PageRef(filled=ref.filled + 1))))
    return ways


def _turn_to(ref: PageRef, label: str, number: int) -> Block:
    value = pack(replace(ref, page=number, shown="", total=0))
    return button(label, f"{Act.LIST}:{label.lower()}", value)


def _how_many(page: Page) -> str:
    kept = counted(page.kept, "example")
    return kept if page.total == page.kept else f"{page.total} of {kept}"


def _left_out(page: Page) -> str:
    return (
        f"Searched in the latest {SEARCHED:,}. {counted(page.unsearched, 'older one')} left out: "
        "choose a competency or a time to look further back."
    )
