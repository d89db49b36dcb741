"""Nudges as Block Kit: the question, what is left of it after an answer, and the settings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.journal.blocks import LogRef, log_button
from bot.journal.model import Source
from bot.ladder.model import Competency
from bot.nudges.cadence import WEEKDAYS, Cadence
from bot.nudges.model import Nudge, Schedule
from bot.people.model import IMPORTED, Person
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
    option,
    paragraphs,
    section,
    select,
    time_input,
)
from bot.slack.state import pack
from bot.slack.text import clip, escape, show_instant


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    NOTHING = "nudges.nothing"
    LATER = "nudges.later"
    SETTINGS = "nudges.settings"
    STOP = "nudges.stop"
    SAVE = "nudges.save"


class Field(StrEnum):
    """The settings form's fields."""

    CADENCE = "cadence"
    WEEKDAY = "weekday"
    AT = "at"


@dataclass(frozen=True, slots=True)
class NudgeRef:
    """What a nudge's buttons carry."""

    nudge: str


def settings_button(text: str = "Nudge settings") -> Block:
    """The button that opens one's own schedule."""
    return button(text, Act.SETTINGS)


def question(nudge: Nudge, person: Person, competency: Competency, rung: str) -> Message:
    """One short question, why it is asked, and the ways to answer; two lines but for the first."""
    ref = pack(NudgeRef(nudge.id))
    log_ref = LogRef(competency.id, nudge.id, Source.NUDGE.value)
    ask = (
        f"*{escape(competency.label)}*: did something come up lately? "
        "One sentence about what changed, and for whom, is plenty."
    )
    cue = nudge.cue.text if nudge.cue else ""
    return message(
        f"{competency.label}: did something come up lately?",
        [
            *(_introduction(person, rung) if nudge.first else []),
            section(ask),
            *([context(f"For instance: {escape(clip(cue, 400))}")] if cue else []),
            context(_why(nudge, competency)),
            actions(
                log_button("Log an example", log_ref, style="primary"),
                button("Nothing this time", Act.NOTHING, ref),
                button("Later", Act.LATER, ref),
                settings_button("Settings"),
                *([stop_button()] if nudge.first else []),
            ),
        ],
    )


def stop_button() -> Block:
    """Stopping asks once, and says how to come back."""
    return confirmed(
        button("Stop asking", Act.STOP),
        "Stop these questions?",
        "You will not be asked again. /ladder settings turns them on when you like.",
        "Stop asking",
    )


def answered(competency: Competency | None, words: str) -> Message:
    """What stands in the place of a nudge once it has its answer; no buttons are left."""
    name = f"*{escape(competency.label)}*: " if competency else ""
    return message(words, [context(name + words)])


def next_words(schedule: Schedule) -> str:
    """When the next question comes, in the reader's own zone."""
    if schedule.due_at is None:
        return "Nudges are off. `/ladder settings` turns them on."
    return f"Next question: {show_instant(schedule.due_at)}."


def settings(schedule: Schedule, zone: str) -> View:
    """The form for one's own schedule."""
    rhythm = schedule.rhythm
    cadences = [option("Once a week", Cadence.WEEKLY), option("Never", Cadence.OFF)]
    days = [option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    return modal(
        "When to ask you",
        [
            section("One short question about one competency. Nobody but you can change this."),
            field(Field.CADENCE, "How often", select("choose", cadences, chosen=rhythm.cadence)),
            field(Field.WEEKDAY, "Day", select("choose", days, chosen=str(rhythm.weekday))),
            field(
                Field.AT,
                "Time",
                time_input("pick", f"{rhythm.at:%H:%M}"),
                hint=f"In your time zone, {zone}, as your Slack profile has it.",
            ),
            context(next_words(schedule)),
        ],
        callback_id=Act.SAVE,
        submit="Save",
        close="Cancel",
    )


def settings_saved(schedule: Schedule) -> View:
    """The confirmation, with what happens next."""
    words = schedule.rhythm.words
    return modal("Saved", [section(f"✅ *Saved:* {words}."), context(next_words(schedule))])


def stopped() -> Message:
    """What stands in the place of a nudge after "Stop asking"."""
    return answered(None, "Stopped. I will not ask again; `/ladder settings` turns it on.")


def _introduction(person: Person, rung: str) -> list[Block]:
    placed = (
        "Whoever runs Rung here placed you"
        if person.placed_by == IMPORTED
        else "You placed yourself"
    )
    manager = person.manager
    named = f", with <@{manager.user_id}> as your manager" if manager else ""
    return paragraphs(
        [
            "Hello, I am Rung. I help you keep track of what you do, by the career ladder.",
            f"{placed} on *{escape(rung)}*{named}. About once a week I ask one short question.",
            "What you write is private: only you can read it until you share it.",
        ]
    )


def _why(nudge: Nudge, competency: Competency) -> str:
    name = escape(competency.name)
    if nudge.days_since is None:
        return f"Why this? You have no example for {name} yet."
    if nudge.days_since == 0:
        return f"Why this? Your last example for {name} is from today."
    days = "yesterday" if nudge.days_since == 1 else f"{nudge.days_since} days ago"
    return f"Why this? Your last example for {name} was {days}."
