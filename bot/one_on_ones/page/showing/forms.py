"""The forms of the page: a line of the agenda, a promise, dropping one, notes, what was agreed."""

from __future__ import annotations

from bot.one_on_ones.page.model import REASON_MOST, ActionItem, AgendaItem, Note, Talk, sides
from bot.one_on_ones.page.showing.page import TITLE
from bot.one_on_ones.page.showing.refs import Act, Field, FormState, page_button
from bot.one_on_ones.page.showing.words import shown
from bot.one_on_ones.pairs.model import Pair
from bot.slack.blocks import (
    Block,
    View,
    actions,
    context,
    date_input,
    field,
    modal,
    named_choice,
    paragraphs,
    radio,
    section,
    text_input,
)
from bot.slack.member import Member
from bot.slack.state import pack
from bot.slack.text import escape, show_instant

BOTH = "Both of you see this."
ALONE = "Only you see this."
LATER = "Only you see this until they say yes."
NOTE_HINT = (
    "Nobody else can open this in Rung, and it is stored encrypted. If it is about a person, they "
    "can ask your company what is kept about them. Empty it to delete it."
)


def agenda_form(pair: Pair, state: FormState, text: str = "") -> View:
    """A new line of the agenda, or one's own with other words."""
    about = field(
        Field.TEXT,
        "What to talk about",
        text_input("write", text, multiline=True),
        hint=_who_reads(pair),
    )
    title = "Edit" if state.item else "Add to agenda"
    return _form(title, [about], Act.SAVE_AGENDA, state)


def remove_form(item: AgendaItem, state: FormState) -> View:
    """Asks once before a line is gone for good."""
    blocks = [section(shown(item.text)), context("It is gone from the agenda for both of you.")]
    return _form("Remove this?", blocks, Act.REMOVE, state, submit="Remove")


def promise_form(
    pair: Pair, reader: Member, state: FormState, item: ActionItem | None = None
) -> View:
    """A new promise, or an open one; its words are its author's to change."""
    blocks: list[Block] = []
    if item is None or item.author == reader:
        text = text_input("write", item.text if item else "", multiline=True)
        blocks.append(field(Field.TEXT, "What", text, hint=_who_reads(pair)))
    else:
        blocks.append(section(shown(item.text)))
    owner = item.owner if item else reader
    if len(sides(pair)) > 1:
        choices = [
            named_choice("I do it" if side == reader else f"{side.mention} does it", side.user_id)
            for side in sorted(sides(pair), key=lambda side: side != reader)
        ]
        blocks.append(field(Field.OWNER, "Who", radio("choose", choices, chosen=owner.user_id)))
    due = date_input("pick", item.due_on if item else None)
    blocks.append(field(Field.DUE, "Until when", due, optional=True))
    return _form("Edit" if item else "Add a promise", blocks, Act.SAVE_PROMISE, state)


def drop_form(pair: Pair, item: ActionItem, state: FormState) -> View:
    """Why a promise is given up."""
    reason = text_input("write") | {"max_length": REASON_MOST}
    hint = BOTH if pair.is_shared else ALONE
    why = field(Field.REASON, "Why it is dropped", reason, hint=hint)
    blocks = [section(shown(item.text)), why]
    return _form("Drop a promise", blocks, Act.DROP, state, submit="Drop it")


def note_form(note: Note | None, state: FormState) -> View:
    """What the reader keeps for themselves."""
    text = text_input("write", note.text if note else "", multiline=True)
    blocks = [
        context("🔒 Only you see this."),
        field(Field.TEXT, "Notes", text, hint=NOTE_HINT, optional=True),
    ]
    return _form("My private notes", blocks, Act.SAVE_NOTE, state)


def note_to_read(note: Note | None) -> View:
    """What the reader kept for themselves about a one-on-one that has ended."""
    lines = [escape(note.text)] if note else ["You kept no notes here."]
    return modal("My private notes", [context("🔒 Only you see this."), *paragraphs(lines)])


def agreed_form(
    pair: Pair, talk: Talk, state: FormState, text: str | None = None, theirs: str = ""
) -> View:
    """What was agreed in a talk; `theirs` is what the other side wrote while `text` was written."""
    blocks = [section(f"Your one-on-one {show_instant(talk.starts_at)}")]
    if theirs:
        blocks += paragraphs(["*Changed meanwhile. Now it says:*", escape(theirs)])
    written = text_input("write", talk.agreed if text is None else text, multiline=True)
    hint = "Both of you can read and change this." if pair.is_shared else _who_reads(pair)
    blocks.append(field(Field.TEXT, "What we agreed", written, hint=hint, optional=True))
    return _form("What we agreed", blocks, Act.SAVE_AGREED, state)


def whole(item: AgendaItem | ActionItem) -> View:
    """All of a long line."""
    return modal(TITLE, paragraphs([escape(item.text)]))


def saved(words: str, pair_id: str) -> View:
    """For somebody who came from a message: what was done, and the way to the page."""
    return modal("Saved", [section(f"✅ {words}"), actions(page_button(pair_id, "Open our page"))])


def _who_reads(pair: Pair) -> str:
    if pair.is_shared:
        return BOTH
    return LATER if pair.partner else ALONE


def _form(
    title: str, blocks: list[Block], act: Act, state: FormState, submit: str = "Save"
) -> View:
    packed = pack(state)
    return modal(title, blocks, callback_id=act, submit=submit, state=packed, close="Cancel")
