"""What the journal's buttons and forms carry, and the ids that blocks and listeners share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.journal.model import Source
from bot.slack.blocks import Block, button, confirmed
from bot.slack.state import pack

TAKE_BACK = "back"
PROMISE = "🔒 Only you can read this. It stays with you until you share it."


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    LOG = "journal.log"
    SAVE = "journal.save"
    CHANGE = "journal.change"
    EDIT = "journal.edit"
    DELETE = "journal.delete"
    LIST = "journal.list"
    LOOK = "journal.look"
    SEARCH = "journal.search"
    FILTER = "journal.filter"
    OPEN = "journal.open"
    VERSIONS = "journal.versions"
    BRING_BACK = "journal.bring_back"
    ASK_DELETE = "journal.ask_delete"
    THEN = "journal.then"
    UNDO = "journal.undo"
    ANSWER = "journal.answer"
    ADD = "journal.add"
    QUOTE = "journal.quote"
    MY_WORDS = "journal.my_words"
    KEEP = "journal.keep"
    KEEP_UNDER = "journal.keep_under"
    KEEP_AFTER_ALL = "journal.keep_after_all"
    DROP = "journal.drop"
    SHORTCUT = "save_as_example"
    GLOBAL = "log_example"


class Surface(StrEnum):
    """Views without a form, by the names under which listeners know where somebody is."""

    OPENED = "journal.opened"
    SAVED = "journal.saved"
    VERSIONS = "journal.earlier"
    ASK_DELETE = "journal.asked"


class Field(StrEnum):
    """The form's fields, named like those of a draft; `more` answers the follow-up question."""

    COMPETENCY = "competency_id"
    TEXT = "text"
    LINK = "link"
    DATE = "happened_on"
    QUOTE = "quote"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class FormState:
    """Where the form was opened from.

    `channel` and `ts` are the bot's message to update once it is saved. `about` is a person's
    message that the example links to (`C…/ts`), `own` 1 for one's own. `drawn` counts how often
    the form was drawn anew, `quoting` is 1 with the quote's field, `suggested` 1 once it came back.
    `below` is a packed `Place`, for a form that changes an example.
    """

    source: str = Source.COMMAND.value
    entry: str = ""
    below: str = ""
    nudge: str = ""
    channel: str = ""
    ts: str = ""
    written: str = ""
    about: str = ""
    own: int = 0
    drawn: int = 0
    quoting: int = 0
    suggested: int = 0


@dataclass(frozen=True, slots=True)
class EntryRef:
    """What an entry's buttons carry; `version` is an earlier one of it.

    `stamp` names the state of the entry that a button stands below.
    """

    entry: str
    version: str = ""
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class PageRef:
    """What the list's buttons carry, and what the list remembers: ids alone, never words.

    `filled` counts how often the search field was filled or cleared by us: a field with another
    name starts afresh. `shown` and `total` are what a search had found, since the words that were
    looked for are in the field and nowhere else.
    """

    page: int = 0
    competency: str = ""
    span: str = ""
    shared: str = ""
    filled: int = 0
    shown: str = ""
    total: int = 0

    @property
    def is_filtered(self) -> bool:
        """True when a menu leaves something out."""
        return bool(self.competency or self.span or self.shared)


@dataclass(frozen=True, slots=True)
class Place:
    """What lies below a view: the list's state, if there is one, and the example opened behind."""

    below: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class LogRef:
    """What a button that opens the form carries; `about` and `own` as in `FormState`."""

    competency: str = ""
    nudge: str = ""
    source: str = Source.BUTTON.value
    about: str = ""
    own: int = 0
    written: str = ""


@dataclass(frozen=True, slots=True)
class DraftRef:
    """What the buttons below a written message carry; `written` is the draft's id."""

    written: str = ""
    competency: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A person's message to the bot, by its place in Slack."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form shows at first; `like` says why that competency was suggested."""

    happened_on: date
    competency_id: str = ""
    text: str = ""
    link: str = ""
    quote: str = ""
    like: str = ""


def log_button(text: str = "Log an example", ref: LogRef = LogRef(), *, style: str = "") -> Block:
    """The button that opens the form from anywhere."""
    return button(text, Act.LOG, pack(ref), style=style)


def list_button(text: str = "My examples") -> Block:
    """The button that opens one's own examples."""
    return button(text, Act.LIST, pack(PageRef()))


def open_button(entry_id: str, text: str = "Open") -> Block:
    """The button that opens one example by itself."""
    return button(text, Act.OPEN, pack(EntryRef(entry_id)))


def edit_button(entry_id: str) -> Block:
    """The button that opens the form with one example in it."""
    return button("Edit", Act.EDIT, pack(EntryRef(entry_id)))


def delete_button(ref: str, *, shared: bool = False) -> Block:
    """Deleting asks once, since it is for good; what somebody can read needs more to be asked."""
    if shared:
        return button("Delete", Act.ASK_DELETE, ref, style="danger")
    return confirmed(
        button("Delete", Act.DELETE, ref, style="danger"),
        "Delete this example?",
        "It is removed for good, with its earlier versions.",
        "Delete",
        "Keep it",
    )
