"""The confirmation after saving, with the ways on."""

from __future__ import annotations

from bot.journal.carried import competency_now
from bot.journal.model import Entry
from bot.journal.showing.entry import entry_blocks, short_name
from bot.journal.showing.refs import PROMISE, Act, EntryRef, Surface, delete_button, list_button
from bot.ladder.model import Ladder
from bot.slack.blocks import View, actions, button, context, modal, section
from bot.slack.state import pack


def saved(entry: Entry, ladder: Ladder) -> View:
    """The confirmation after saving, with the ways on."""
    under = short_name(competency_now(ladder, entry).label)
    ref = pack(EntryRef(entry.id))
    return modal(
        "Saved",
        [
            section(f"✅ *Saved.* Under {under}."),
            *entry_blocks(entry, ladder),
            actions(
                button("Edit", Act.EDIT, ref), delete_button(ref), list_button("All my examples")
            ),
            context(PROMISE),
        ],
        callback_id=Surface.SAVED,
        close="Done",
    )
