"""Past talks: what was discussed, agreed, promised, and kept or dropped."""

from __future__ import annotations

from collections.abc import Sequence

from bot.one_on_ones.page.model import ActionItem, Past, State
from bot.one_on_ones.page.showing.refs import Act, TalkRef
from bot.one_on_ones.page.showing.words import by_whom, shown
from bot.slack.blocks import Block, View, actions, button, modal, paragraphs, section
from bot.slack.member import Member
from bot.slack.state import pack
from bot.slack.text import escape, show_instant

MOST_LINES = 8
MOST_CHARS = 150


def earlier(pasts: Sequence[Past], total: int, ref: TalkRef, size: int, reader: Member) -> View:
    """One page of them, the latest first."""
    blocks = [block for past in pasts for block in _past(past, reader)]
    if not blocks:
        blocks = [section("Nothing yet. After your first one-on-one it is here.")]
    ways = []
    if ref.number:
        newer = pack(TalkRef(pair=ref.pair, number=ref.number - 1))
        ways.append(button("Newer", f"{Act.EARLIER}:newer", newer))
    if (ref.number + 1) * size < total:
        older = pack(TalkRef(pair=ref.pair, number=ref.number + 1))
        ways.append(button("Older", f"{Act.EARLIER}:older", older))
    return modal("Earlier", [*blocks, *([actions(*ways)] if ways else [])])


def _past(past: Past, reader: Member) -> list[Block]:
    lines = [f"*{show_instant(past.talk.starts_at)}*"]
    if past.talk.agreed:
        lines += ["_Agreed_", escape(past.talk.agreed)]
    lines += _group("Discussed", [f"• {shown(item.text, MOST_CHARS)}" for item in past.agenda])
    lines += _group("Promised", [f"• {_owed(item, reader)}" for item in past.made])
    lines += _group("Kept or dropped", [_closed(item, reader) for item in past.closed])
    return paragraphs(lines)


def _group(title: str, lines: Sequence[str]) -> list[str]:
    more = [f"… and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    return [f"_{title}_", *lines[:MOST_LINES], *more] if lines else []


def _owed(item: ActionItem, reader: Member) -> str:
    return f"{shown(item.text, MOST_CHARS)} ({by_whom(item.owner, reader)})"


def _closed(item: ActionItem, reader: Member) -> str:
    if item.state is State.DONE:
        return f"✓ {_owed(item, reader)}"
    reason = f": {shown(item.reason, MOST_CHARS)}" if item.reason else ""
    return f"✕ {_owed(item, reader)}{reason}"
