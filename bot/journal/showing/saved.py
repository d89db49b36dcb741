"""The confirmation after saving, in a modal and in the messages with the bot."""

from __future__ import annotations

from bot.journal.carried import competency_now
from bot.journal.model import Entry
from bot.journal.showing.entry import entry_blocks, short_name
from bot.journal.showing.refs import PROMISE, Act, EntryRef, Field, FormState, list_button
from bot.ladder.model import Ladder
from bot.slack.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    confirmed,
    context,
    field,
    message,
    modal,
    notice,
    section,
    text_input,
)
from bot.slack.state import pack
from bot.slack.text import clip, escape

EXCERPT_CHARS = 300
UNDONE = "Undone: that example is removed for good."
BACK = "Undone: the example is as it was before."


def saved(entry: Entry, ladder: Ladder, question: str = "", place: tuple[str, str] = ("", "")) -> View:
    """The confirmation after saving, with the ways on, and perhaps one question.

    `place` is the bot's message that shows the same example, to follow what is added here.
    """
    blocks = [
        section(_said(entry, ladder)),
        *entry_blocks(entry, ladder),
        *([_more(question)] if question else []),
        actions(*ways_back(entry), list_button("All my examples")),
        context(PROMISE),
    ]
    if not question:
        return modal("Saved", blocks, close="Done")
    state = pack(FormState(entry=entry.id, channel=place[0], ts=place[1]))
    return modal("Saved", blocks, callback_id=Act.ADD, submit="Add", close="Done", state=state)


def saved_message(entry: Entry, ladder: Ladder, question: str = "") -> Message:
    """The same in the messages with the bot, without repeating what stands there already."""
    said = _said(entry, ladder)
    asks = [context(f"{question} One sentence is plenty.")] if question else []
    add = [button("Add a sentence", Act.ANSWER, pack(EntryRef(entry.id)))] if question else []
    ways = actions(*add, *ways_back(entry))
    return message(said, [section(said), *asks, ways, context(PROMISE)])


def follow_up_form(entry: Entry, question: str, place: tuple[str, str]) -> View:
    """One optional field for the one question; `place` is the message that it was asked in."""
    return modal(
        "One more thing",
        [context(escape(clip(entry.text, EXCERPT_CHARS))), _more(question, optional=False)],
        callback_id=Act.ADD,
        submit="Add",
        close="Cancel",
        state=pack(FormState(entry=entry.id, channel=place[0], ts=place[1])),
    )


def undone(entry: Entry | None, ladder: Ladder) -> View:
    """What stands in the confirmation's place after "Undo"."""
    if entry is None:
        return notice("Undone", UNDONE)
    blocks = [section(BACK), *entry_blocks(entry, ladder), actions(_edit(entry))]
    return modal("Undone", [*blocks, context(PROMISE)], close="Done")


def undone_message(entry: Entry | None) -> Message:
    """The same in the messages with the bot."""
    if entry is None:
        return message(UNDONE, [context(UNDONE)])
    return message(BACK, [section(BACK), actions(_edit(entry))])


def ways_back(entry: Entry) -> list[Block]:
    """Edit and Undo; undoing asks once where it would lose what was written."""
    undo = button("Undo", Act.UNDO, pack(EntryRef(entry.id, stamp=entry.stamp)))
    if entry.updated_at == entry.created_at:
        undo = confirmed(
            undo, "Undo this?", "The example is removed for good.", "Undo", "Keep it"
        )
    return [_edit(entry), undo]


def _edit(entry: Entry) -> Block:
    return button("Edit", Act.EDIT, pack(EntryRef(entry.id)))


def _said(entry: Entry, ladder: Ladder) -> str:
    return f"✅ *Saved.* Under {short_name(competency_now(ladder, entry).label)}."


def _more(question: str, *, optional: bool = True) -> Block:
    box = text_input("write", multiline=True)
    hint = "One sentence is plenty. It is added at the end."
    return field(Field.MORE, question, box, hint=hint, optional=optional)
