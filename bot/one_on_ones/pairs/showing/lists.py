"""With whom somebody meets, and when: one list for both sides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.showing.refs import Act, PairRef, change_button
from bot.one_on_ones.pairs.showing.words import (
    next_words,
    pause_words,
    pre_read_words,
    rhythm_words,
    whom,
)
from bot.slack.blocks import (
    Block,
    View,
    actions,
    button,
    confirmed,
    context,
    modal,
    section,
)
from bot.slack.member import Member
from bot.slack.state import pack
from bot.slack.text import show_instant

MOST = 40  # two blocks each, in a modal of a hundred
NONE_YET = "You have no one-on-ones here yet. Set one up, and your pre-read comes the day before."


def listed(pairs: Sequence[Pair], member: Member, now: datetime, *, manages: bool) -> View:
    """Every live pair with what can be done about it; `manages` offers to ask a report."""
    blocks = [block for pair in pairs[:MOST] for block in _entry(pair, member, now)]
    if len(pairs) > MOST:
        blocks.append(context(f"{len(pairs) - MOST} more, all later, are left out."))
    ways = [button("Set one up", Act.NEW, style="" if pairs else "primary")]
    if manages:
        ways.append(button("Set one up with a report", Act.NEW_REPORT))
    return modal(
        "My one-on-ones",
        [*(blocks or [section(NONE_YET)]), actions(*ways)],
        callback_id=Act.LIST,
        state=pack(PairRef()),
    )


def _entry(pair: Pair, member: Member, now: datetime) -> list[Block]:
    return [section("\n".join(_lines(pair, member, now))), actions(*_buttons(pair, member, now))]


def _lines(pair: Pair, member: Member, now: datetime) -> list[str]:
    words = whom(pair, member)
    lines = [f"*{words[0].upper()}{words[1:]}* · {rhythm_words(pair)}"]
    if pair.asked == member:
        return [*lines, f"They ask you to confirm. {next_words(pair)}"]
    lines.append(" ".join(filter(None, [pause_words(pair, now), next_words(pair)])))
    lines.append(_waiting(pair) or pre_read_words(pair, member, now))
    return [line for line in lines if line]


def _waiting(pair: Pair) -> str:
    if pair.asked is None:
        return ""
    if pair.asked_at is None:
        return f"{pair.asked.mention} was not asked yet, so only you see this."
    return f"Waiting for {pair.asked.mention} since {show_instant(pair.asked_at)}."


def _buttons(pair: Pair, member: Member, now: datetime) -> list[Block]:
    ref = pack(PairRef(pair.id))
    if pair.asked == member:
        return answer_buttons(pair)
    buttons = [change_button(pair.id)]
    if pair.may_move(member):
        buttons.append(button("Move or skip", Act.MOVE, ref))
    if pair.may_ask_again(now):
        buttons.append(button("Ask again" if pair.asked_at else "Ask them", Act.ASK_AGAIN, ref))
    return [*buttons, _end_button(pair, member, ref)]


def answer_buttons(pair: Pair) -> list[Block]:
    """Yes, no, or another time; in the question and in the list alike."""
    ref = pack(PairRef(pair.id))
    return [
        button("Confirm", Act.YES, ref, style="primary"),
        button("Another time", Act.CHANGE, ref),
        button("No, thanks", Act.NO, ref),
    ]


def _end_button(pair: Pair, member: Member, ref: str) -> Block:
    if pair.asked:
        return button("Withdraw", Act.END, ref)
    says = "No more pre-reads."
    if pair.other(member):
        page = "You keep its page, to read" if member == pair.engineer else "Its page closes to you"
        says = f"No more one-on-ones here. {page}. The other side is told."
    return confirmed(button("End", Act.END, ref), "End this one-on-one?", says, "End it")
