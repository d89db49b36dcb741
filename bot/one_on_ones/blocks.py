"""The form for when the talk takes place, as Block Kit."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Cadence
from bot.people.blocks import manager_words
from bot.people.model import Person
from bot.slack.blocks import (
    Block,
    View,
    actions,
    button,
    context,
    date_input,
    field,
    modal,
    option,
    section,
    select,
    time_input,
)
from bot.slack.text import show_instant


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    SET_UP = "one_on_ones.set_up"
    SAVE = "one_on_ones.save"
    END = "one_on_ones.end"


class Field(StrEnum):
    """The set-up form's fields."""

    WEEKS = "weeks"
    FIRST = "first"
    AT = "at"


def set_up_button(text: str = "Set up my one-on-one") -> Block:
    """The button that opens the set-up form."""
    return button(text, Act.SET_UP)


def set_up(one: Pair | None, person: Person, day: date) -> View:
    """The form for when the talk takes place; `day` is the next one, as far as is known."""
    rhythm = one.rhythm if one else None
    weeks = [
        option("Every week", Cadence.WEEKLY),
        option("Every second week", Cadence.FORTNIGHTLY),
        option("Once a month", Cadence.MONTHLY),
    ]
    blocks = [
        section(manager_words(person)),
        field(
            Field.WEEKS,
            "How often",
            select("choose", weeks, chosen=rhythm.cadence if rhythm else Cadence.WEEKLY),
        ),
        field(Field.FIRST, "Next one-on-one", date_input("pick", day)),
        field(
            Field.AT,
            "Time",
            time_input("pick", f"{rhythm.at:%H:%M}" if rhythm else "14:00"),
            hint=f"In your time zone, {person.zone}.",
        ),
        context("You get your pre-read on the working day before, at 10:00. Nobody else does."),
        *([actions(button("No more pre-reads", Act.END, style="danger"))] if one else []),
    ]
    return modal("My one-on-one", blocks, callback_id=Act.SAVE, submit="Save", close="Cancel")


def set_up_saved(one: Pair) -> View:
    """The confirmation, with what happens next."""
    words = one.rhythm.words if one.rhythm else "as your calendar says"
    due = one.pre_read_due_at
    return modal(
        "Saved",
        [
            section(f"✅ *Saved:* {words}. The next one is {show_instant(one.starts_at)}."),
            *([context(f"Your pre-read comes {show_instant(due)}.")] if due else []),
        ],
    )
