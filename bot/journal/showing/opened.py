"""One example by itself: all of it, whom it is shared with, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.journal.carried import is_reworded
from bot.journal.model import Entry, Opened, SharedWith
from bot.journal.showing.entry import entry_blocks, readers
from bot.journal.showing.refs import (
    PROMISE,
    TAKE_BACK,
    Act,
    EntryRef,
    Place,
    Surface,
    delete_button,
)
from bot.ladder.model import Ladder
from bot.slack.blocks import Block, View, actions, button, context, modal, paragraphs
from bot.slack.state import pack
from bot.slack.text import show_instant


def opened(found: Opened, ladder: Ladder, ways: Sequence[Block], below: str = "") -> View:
    """The example with its buttons; `ways` are those of capabilities above the journal."""
    entry, wording = found.entry, found.wording
    reworded = wording is not None and is_reworded(ladder, wording)
    return modal(
        "My example",
        [
            *entry_blocks(entry, ladder, reworded=reworded),
            context(_times(entry)),
            *_shared(found.shared),
            actions(*_own_ways(found, ways)),
        ],
        callback_id=Surface.OPENED,
        close="Back" if below else "Close",
        state=pack(Place(below)),
    )


def ask_delete(entry: Entry, shared: Sequence[SharedWith], place: Place) -> View:
    """What deleting means for a page that somebody can read."""
    ref, back = pack(EntryRef(entry.id)), f"{Act.DELETE}:{TAKE_BACK}"
    who = readers(shared)
    asked = [
        "*Delete this example?*",
        f"It is removed for good, with its earlier versions. You shared it with {who}, who keep "
        "the page as it was when you shared it, until you take it back.",
    ]
    return modal(
        "Delete",
        [
            *paragraphs(asked),
            actions(
                button("Delete, and take it back", back, ref, style="danger"),
                button("Delete, leave the page", f"{Act.DELETE}:keep", ref),
            ),
        ],
        callback_id=Surface.ASK_DELETE,
        close="Keep it",
        state=pack(place),
    )


def _times(entry: Entry) -> str:
    logged = f"Logged {show_instant(entry.created_at)}"
    changed = entry.updated_at > entry.created_at
    return f"{logged} · changed {show_instant(entry.updated_at)}" if changed else logged


def _shared(shared: Sequence[SharedWith]) -> list[Block]:
    """Who can read it, and who could; the promise while nobody can."""
    lines = [_told(each) for each in shared]
    if not any(each.live for each in shared):
        lines.append(PROMISE)
    return [context("\n".join(lines[-20:]))]


def _told(each: SharedWith) -> str:
    who, when = each.reader.mention, show_instant(each.at)
    if each.live:
        return f"👀 Shared with {who} since {when}"
    return f"Was shared with {who} ({when}); they cannot open it any more"


def _own_ways(found: Opened, more: Sequence[Block]) -> list[Block]:
    ref = pack(EntryRef(found.entry.id))
    ways = [button("Edit", Act.EDIT, ref), *more]
    if found.versions:
        label = f"Earlier versions ({found.versions})"
        ways.append(button(label, Act.VERSIONS, ref))
    if found.wording and found.wording.statements:
        ways.append(button("What was expected then", Act.THEN, ref))
    can_be_read = any(each.live for each in found.shared)
    return [*ways, delete_button(ref, shared=can_be_read)]
