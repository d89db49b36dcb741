"""Examples as Block Kit: the form, the confirmation and the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.journal.carried import (
    competency_now,
    is_known,
    is_reworded,
    old_name,
    statements_now,
)
from bot.journal.journal import Page
from bot.journal.model import Entry, Source, Wording
from bot.ladder.model import Competency, Ladder
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
    grouped_select,
    modal,
    notice,
    option,
    paragraphs,
    section,
    size,
    text_input,
)
from bot.slack.state import pack
from bot.slack.text import bullets, clip, escape, safe_link, show_date

NAME_CHARS = 100
THEN_BLOCKS = 90
THEN_BYTES = 100_000  # eight times the largest level page that was met

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


def form(
    competencies: Sequence[Competency],
    filled: Filled,
    state: FormState,
    lost: Sequence[Competency] = (),
) -> View:
    """The form for a new example, or for changing one when `state.entry` is set.

    `lost` are choices beside the ladder's: where the example stands, though the ladder lost it.
    """
    change = bool(state.entry)
    return modal(
        "Change an example" if change else "Log an example",
        [
            field(
                Field.COMPETENCY,
                "Competency",
                _competency_menu(competencies, lost, filled.competency_id),
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


def _competency_menu(
    competencies: Sequence[Competency], lost: Sequence[Competency], chosen: str
) -> Block:
    groups = [
        ("On the ladder", [option(c.label, c.id) for c in competencies]),
        ("Not on the ladder any more", [option(f"{c.name} (as before)", c.id) for c in lost]),
    ]
    return grouped_select("choose", groups, chosen=chosen)


def saved(entry: Entry, ladder: Ladder) -> View:
    """The confirmation after saving, with the ways on."""
    under = _name(competency_now(ladder, entry).label)
    ref = pack(EntryRef(entry.id))
    return modal(
        "Saved",
        [
            section(f"✅ *Saved.* Under {under}."),
            *entry_blocks(entry, ladder),
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


def entry_blocks(entry: Entry, ladder: Ladder, *, reworded: bool = False) -> list[Block]:
    """One example as its author sees it; `reworded` when its level says something else today."""
    facts = [show_date(entry.happened_on), _under(entry, ladder)]
    if entry.link:
        facts.append(safe_link(entry.link, clip(entry.link, 60)))
    line = " · ".join(fact for fact in facts if fact)
    if reworded:
        line += f"\nLogged under version {_name(entry.pin.ladder_version)}"
    return [*paragraphs([escape(entry.text)]), context(line)]


def listing(page: Page, ladder: Ladder) -> View:
    """A page of one's own examples, each with its buttons."""
    blocks: list[Block] = [context(f"{_how_many(page.total)} · {PROMISE}")]
    for entry in page.entries:
        wording = page.wordings.get(entry.pin.wording_id)
        reworded = wording is not None and is_reworded(ladder, wording)
        ref = pack(EntryRef(entry.id, page.number))
        ways = [button("Edit", Act.EDIT, ref), delete_button(ref)]
        if reworded:
            ways.append(button("What was expected then", Act.THEN, ref))
        blocks += [*entry_blocks(entry, ladder, reworded=reworded), actions(*ways), divider()]
    if not page.entries:
        blocks.append(section("Nothing here yet. One sentence about last week is a good start."))
    return modal("My examples", [*blocks, actions(*_ways_on(page))])


def expected_then(entry: Entry, wording: Wording | None, ladder: Ladder) -> View:
    """The ladder's own words from when the example was logged."""
    if wording is None or not wording.statements:
        return notice("What was expected then", "The ladder had no words for it then.")
    track = ladder.track(wording.track_id)
    where = f"{track.name if track else wording.track_id} {wording.level_id}"
    blocks = [
        section(f"*{_name(wording.competency)}*"),
        context(f"{_name(where)} · version {_name(entry.pin.ladder_version)}"),
        *paragraphs(bullets(statement.text for statement in wording.statements)),
        *_asked_about(entry, ladder),
    ]
    return modal("What was expected then", _fitting(blocks))


def _fitting(blocks: list[Block]) -> list[Block]:
    shown = blocks[:THEN_BLOCKS]
    while size(shown) > THEN_BYTES:
        shown.pop()
    return shown if len(shown) == len(blocks) else [*shown, context("There is more than fits.")]


def _asked_about(entry: Entry, ladder: Ladder) -> list[Block]:
    """The statement that the question quoted, and what stands in its place today."""
    if entry.pin.statement is None:
        return []
    today = [statement.text for statement in statements_now(ladder, entry.pin)]
    if today == [entry.pin.statement.text]:
        return []
    lines = ["*You were asked about*", *bullets([entry.pin.statement.text])]
    return paragraphs([*lines, *(["*Today that is*", *bullets(today)] if today else [])])


def _under(entry: Entry, ladder: Ladder) -> str:
    competency, then = competency_now(ladder, entry), old_name(ladder, entry)
    label = _name(competency.label)
    if not is_known(ladder, competency):
        return f"{label} (not on the ladder any more)"
    return f"{label} (logged as {_name(then)})" if then else label


def _name(text: str) -> str:
    return escape(clip(text, NAME_CHARS))


def _ways_on(page: Page) -> list[Block]:
    ways = [log_button(style="primary")]
    if page.number:
        ways.append(button("Newer", f"{Act.LIST}:newer", pack(PageRef(page.number - 1))))
    if page.has_older:
        ways.append(button("Older", f"{Act.LIST}:older", pack(PageRef(page.number + 1))))
    return ways


def _how_many(total: int) -> str:
    return f"{total} example{'' if total == 1 else 's'}"
