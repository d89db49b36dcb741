"""What the journal's buttons and forms carry, and the ids that blocks and listeners share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.journal.model import Source
from bot.slack.blocks import Block, button, confirmed
from bot.slack.state import pack

PROMISE = "🔒 Only you can read this. It stays with you until you share it."


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    LOG = "journal.log"
    SAVE = "journal.save"
    CHANGE = "journal.change"
    EDIT = "journal.edit"
    DELETE = "journal.delete"
    LIST = "journal.list"
    THEN = "journal.then"
    SHORTCUT = "save_as_example"


class Field(StrEnum):
    """The form's fields, named like those of a draft."""

    COMPETENCY = "competency_id"
    TEXT = "text"
    LINK = "link"
    DATE = "happened_on"


@dataclass(frozen=True, slots=True)
class FormState:
    """Where the form was opened from; `channel` and `ts` are the nudge message to update."""

    source: str = Source.COMMAND.value
    entry: str = ""
    page: int = 0
    nudge: str = ""
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True, slots=True)
class EntryRef:
    """What an entry's buttons carry; a negative page stands for the confirmation."""

    entry: str
    page: int = -1


@dataclass(frozen=True, slots=True)
class PageRef:
    """What the list's buttons carry."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class LogRef:
    """What a button that opens the form carries."""

    competency: str = ""
    nudge: str = ""
    source: str = Source.BUTTON.value


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form shows at first."""

    happened_on: date
    competency_id: str = ""
    text: str = ""
    link: str = ""


def log_button(text: str = "Log an example", ref: LogRef = LogRef(), *, style: str = "") -> Block:
    """The button that opens the form from anywhere."""
    return button(text, Act.LOG, pack(ref), style=style)


def list_button(text: str = "My examples", page: int = 0) -> Block:
    """The button that opens one's own examples."""
    return button(text, Act.LIST, pack(PageRef(page)))


def delete_button(ref: str) -> Block:
    """Deleting asks once, since it is for good."""
    return confirmed(
        button("Delete", Act.DELETE, ref, style="danger"),
        "Delete this example?",
        "It is removed for good. What you shared before stays with the person you shared it with.",
        "Delete",
        "Keep it",
    )
