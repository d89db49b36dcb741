"""How an example stood before each change, the latest first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.journal.model import Entry, Version
from bot.journal.showing.entry import entry_blocks
from bot.journal.showing.refs import Act, EntryRef, Place, Surface
from bot.ladder.model import Ladder
from bot.ladder.wording import counted
from bot.slack.blocks import (
    Block,
    View,
    actions,
    button,
    confirmed,
    context,
    divider,
    modal,
    notice,
    section,
    size,
)
from bot.slack.state import pack
from bot.slack.text import show_date, show_instant

MOST_BLOCKS = 96
MOST_BYTES = 200_000
"""Leaves 50,000 of the 250,000 bytes that a view may have for what Slack adds around them."""


def versions(entry: Entry, found: Sequence[Version], ladder: Ladder, place: Place) -> View:
    """As many of the latest as a view holds, each with what was changed after it."""
    if not found:
        return notice("Earlier versions", "You have not changed this example.")
    shown: list[Block] = []
    for number, version in enumerate(found):
        newer = found[number - 1].was if number else entry
        more = _version(version, newer, ladder)
        if len(shown) + len(more) > MOST_BLOCKS or size([*shown, *more]) > MOST_BYTES:
            shown.append(context(f"{counted(len(found) - number, 'older one')} not shown here."))
            break
        shown += more
    return modal(
        "Earlier versions", shown, callback_id=Surface.VERSIONS, close="Back", state=pack(place)
    )


def _version(version: Version, newer: Entry, ladder: Ladder) -> list[Block]:
    was = version.was
    what = ", ".join(_changes(was, newer))
    return [
        section(f"*Until {show_instant(version.replaced_at)}*"),
        *entry_blocks(was, ladder),
        context(f"Written {show_instant(was.updated_at)} · then changed: {what}"),
        actions(_bring_back(version)),
        divider(),
    ]


def _bring_back(version: Version) -> Block:
    return confirmed(
        button("Bring this one back", Act.BRING_BACK, pack(EntryRef(version.was.id, version.id))),
        "Bring this version back?",
        "What stands there now is kept as an earlier version.",
        "Bring it back",
    )


def _changes(was: Entry, newer: Entry) -> list[str]:
    """What differs between a version and the one that followed it."""
    day = f"the day, to {show_date(newer.happened_on)}"
    changed = {
        "the words": was.text != newer.text,
        "the links": was.link != newer.link,
        "the quote": was.quote != newer.quote,
        day: was.happened_on != newer.happened_on,
        "the competency": was.competency_id != newer.competency_id,
    }
    return [what for what, differs in changed.items() if differs]
