"""Sharing a page of the ladder with a channel: a preview first, then that very page.

Nothing of the sharer is in it but their name, and nothing that a client sent: the page is drawn
again from the ladder, by words that lead to the same answer whoever asks.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

from bot.ladder.showing.paging import pages, resumed
from bot.ladder.showing.scene import Act, Ask, Drawing, ask_button
from bot.slack.blocks import Block, Message, actions, button, context, divider, message, section
from bot.slack.member import Member
from bot.slack.state import pack
from bot.slack.text import escape

CANNOT = (
    "That cannot be shared any more: the ladder has changed. `/ladder` shows what is there now."
)
CHANGED = "*The ladder has changed meanwhile.* Please look again before you post it."
LOOK = "*Only you see this so far.* Everybody here will see exactly what is between the lines:"


@dataclass(frozen=True, slots=True)
class Share:
    """What the buttons of a preview carry: what to draw, what was seen, and which preview it was.

    `seen` is a digest of the page as it was shown; `once` is the id of the press that asked for
    this preview, so that pressing twice posts once.
    """

    words: str = ""
    page: int = 0
    examples: int = 0
    seen: str = ""
    once: str = ""

    @property
    def ask(self) -> Ask:
        """The question behind the page."""
        return Ask(self.words, self.page, self.examples)


def share_button(ask: Ask) -> Block:
    """Leads to the preview."""
    return button("Share in this channel", Act.SHARE, pack(ask))


def public_page(drawing: Drawing, ask: Ask, sharer: Member) -> Message:
    """The page as the channel gets it; what is in it to press answers whoever presses alone."""
    runs = pages(drawing.parts)
    number = min(max(ask.page, 0), len(runs) - 1)
    page = runs[number]
    of = f" · page {number + 1} of {len(runs)}" if len(runs) > 1 else ""
    by = f"Shared by {sharer.mention} from the career ladder{of}"
    again = replace(ask, words=drawing.words, page=number, pick="")
    blocks = [context(by), *resumed(page, number, drawing.public), *page.blocks]
    own = actions(ask_button("Read it for myself", again, name="myself"))
    text = f"{sharer.mention} shared from the career ladder: {escape(drawing.public)}{of}"
    return message(text, [*blocks, own])


def digest(page: Message) -> str:
    """The same for the same page, word for word."""
    return hashlib.sha256(json.dumps(page, sort_keys=True).encode()).hexdigest()[:16]


def preview(page: Message, share: Share, *, changed: bool = False) -> Message:
    """What the channel will see, for the sharer alone, with a yes and a no."""
    carried = replace(share, seen=digest(page))
    return message(
        "This is what everybody here will see. Post it?",
        [
            section(CHANGED if changed else LOOK),
            divider(),
            *page["blocks"],
            divider(),
            actions(
                button("Post it here", Act.POST, pack(carried), style="primary"),
                ask_button("Not now", share.ask, name="not-now"),
            ),
        ],
    )


def posted(share: Share) -> Message:
    """What stands in the place of the preview once everybody has the page."""
    said = "✅ *Posted.* Everybody here can read it now."
    back = ask_button("Back to the ladder", share.ask, name="back")
    return message("Posted: everybody here can read it now.", [section(said), actions(back)])


def cannot() -> Message:
    """Nothing that may be shared is behind the button."""
    return message(CANNOT, [section(CANNOT)])
