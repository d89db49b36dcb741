"""The page itself: one function draws it for its reader, for the preview and for its owner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

from bot.delivery.model import State
from bot.sharing.model import Item, Share, Snapshot, Why
from bot.sharing.showing.refs import Act, ShareRef
from bot.slack.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    header,
    message,
    modal,
    pages,
    paragraphs,
    section,
    size,
)
from bot.slack.member import Member
from bot.slack.state import pack
from bot.slack.text import escape, safe_link, show_date, show_instant

PREVIEW_BLOCKS = 80
PREVIEW_BYTES = 200_000
MARK_WORDS = "Mark as read"


def shared_page(snapshot: Snapshot, share_id: str = "") -> list[Block]:
    """The page as its reader gets it; without an id its button is only to be looked at."""
    owner = snapshot.owner.mention
    mark = button(MARK_WORDS, Act.MARK, pack(ShareRef(share_id)))
    return [*_content(snapshot), context(_how_it_is_told(owner)), actions(mark)]


def shared_messages(snapshot: Snapshot, share_id: str) -> list[Message]:
    """The page in as many messages as Slack's limits ask for."""
    return _messages(snapshot, shared_page(snapshot, share_id))


def marked_message(snapshot: Snapshot, now: datetime) -> Message:
    """The last message of the page once it was marked as read."""
    done = context(f"✅ You marked this as read {show_instant(now)}. They can see that.")
    return _messages(snapshot, [*_content(snapshot), done])[-1]


def page_count(snapshot: Snapshot) -> int:
    """How many messages the page needs."""
    return len(shared_messages(snapshot, ""))


def fits(snapshot: Snapshot) -> bool:
    """True when one modal can show the whole page."""
    page = shared_page(snapshot)
    return len(page) <= PREVIEW_BLOCKS and size(page) <= PREVIEW_BYTES


def opened(share: Share, snapshot: Snapshot, viewer: Member) -> View:
    """The page in a modal, for its reader, or for its owner as the reader sees it."""
    if viewer == share.owner:
        reader = share.reader.mention
        words = f"👀 This is what {reader} sees."
        if share.ended_at:
            words = f"🔒 This is the page as you shared it. {reader} cannot open it any more."
        return modal(
            "As you shared it" if share.ended_at else "As they see it",
            [context(words), *shared_page(snapshot)],
        )
    return modal("Shared with you", shared_page(snapshot, share.id))


def marked(snapshot: Snapshot, now: datetime) -> View:
    """The modal once the page was marked as read in it."""
    done = context(f"✅ You marked this as read {show_instant(now)}. They can see that.")
    return modal("Shared with you", [*_content(snapshot), done])


def closed(share: Share | None) -> Message:
    """What stands in the reader's messages in the place of a page that was taken back."""
    if share is None or share.ended_at is None:
        words = "This page is not shared any more."
    elif share.why is Why.MANAGER_CHANGED:
        words = (
            f"{share.owner.mention} has another manager now, so the page that they shared with "
            f"you was closed {show_instant(share.ended_at)}."
        )
    elif share.why is Why.NO_MORE_ONE_ON_ONES:
        words = (
            f"You and {share.owner.mention} do not meet for one-on-ones any more, so the page that "
            f"they shared with you was closed {show_instant(share.ended_at)}."
        )
    else:
        words = f"{share.owner.mention} took this page back {show_instant(share.ended_at)}."
    return message(words, [context(words)])


def not_delivered(share: Share, state: State) -> Message:
    """What the owner hears when a page did not arrive, or could not be taken away, for certain."""
    reader = share.reader.mention
    return message(
        {
            State.UNCONFIRMED: f"Slack did not confirm that {reader} got the examples you shared. "
            "Please ask them; `/ladder share` shares again.",
            State.SUPPRESSED: f"The examples you shared with {reader} were not sent: their account "
            "is closed, or they are not your manager any more. `/ladder shared` shows how it "
            "stands.",
            State.LEFT: f"You took a page back, but Slack does not let me remove it from "
            f"{reader}'s messages. They cannot open it in Rung any more.",
        }.get(
            state,
            f"Slack did not deliver the examples you shared to {reader}, so they have not seen "
            "them there. Perhaps their account is closed; `/ladder share` shares again.",
        )
    )


def _messages(snapshot: Snapshot, blocks: list[Block]) -> list[Message]:
    text = f"{snapshot.owner.mention} shared examples with you"
    return [message(text, run) for run in pages(blocks, room=0)]


def _content(snapshot: Snapshot) -> list[Block]:
    blocks = [section(f"*{snapshot.owner.mention} shared these examples with you.*")]
    for label, items in groupby(snapshot.items, key=lambda item: item.competency):
        blocks += [header(label), *paragraphs(line for item in items for line in _lines(item))]
    return blocks


def _how_it_is_told(owner: str) -> str:
    return (
        "They chose what to share; what else they wrote stays with them. "
        f"{owner} sees when this reached you, when you open it in Rung, and when you mark it as "
        "read."
    )


def _lines(item: Item) -> Iterable[str]:
    links = [safe_link(link, "link") for link in item.link.split()]
    day = show_date(date.fromisoformat(item.day))
    yield " ".join([f"• {escape(item.text)} _({day})_", *links])
    if item.quote:
        yield "\n".join(f"> {line}" for line in escape(item.quote).splitlines())
