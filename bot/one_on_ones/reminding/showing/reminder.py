"""The question about promises whose day has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.one_on_ones.page.model import ActionItem
from bot.one_on_ones.reminding.model import Reminding
from bot.one_on_ones.reminding.showing import refs
from bot.one_on_ones.reminding.showing.refs import Act, Ref, choices
from bot.one_on_ones.reminding.showing.words import age, brief
from bot.slack.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    option,
    overflow,
    section,
)
from bot.slack.state import pack
from bot.slack.text import show_instant

SHOWN = 5


def reminder(found: Reminding, note: str = "") -> Message:
    """One line for each promise; `note` is escaped, and says what just happened."""
    engineer = found.pair.engineer.mention
    one = len(found.promises) == 1
    return message(
        f"What you promised {engineer}",
        [
            *([context(note)] if note else []),
            *(_only(found, engineer) if one else _several(found, engineer)),
            context(_why(engineer, one=one)),
            actions(*(_ways_on(found.promises[0]) if one else []), *_always(found)),
        ],
    )


def settled(found: Reminding, note: str) -> Message:
    """What stands in its place once nothing in it is open."""
    return message(note, [section(note), actions(refs.page(found.pair.id))])


def later(pair_id: str, next_at: datetime | None) -> Message:
    """It was put off."""
    when = f" I may ask again {show_instant(next_at)}." if next_at else ""
    words = f"Fine, it stays open.{when}"
    return message(words, [section(words), actions(refs.page(pair_id))])


def stopped(pair_id: str) -> Message:
    """No more reminders, with a way back."""
    words = "I do not remind you of promises any more. They stay on your page."
    again = button("Remind me again", Act.AGAIN, pack(Ref(pair=pair_id)))
    return message(words, [section(words), actions(again, refs.page(pair_id))])


def resumed(pair_id: str) -> Message:
    """They are back."""
    words = "I remind you again, at the time at which I ask my other questions."
    return message(words, [section(words), actions(refs.page(pair_id))])


def _only(found: Reminding, engineer: str) -> list[Block]:
    (promise,) = found.promises
    when = age(promise, found.today, found.zone)
    return [section(f"You promised {engineer}: “{brief(promise.text)}” {when}.")]


def _several(found: Reminding, engineer: str) -> list[Block]:
    shown: Sequence[ActionItem] = found.promises[:SHOWN]
    more = len(found.promises) - len(shown)
    return [
        section(f"You promised {engineer}:"),
        *(_line(found, each) for each in shown),
        *([context(f"There are {more} more on your page.")] if more > 0 else []),
    ]


def _line(found: Reminding, promise: ActionItem) -> Block:
    words = f"“{brief(promise.text)}”\n_{age(promise, found.today, found.zone)}_"
    return section(words, overflow(Act.ITEM, choices("", found.pair.id, promise.id)))


def _ways_on(promise: ActionItem) -> list[Block]:
    ref = pack(Ref(pair=promise.pair_id, item=promise.id))
    return [
        button("Done", Act.DONE, ref, style="primary"),
        button("Drop it", Act.DROP, ref),
    ]


def _always(found: Reminding) -> list[Block]:
    ref = pack(Ref(pair=found.pair.id))
    return [
        button("Later", Act.LATER, ref),
        refs.page(found.pair.id),
        overflow(Act.STOP, [option("Stop these reminders", ref)]),
    ]


def _why(engineer: str, *, one: bool) -> str:
    it = "It is" if one else "They are"
    return (
        f"Why this? {it} due and still open. {engineer} sees the promise on your page, "
        "but not that I ask, nor whether you answer."
    )
