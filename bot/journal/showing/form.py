"""The form for a new example, and for changing one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.journal.model import SharedWith
from bot.journal.showing.entry import who_reads
from bot.journal.showing.refs import Act, Field, Filled, FormState
from bot.journal.showing.suggested import why
from bot.ladder.model import Competency
from bot.slack.blocks import (
    Block,
    View,
    actions,
    button,
    context,
    date_input,
    field,
    grouped_select,
    modal,
    option,
    text_input,
)
from bot.slack.state import pack

UNTOLD = "I cannot tell it from your words: choose the closest."


def form(
    competencies: Sequence[Competency],
    filled: Filled,
    state: FormState,
    lost: Sequence[Competency] = (),
    shared: Sequence[SharedWith] = (),
) -> View:
    """The form for a new example, or for changing one when `state.entry` is set.

    `lost` are choices beside the ladder's: where the example stands, though the ladder lost it.
    A form that is drawn anew has new element ids, or Slack would keep what stood in it before.
    """
    change = bool(state.entry)
    untold = bool(filled.text) and not filled.competency_id
    menu = _competency_menu(_fresh("choose", state), competencies, lost, filled.competency_id)
    return modal(
        "Change an example" if change else "Log an example",
        [
            _competency(menu, filled, optional=not (change or untold)),
            *([context(why(filled.like))] if filled.like else []),
            _text(filled, state),
            *_words_of_the_message(filled, state),
            _link(filled, state),
            field(Field.DATE, "Date", date_input(_fresh("pick", state), filled.happened_on)),
            context(who_reads(shared)),
        ],
        callback_id=Act.CHANGE if change else Act.SAVE,
        submit="Save",
        close="Cancel",
        state=pack(state),
    )


def _fresh(action_id: str, state: FormState) -> str:
    return f"{action_id}{state.drawn or ''}"


def _competency(menu: Block, filled: Filled, *, optional: bool) -> Block:
    """It may stay empty while there are no words yet from which one could be suggested."""
    hint = "" if filled.competency_id else UNTOLD
    if optional and not filled.competency_id:
        hint = "Leave it empty, and I suggest one from your words where I can."
    return field(Field.COMPETENCY, "Competency", menu, hint=hint, optional=optional)


def _text(filled: Filled, state: FormState) -> Block:
    box = text_input(
        _fresh("write", state),
        filled.text,
        multiline=True,
        placeholder="What did you do, and what changed for whom?",
    )
    hint = "One sentence is enough. Facts read better later than praise."
    return field(Field.TEXT, "What happened", box, hint=hint)


def _link(filled: Filled, state: FormState) -> Block:
    box = text_input(_fresh("write", state), filled.link, multiline=True, placeholder="https://")
    hint = "A pull request, a ticket, a message: whatever shows it. Several: one a line."
    return field(Field.LINK, "Link", box, hint=hint, optional=True)


def _words_of_the_message(filled: Filled, state: FormState) -> list[Block]:
    """What the linked message says comes in only when its reader asks for it."""
    if state.quoting or filled.quote:
        return [_quote(filled, state)]
    if not state.about:
        return []
    if state.own:
        return [actions(button("Use my words", Act.MY_WORDS))]
    return [actions(button("Keep their words as a quote", Act.QUOTE))]


def _quote(filled: Filled, state: FormState) -> Block:
    box = text_input(_fresh("quote", state), filled.quote, multiline=True)
    at_hand = "Somebody else's words. Shorten it to what matters, or leave it empty."
    hint = at_hand if filled.quote else "Paste their words here, or leave it empty."
    return field(Field.QUOTE, "Quote", box, hint=hint, optional=True)


def _competency_menu(
    action_id: str, competencies: Sequence[Competency], lost: Sequence[Competency], chosen: str
) -> Block:
    groups = [
        ("On the ladder", [option(c.label, c.id) for c in competencies]),
        ("Not on the ladder any more", [option(f"{c.name} (as before)", c.id) for c in lost]),
    ]
    return grouped_select(action_id, groups, chosen=chosen)
