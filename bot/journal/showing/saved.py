"""The confirmation after saving, in a modal and in the messages with the bot."""

from __future__ import annotations

from collections.abc import Sequence

from bot.journal.carried import competency_now
from bot.journal.model import Entry, SharedWith
from bot.journal.showing.entry import entry_blocks, short_name, who_reads
from bot.journal.showing.refs import PROMISE, Act, EntryRef, Field, FormState, Surface, list_button
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

NOWHERE = FormState()
EXCERPT_CHARS = 300
SAVED = "✅ *Saved.*"
UNDONE = "Undone: that example is removed for good."
BACK = "Undone: the example is as it was before."


def saved(
    entry: Entry,
    ladder: Ladder,
    state: FormState = NOWHERE,
    shared: Sequence[SharedWith] = (),
    *,
    ask: bool = True,
) -> View:
    """The confirmation after saving, with the ways on, and perhaps one question.

    `state` is the form's, which knows the bot's own message about the same example.
    """
    question = entry.question if ask else ""
    blocks = [
        section(SAVED),
        *entry_blocks(entry, ladder),
        *([_more(question)] if question else []),
        actions(*ways_back(entry), list_button("All my examples")),
        context(who_reads(shared)),
    ]
    if not question:
        return modal("Saved", blocks, callback_id=Surface.SAVED, close="Done")
    asking = pack(_asking(entry, state))
    return modal("Saved", blocks, callback_id=Act.ADD, submit="Add", close="Done", state=asking)


def saved_message(entry: Entry, ladder: Ladder, *, ask: bool = True) -> Message:
    """The same in the messages with the bot, without repeating what stands there already."""
    said, ref = _said(entry, ladder), pack(EntryRef(entry.id))
    question = entry.question if ask else ""
    asks = [context(f"{question} One sentence is plenty.")] if question else []
    add = [button("Add a sentence", Act.ANSWER, ref)] if question else []
    return message(said, [section(said), *asks, actions(*add, *ways_back(entry)), context(PROMISE)])


def with_ways_back(answered: Message, entry: Entry) -> Message:
    """Another capability's message about a saved example, with Edit and Undo below it."""
    return answered | {"blocks": [*answered["blocks"], actions(*ways_back(entry))]}


def follow_up_form(entry: Entry, state: FormState) -> View:
    """One field for the one question; `state` names the message that it was asked in."""
    return modal(
        "One more thing",
        [
            context(escape(clip(entry.text, EXCERPT_CHARS))),
            _more(entry.question, optional=False),
        ],
        callback_id=Act.ADD,
        submit="Add",
        close="Cancel",
        state=pack(_asking(entry, state)),
    )


def _asking(entry: Entry, state: FormState) -> FormState:
    return FormState(entry=entry.id, nudge=state.nudge, channel=state.channel, ts=state.ts)


def undone(entry: Entry | None, ladder: Ladder, shared: Sequence[SharedWith] = ()) -> View:
    """What stands in the confirmation's place after "Undo"."""
    if entry is None:
        return notice("Undone", UNDONE)
    blocks = [section(BACK), *entry_blocks(entry, ladder), actions(_edit(entry))]
    return modal("Undone", [*blocks, context(who_reads(shared))], close="Done")


def undone_message(entry: Entry | None) -> Message:
    """The same in the messages with the bot."""
    if entry is None:
        return message(UNDONE, [context(UNDONE)])
    return message(BACK, [section(BACK), actions(_edit(entry))])


def ways_back(entry: Entry) -> list[Block]:
    """Edit and Undo; undoing asks once where it would lose what was written."""
    undo = button("Undo", Act.UNDO, pack(EntryRef(entry.id, stamp=entry.stamp)))
    if entry.updated_at == entry.created_at:
        undo = confirmed(undo, "Undo this?", "The example is removed for good.", "Undo", "Keep it")
    return [_edit(entry), undo]


def _edit(entry: Entry) -> Block:
    return button("Edit", Act.EDIT, pack(EntryRef(entry.id)))


def _said(entry: Entry, ladder: Ladder) -> str:
    return f"{SAVED} Under {short_name(competency_now(ladder, entry).label)}."


def _more(question: str, *, optional: bool = True) -> Block:
    box = text_input("write", multiline=True)
    hint = "One sentence is plenty. It is added at the end."
    return field(Field.MORE, question, box, hint=hint, optional=optional)
