"""The form for a new example, and for changing one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.journal.showing.refs import PROMISE, Act, Field, Filled, FormState
from bot.ladder.model import Competency
from bot.slack.blocks import (
    Block,
    View,
    context,
    date_input,
    field,
    grouped_select,
    modal,
    option,
    text_input,
)
from bot.slack.state import pack


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
                text_input("write", filled.link, multiline=True, placeholder="https://"),
                hint="A pull request, a ticket, a message: whatever shows it. Several: one a line.",
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
