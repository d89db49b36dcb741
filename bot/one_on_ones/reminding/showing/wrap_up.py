"""What each side can close after a one-on-one."""

from __future__ import annotations

from bot.one_on_ones.page.model import ActionItem, AgendaItem
from bot.one_on_ones.reminding.model import WrapUp
from bot.one_on_ones.reminding.showing import refs
from bot.one_on_ones.reminding.showing.refs import Act, Ref, choices
from bot.one_on_ones.reminding.showing.words import age, brief
from bot.slack.blocks import (
    Block,
    Message,
    actions,
    button,
    confirmed,
    context,
    message,
    option,
    overflow,
    section,
)
from bot.slack.state import pack
from bot.slack.text import show_instant

SHOWN_PROMISES = 6
SHOWN_AGENDA = 4


def as_it_stands(found: WrapUp, note: str = "") -> Message:
    """What can be closed, or that they did not meet; `note` as for `wrap_up`."""
    return wrap_up(found, note) if found.talk.held else did_not_meet(found)


def wrap_up(found: WrapUp, note: str = "") -> Message:
    """What is open, each line with its menu; `note` is escaped, and says what just happened."""
    title = _title(found)
    return message(
        title,
        [
            section(f"*{title}*\n{_what_is_open(found)}"),
            *([context(note)] if note else []),
            *(_promise(found, each) for each in found.promises[:SHOWN_PROMISES]),
            *(_agenda(found, each) for each in found.agenda[:SHOWN_AGENDA]),
            *_more(found),
            _ways_on(found),
        ],
    )


def did_not_meet(found: WrapUp) -> Message:
    """What stands in its place once either side said that they did not meet."""
    words = (
        f"You did not meet {show_instant(found.talk.starts_at)}. "
        "What was open waits for the next one-on-one."
    )
    return message(words, [section(words), actions(refs.page(found.pair.id))])


def over() -> Message:
    """What stands in the place of one whose pair has ended."""
    words = "This one-on-one has ended, so nothing can be changed here any more."
    return message(words, [context(words)])


def closed() -> Message:
    """What stands in the place of whatever told a former partner of the page."""
    words = "This one-on-one has ended, and its page is closed to you."
    return message(words, [context(words)])


def _title(found: WrapUp) -> str:
    other = found.pair.other(found.viewer)
    return f"After your one-on-one with {other.mention}" if other else "After your one-on-one"


def _what_is_open(found: WrapUp) -> str:
    if found.promises or found.agenda:
        return "Close what is settled. What you leave stays for next time."
    return "You can write down what you agreed." if found.unsaid else "Nothing is open any more."


def _promise(found: WrapUp, promise: ActionItem) -> Block:
    who = "You" if promise.owner == found.viewer else promise.owner.mention
    words = f"{who} promised: {brief(promise.text)}\n_{age(promise, found.today, found.zone)}_"
    return section(words, overflow(Act.ITEM, choices(found.talk.id, "", promise.id)))


def _agenda(found: WrapUp, item: AgendaItem) -> Block:
    ref = pack(Ref(talk=found.talk.id, item=item.id))
    words = f"On the agenda: {brief(item.text)}"
    return section(words, overflow(Act.DISCUSSED, [option("We talked about it", ref)]))


def _more(found: WrapUp) -> list[Block]:
    hidden = max(len(found.promises) - SHOWN_PROMISES, 0)
    hidden += max(len(found.agenda) - SHOWN_AGENDA, 0)
    return [context(f"There are {hidden} more on your page.")] if hidden else []


def _ways_on(found: WrapUp) -> Block:
    not_met = confirmed(
        button("We did not meet", Act.NOT_MET, pack(Ref(talk=found.talk.id))),
        "You did not meet?",
        "What was on the agenda then is on it again, for both of you.",
        "We did not meet",
    )
    return actions(refs.agreed(found.talk.id), refs.page(found.pair.id), not_met)
