"""What I shared, what others shared with me, and what is said once something is taken back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sharing.model import How, TakenBack, Told, Why
from bot.sharing.showing.preview import how_many
from bot.sharing.showing.refs import Act, ListRef, ShareRef, list_button, start_button
from bot.slack.blocks import (
    Block,
    View,
    actions,
    button,
    confirmed,
    context,
    divider,
    header,
    modal,
    section,
)
from bot.slack.state import pack
from bot.slack.text import show_instant

PAGE = 8


@dataclass(frozen=True, slots=True)
class Lists:
    """One page of either list, and how many there are in all."""

    ref: ListRef
    mine: list[Told]
    all_mine: int
    given: list[Told]
    all_given: int


def lists(shown: Lists) -> View:
    """Both lists in one modal; what others shared comes first for somebody who shared nothing."""
    mine, given = _mine(shown), _given(shown)
    blocks = [*mine, divider(), *given] if shown.all_mine or not given else [*given, *mine]
    return modal("Shared", [*blocks, actions(start_button("Share examples"))])


def taken_back(result: TakenBack) -> View:
    """What taking it back did, and what it cannot undo."""
    told = result.told
    lines = [f"✅ *Taken back.* {told.share.reader.mention} cannot open it any more."]
    lines += _what_stays(result)
    return modal("Taken back", [section("\n".join(lines)), actions(list_button())], close="Done")


def _mine(shown: Lists) -> list[Block]:
    blocks = [header("What I shared")]
    for told in shown.mine:
        reader = told.share.reader.mention
        when = show_instant(told.share.shared_at)
        blocks += [
            section(f"*{reader}* · {how_many(told.number)} · {when}"),
            context("\n".join(_story(told))),
            actions(*_ways(told)),
        ]
    if not shown.all_mine:
        blocks.append(section("Nothing yet. What you wrote stays with you until you share it."))
    ref = shown.ref
    return [*blocks, *_turning(shown.all_mine, ref.mine, ListRef(ref.mine, ref.given), "mine")]


def _given(shown: Lists) -> list[Block]:
    if not shown.all_given:
        return []
    note = "They see when you open a page here, and when you mark it as read."
    blocks = [header("Shared with me"), context(note)]
    for told in shown.given:
        words = f"*{told.share.owner.mention}* · {how_many(told.number)} · "
        words += show_instant(told.share.shared_at)
        if marked := told.when(How.MARKED):
            words += f"\n✅ Marked as read {show_instant(marked[0])}"
        open_it = button("Open", Act.OPEN, pack(ShareRef(told.share.id)))
        blocks.append(section(words, open_it))
    return [*blocks, *_turning(shown.all_given, shown.ref.given, shown.ref, "given")]


def _ways(told: Told) -> list[Block]:
    ref = pack(ShareRef(told.share.id))
    if told.share.ended_at:
        return [button("See the page", Act.OPEN, ref)]
    take_back = confirmed(
        button("Take it back", Act.TAKE_BACK, ref, style="danger"),
        "Take this page back?",
        "They cannot open it any more, and it goes from their messages. "
        "What they have read by now is read.",
        "Take it back",
        "Leave it",
    )
    return [button("See it as they see it", Act.OPEN, ref), take_back]


def _turning(total: int, page: int, ref: ListRef, which: str) -> list[Block]:
    """Newer and older, for one of the two lists."""

    def to(number: int) -> ListRef:
        return ListRef(number, ref.given) if which == "mine" else ListRef(ref.mine, number)

    ways = []
    if page:
        ways.append(button("Newer", f"{Act.LIST}:{which}-newer", pack(to(page - 1))))
    if (page + 1) * PAGE < total:
        ways.append(button("Older", f"{Act.LIST}:{which}-older", pack(to(page + 1))))
    return [actions(*ways)] if ways else []


def _story(told: Told) -> list[str]:
    """How a page fared, a line for each thing that happened."""
    lines = [_arrival(told)]
    if times := told.when(How.OPENED):
        lines.append(f"👀 Opened {show_instant(times[0])}{_again(len(times))}{_last(told)}")
    if times := told.when(How.MARKED):
        lines.append(f"✅ Marked as read {show_instant(times[0])}")
    if told.share.ended_at:
        lines.append(_end(told))
    elif not told.open:
        lines.append("🔒 They cannot open it: they are not your manager any more.")
    return lines


def _arrival(told: Told) -> str:
    if times := told.when(How.DELIVERED):
        when = show_instant(times[0])
        ended = told.share.ended_at is not None
        return (
            f"📬 Reached their messages {when}" if ended else f"📬 In their messages since {when}"
        )
    return "📭 It never reached their messages" if told.share.ended_at else "📭 Not delivered yet"


def _again(times: int) -> str:
    return "" if times == 1 else f", {times} times in all"


def _last(told: Told) -> str:
    times = told.when(How.OPENED)
    return f", last {show_instant(times[-1])}" if len(times) > 1 else ""


def _end(told: Told) -> str:
    ended = show_instant(told.share.ended_at) if told.share.ended_at else ""
    if told.share.why is Why.MANAGER_CHANGED:
        return f"🔒 Closed {ended}, when your manager changed. What was read by then is read."
    if told.share.why is Why.NO_MORE_ONE_ON_ONES:
        return f"🔒 Closed {ended}, when your one-on-ones ended. What was read by then is read."
    return f"🔒 Taken back {ended}. What was read by then is read."


def _what_stays(result: TakenBack) -> list[str]:
    told = result.told
    if result.unsent and not told.when(How.OPENED):
        return ["It had not been sent yet, and will not be."]
    lines = []
    if times := told.when(How.DELIVERED):
        lines.append(f"It was in their messages since {show_instant(times[0])}.")
        lines.append("I replace it there with a line that says so, as soon as Slack lets me.")
    elif result.unsure:
        lines.append(
            "Slack never confirmed its delivery. If it is in their messages, I cannot remove it."
        )
    if read := told.when(How.OPENED):
        lines.append(f"They opened it {show_instant(read[0])}: what was read is read.")
    elif read := told.when(How.MARKED):
        lines.append(f"They marked it as read {show_instant(read[0])}: what was read is read.")
    elif told.when(How.DELIVERED):
        lines.append("They have not said that they read it; what was read is read.")
    return lines
