"""What the buttons and forms of sharing carry, and the ids that blocks and listeners share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.sharing.model import Choice
from bot.slack.blocks import Block, button
from bot.slack.state import pack


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    START = "sharing.start"
    FILTER = "sharing.filter"
    CHOOSE = "sharing.choose"
    LEAVE_OUT = "sharing.leave_out"
    PUT_BACK = "sharing.put_back"
    AGAIN = "sharing.again"
    CONFIRM = "sharing.confirm"
    LIST = "sharing.list"
    OPEN = "sharing.open"
    MARK = "sharing.mark"
    TAKE_BACK = "sharing.take_back"
    HAND_OVER = "sharing.hand_over"


class Field(StrEnum):
    """The form's fields."""

    ENTRIES = "entries"
    READER = "reader"
    QUOTES = "quotes"


@dataclass(frozen=True, slots=True)
class StartRef:
    """What the button "Share" carries: the example it stands at, if any."""

    entry: str = ""


@dataclass(frozen=True, slots=True)
class HandOverRef:
    """What the button carries that follows a change of manager: who was it before."""

    manager: str


@dataclass(frozen=True, slots=True)
class FormState:
    """What the form remembers: the competency that its menu is narrowed to, if any."""

    competency: str = ""


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What the preview remembers: ids, and the digest of what it showed."""

    included: str
    left_out: str = ""
    reader: str = ""
    quotes: int = 0
    digest: str = ""

    @property
    def choice(self) -> Choice:
        """What would be shared."""
        return Choice(tuple(self.included.split()), self.reader, bool(self.quotes))

    @property
    def everything(self) -> tuple[str, ...]:
        """The ids of what was left out too."""
        return (*self.included.split(), *self.left_out.split())


@dataclass(frozen=True, slots=True)
class ShareRef:
    """What the buttons of a page carry; empty in a preview, where there is no page yet."""

    share: str = ""


@dataclass(frozen=True, slots=True)
class ListRef:
    """Which page of either list is shown, from 0."""

    mine: int = 0
    given: int = 0


def start_button(text: str = "Share", entry_id: str = "") -> Block:
    """The button that opens the form, with one example chosen if it names one."""
    return button(text, Act.START, pack(StartRef(entry_id)))


def list_button(text: str = "What I shared", ref: ListRef = ListRef()) -> Block:
    """The button that opens what I shared, and what others shared with me."""
    return button(text, Act.LIST, pack(ref))


def hand_over_button(manager_id: str, text: str = "Choose what to hand over") -> Block:
    """The button that follows a change of manager; `manager_id` is who was it before."""
    return button(text, Act.HAND_OVER, pack(HandOverRef(manager_id)), style="primary")
