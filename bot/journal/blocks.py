"""Examples as Block Kit: the form, the confirmation and the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.journal.journal import Page
from bot.journal.model import Entry, Source
from bot.ladder.model import Competency
from bot.slack.blocks import (
    Block,
    View,
    actions,
    button,
    confirmed,
    context,
    date_input,
    divider,
    field,
    modal,
    option,
    paragraphs,
    section,
    select,
    text_input,
)
from bot.slack.state import pack
from bot.slack.text import clip, escape, safe_link, show_date

PROMISE = "🔒 Only you can read this. It stays with you until you share it."


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    LOG = "journal.log"
    SAVE = "journal.save"
    CHANGE = "journal.change"
    EDIT = "journal.edit"
    DELETE = "journal.delete"
    LIST = "journal.list"
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


def form(competencies: Sequence[Competency], filled: Filled, state: FormState) -> View:
    """The form for a new example, or for changing one when `state.entry` is set."""
    options = [option(c.label, c.id) for c in competencies]
    change = bool(state.entry)
    return modal(
        "Change an example" if change else "Log an example",
        [
            field(
                Field.COMPETENCY,
                "Competency",
                select("choose", options, chosen=filled.competency_id),
            ),
            field(
                Field.TEXT,
                "What happened",
                text_input(
                    "write",
                    filled.text,
                    multiline=True,
                    placeholder="What did you do, and what changed for whom?",
                ),
                hint="One sentence is enough. Facts read better later than praise.",
            ),
            field(
                Field.LINK,
                "Link",
                text_input("write", filled.link, placeholder="https://"),
                hint="A pull request, a ticket, a message: whatever shows it.",
                optional=True,
            ),
            field(Field.DATE, "Date", date_input("pick", filled.happened_on)),
            context(PROMISE),
        ],
        callback_id=Act.CHANGE if change else Act.SAVE,
        submit="Save",
        close="Cancel",
        state=pack(state),
    )


def saved(entry: Entry, competency: Competency | None) -> View:
    """The confirmation after saving, with the ways on."""
    ref = pack(EntryRef(entry.id))
    return modal(
        "Saved",
        [
            section("✅ *Saved.* " + escape(_under(competency))),
            *entry_blocks(entry, competency),
            actions(
                button("Edit", Act.EDIT, ref), delete_button(ref), list_button("All my examples")
            ),
            context(PROMISE),
        ],
        close="Done",
    )


def delete_button(ref: str) -> Block:
    """Deleting asks once, since it is for good."""
    return confirmed(
        button("Delete", Act.DELETE, ref, style="danger"),
        "Delete this example?",
        "It is removed for good. What you shared before stays with the person you shared it with.",
        "Delete",
        "Keep it",
    )


def entry_blocks(entry: Entry, competency: Competency | None) -> list[Block]:
    """One example as its author sees it."""
    facts = [show_date(entry.happened_on), escape(competency.label if competency else "")]
    if entry.link:
        facts.append(safe_link(entry.link, clip(entry.link, 60)))
    return [*paragraphs([escape(entry.text)]), context(" · ".join(f for f in facts if f))]


def listing(page: Page, competencies: Sequence[Competency]) -> View:
    """A page of one's own examples, each with its buttons."""
    by_id = {c.id: c for c in competencies}
    blocks: list[Block] = [context(f"{_how_many(page.total)} · {PROMISE}")]
    for entry in page.entries:
        ref = pack(EntryRef(entry.id, page.number))
        blocks += entry_blocks(entry, by_id.get(entry.competency_id))
        blocks += [actions(button("Edit", Act.EDIT, ref), delete_button(ref)), divider()]
    if not page.entries:
        blocks.append(section("Nothing here yet. One sentence about last week is a good start."))
    return modal("My examples", [*blocks, actions(*_ways_on(page))])


def _ways_on(page: Page) -> list[Block]:
    ways = [log_button(style="primary")]
    if page.number:
        ways.append(button("Newer", f"{Act.LIST}:newer", pack(PageRef(page.number - 1))))
    if page.has_older:
        ways.append(button("Older", f"{Act.LIST}:older", pack(PageRef(page.number + 1))))
    return ways


def _how_many(total: int) -> str:
    return f"{total} example{'' if total == 1 else 's'}"


def _under(competency: Competency | None) -> str:
    return f"Under {competency.label}." if competency else ""
