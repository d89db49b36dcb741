"""What blocks and listeners share: ids, what buttons remember, and the ways to the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.one_on_ones.page.blocks import Act as PageAct
from bot.one_on_ones.page.blocks import PageRef, TalkRef, page_button
from bot.one_on_ones.page.model import REASON_MOST
from bot.slack.blocks import Block, View, actions, button, field, modal, option, section, text_input
from bot.slack.state import pack


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    ITEM = "reminding.item"
    DISCUSSED = "reminding.discussed"
    NOT_MET = "reminding.not_met"
    DONE = "reminding.done"
    DROP = "reminding.drop"
    SAVE = "reminding.save"
    LATER = "reminding.later"
    STOP = "reminding.stop"
    AGAIN = "reminding.again"


class Do(StrEnum):
    """What the menu at a promise offers."""

    DONE = "done"
    DROP = "drop"


class Field(StrEnum):
    """The form's field."""

    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Ref:
    """What a button carries: the talk of a wrap-up, or the pair of a reminder; and the line.

    `do` is what a menu means. `channel` and `ts` are the message that a form was opened from.
    """

    talk: str = ""
    pair: str = ""
    item: str = ""
    do: str = ""
    channel: str = ""
    ts: str = ""


def page(pair_id: str) -> Block:
    """The button to the page of the two."""
    return page_button(pair_id, "Open our page")


def notes(pair_id: str) -> Block:
    """The button to one's own notes about it."""
    return button("My private notes", PageAct.NOTE, pack(PageRef(pair_id)))


def agreed(talk_id: str) -> Block:
    """The button to the form for what was agreed in that talk."""
    return button("What we agreed", PageAct.AGREED, pack(TalkRef(talk_id)))


def room(pair_id: str) -> Block:
    """Where somebody can prepare: the page, and their own notes."""
    return actions(page(pair_id), notes(pair_id))


def choices(talk: str, pair: str, item: str) -> list[Block]:
    """The menu at one promise."""
    return [
        option("Done", pack(Ref(talk, pair, item, Do.DONE))),
        option("Drop it, with a reason", pack(Ref(talk, pair, item, Do.DROP))),
    ]


def drop_form(ref: Ref, words: str) -> View:
    """Asks why; `words` are escaped and name the promise."""
    reason = text_input(Field.REASON, multiline=True, placeholder="It is not needed any more.")
    blocks = [
        section(words),
        field(
            Field.REASON,
            "Why is it dropped?",
            reason | {"max_length": REASON_MOST},
            hint="Both of you can read this.",
        ),
    ]
    return modal(
        "Drop a promise",
        blocks,
        callback_id=Act.SAVE,
        submit="Drop it",
        state=pack(ref),
        close="Cancel",
    )
