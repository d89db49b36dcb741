"""The question itself: about a competency, or about how often to ask."""

from __future__ import annotations

from bot.journal.blocks import LogRef, log_button
from bot.journal.model import Source
from bot.ladder.model import Competency
from bot.nudges.model import Nudge, Schedule
from bot.nudges.showing.refs import (
    Act,
    NudgeRef,
    Preference,
    settings_button,
    stop_button,
)
from bot.nudges.wording import reason
from bot.people.model import IMPORTED, Person
from bot.slack.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    paragraphs,
    section,
)
from bot.slack.state import pack
from bot.slack.text import clip, escape

OFFERS = {
    Preference.WEEKLY: "Weekly",
    Preference.FORTNIGHTLY: "Fortnightly",
    Preference.MONTHLY: "Monthly",
    Preference.PAUSE: "Pause for a month",
    Preference.STOP: "Stop",
}


_MET = {
    True: (
        "Hello, I am Rung. I help you keep track of what you do, by the career ladder.",
        "Whoever runs Rung here placed you",
    ),
    False: ("This is my first question to you.", "You placed yourself"),
}


def question(nudge: Nudge, person: Person, competency: Competency, rung: str) -> Message:
    """One short question, why it is asked, and the ways to answer; two lines but for the first."""
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
            context(f"{_why(nudge, competency)} You can also answer in a thread."),
            _ways_to_answer(nudge, competency),
        ],
    )


def preferences(nudge: Nudge, schedule: Schedule) -> Message:
    """One question about how often to ask; without an answer it is the last one."""
    ref = pack(NudgeRef(nudge.id))
    said = "My last questions went unanswered, and that is fine. How often shall I ask?"
    offers = [button(name, f"{Act.PREFER}:{each}", ref) for each, name in OFFERS.items()]
    now = f"At the moment: {schedule.manners.rhythm.words}. Without an answer I stop asking."
    return message(
        said, [section(said), context(now), actions(*offers, settings_button("Settings"))]
    )


def _ways_to_answer(nudge: Nudge, competency: Competency) -> Block:
    ref = pack(NudgeRef(nudge.id, nudge.competency_id))
    log_ref = LogRef(competency.id, nudge.id, Source.NUDGE.value)
    return actions(
        log_button("Log an example", log_ref, style="primary"),
        button("Nothing this time", Act.NOTHING, ref),
        button("Something else", Act.OTHER, ref),
        button("Later", Act.LATER, ref),
        button("Not relevant to my role", Act.NOT_RELEVANT, ref),
        settings_button("Settings"),
        *([stop_button()] if nudge.first else []),
    )


def _introduction(person: Person, rung: str) -> list[Block]:
    hello, placed = _MET[person.placed_by == IMPORTED]
    manager = person.manager
    named = f", with <@{manager.user_id}> as your manager" if manager else ""
    return paragraphs(
        [
            hello,
            f"{placed} on *{escape(rung)}*{named}. About once a week I ask one short question.",
            "What you write is private: only you can read it until you share it.",
        ]
    )


def _why(nudge: Nudge, competency: Competency) -> str:
    why = reason(nudge.days_since, focused=nudge.focused, name=escape(competency.name))
    return f"Why this? {why[0].upper()}{why[1:]}."
