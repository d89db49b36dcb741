"""The ids that blocks and listeners share, what buttons carry, and the ways in from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.slack.blocks import Block, button
from bot.slack.state import pack


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    OPEN = "page.open"
    TURN = "page.turn"
    ADD = "page.add"
    PUT_ON = "page.put_on"
    ITEM = "page.item"
    UNTICK = "page.untick"
    SAVE_AGENDA = "page.save_agenda"
    REMOVE = "page.remove"
    ADD_PROMISE = "page.add_promise"
    PROMISE = "page.promise"
    REOPEN = "page.reopen"
    SAVE_PROMISE = "page.save_promise"
    DROP = "page.drop"
    NOTE = "page.note"
    SAVE_NOTE = "page.save_note"
    AGREED = "page.agreed"
    SAVE_AGREED = "page.save_agreed"


class Field(StrEnum):
    """The forms' fields."""

    TEXT = "text"
    OWNER = "owner"
    DUE = "due"
    REASON = "reason"


class Do(StrEnum):
    """What the three dots at a line offer."""

    DISCUSSED = "discussed"
    NOT_YET = "not yet"
    EDIT = "edit"
    REMOVE = "remove"
    DONE = "done"
    DROP = "drop"
    READ = "read"


@dataclass(frozen=True, slots=True)
class PageRef:
    """One pair's page, and how far its two lists were turned; no pair means the nearest."""

    pair: str = ""
    agenda: int = 0
    promises: int = 0


@dataclass(frozen=True, slots=True)
class LineRef:
    """A line, and what is to be done with it; `do` is empty where the button says it."""

    item: str
    do: str = ""


@dataclass(frozen=True, slots=True)
class AboutRef:
    """What is worth asking, to be put on the agenda: ids only, its words are made again."""

    pair: str
    kind: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class TalkRef:
    """A talk, by its id."""

    talk: str = ""


@dataclass(frozen=True, slots=True)
class FormState:
    """What a form remembers: whose page, which line or talk, and which view the page is in.

    `behind` is empty where no page is open. `version` is that of the talk that was seen, and
    `opened` Slack's name for the press that opened the form.
    """

    pair: str
    item: str = ""
    behind: str = ""
    agenda: int = 0
    promises: int = 0
    version: str = ""
    opened: str = ""

    @property
    def page(self) -> PageRef:
        """The page as it was turned."""
        return PageRef(self.pair, self.agenda, self.promises)


def page_button(pair_id: str = "", text: str = "Our page", number: int = 0) -> Block:
    """The button that opens a pair's page, or the nearest; a row may hold several."""
    return button(text, f"{Act.OPEN}:{number}", pack(PageRef(pair_id)))


def agenda_button(
    pair_id: str,
    kind: str = "",
    about: str = "",
    text: str = "Put on our agenda",
    number: int = 0,
) -> Block:
    """The button that opens the agenda's form, filled with the words that `kind` and `about` name.

    The words come from the callable that `hearing` gives to the listeners.
    """
    return button(text, f"{Act.PUT_ON}:{number}", pack(AboutRef(pair_id, kind, about)))
