"""The ids that blocks and listeners of one-on-ones share, and what their buttons carry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.slack.blocks import Block, button
from bot.slack.state import pack


class Act(StrEnum):
    """Buttons, forms and the list."""

    LIST = "pairs.list"
    SET_UP = "pairs.set_up"
    NEW = "pairs.new"
    NEW_REPORT = "pairs.new_report"
    CHANGE = "pairs.change"
    SAVE = "pairs.save"
    MOVE = "pairs.move"
    MOVED = "pairs.moved"
    SKIP = "pairs.skip"
    PAUSE = "pairs.pause"
    PAUSED = "pairs.paused"
    YES = "pairs.yes"
    NO = "pairs.no"
    ASK_AGAIN = "pairs.ask_again"
    END = "pairs.end"


class OldAct(StrEnum):
    """What messages and open forms of earlier versions still carry."""

    SET_UP = "one_on_ones.set_up"
    SAVE = "one_on_ones.save"
    END = "one_on_ones.end"


class Field(StrEnum):
    """The fields of the forms; the first three are as old as the form."""

    WEEKS = "weeks"
    FIRST = "first"
    AT = "at"
    WITH = "with"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class PairRef:
    """What most buttons carry."""

    pair: str = ""


@dataclass(frozen=True, slots=True)
class FormRef:
    """What the set-up form remembers.

    `pair` is the one that it changes, empty for a new one. `report` is "yes" where the other side
    is the engineer. `zone` is the IANA name that its time is in, and `listed` "yes" where the list
    lies below the form.
    """

    pair: str = ""
    report: str = ""
    zone: str = ""
    listed: str = ""


@dataclass(frozen=True, slots=True)
class MeetingRef:
    """One meeting of a pair, by its slot."""

    pair: str
    slot: str = ""
    listed: str = ""


def set_up_button(text: str = "Set up my one-on-one") -> Block:
    """The button that opens the form for one's own one-on-one, or the list where there are more."""
    return button(text, Act.SET_UP)


def list_button(text: str = "My one-on-ones") -> Block:
    """The button that shows with whom one meets, and when."""
    return button(text, Act.LIST)


def change_button(pair_id: str, text: str = "Change") -> Block:
    """The button that opens the form for one that is there."""
    return button(text, Act.CHANGE, pack(PairRef(pair_id)))


def like_button(text: str, pair_id: str) -> Block:
    """The button that opens the form for a new one, filled with the rhythm of an older one."""
    return button(text, Act.NEW, pack(PairRef(pair_id)))
