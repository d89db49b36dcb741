"""What stands in the place of a question once it has its answer, and what words are answered."""

from __future__ import annotations

from datetime import date

from bot.ladder.model import Competency
from bot.nudges.model import Answer, Coming
from bot.nudges.showing.refs import Act, SlotRef, bring_back_button, settings_button
from bot.nudges.wording import next_words
from bot.slack.blocks import Block, Message, actions, button, context, message, section
from bot.slack.state import pack
from bot.slack.text import escape, show_date

SAID = {
    Answer.NONE: "This question is open.",
    Answer.LOGGED: "Logged, thank you.",
    Answer.NOTHING: "Nothing this time.",
    Answer.LATER: "Later, then.",
    Answer.NOT_RELEVANT: "Set aside.",
    Answer.CHOSE: "Thank you, noted.",
    Answer.ALL_PASSED: (
        "That was all that your level speaks of, thank you for looking. `/ladder log` takes "
        "anything else."
    ),
}
HELP = (
    "I understand `weekly`, `fortnightly tuesday 14:00`, `monthly`, `before 1on1`, `off`, `on`, "
    "`pause until 12 January`, `pause 2 weeks`, `away 21 Dec to 4 Jan`, `skip`, `next`, and "
    "`focus` with names of competencies, or `focus none`."
)


def answered(competency: Competency | None, words: str) -> Message:
    """What stands in the place of a nudge once it has its answer; its buttons are gone."""
    name = f"*{escape(competency.label)}*: " if competency else ""
    return message(words, [context(name + words)])


def set_aside(
    competency: Competency | None, competency_id: str, until: date, next_: str
) -> Message:
    """Until when a competency is not asked about, and the way back."""
    shown = answered(competency, f"Set aside until {show_date(until)}. {next_}")
    return shown | {"blocks": [*shown["blocks"], actions(bring_back_button(competency_id))]}


def brought_back(competency: Competency | None, coming: Coming) -> Message:
    """What stands there after the way back was taken."""
    return answered(competency, f"I may ask about it again. {next_words(coming)}")


def stopped() -> Message:
    """What stands in the place of a nudge after "Stop asking"."""
    return answered(None, "Stopped. I will not ask again; `/ladder nudges on` turns it on.")


def told(sentence: str, coming: Coming) -> Message:
    """The answer to words: what changed, what comes next, and the ways on."""
    return message(
        f"{sentence} {next_words(coming)}",
        [section(sentence), context(next_words(coming)), actions(*_ways_on(coming))],
    )


def misheard(sentence: str) -> Message:
    """The answer to words that were not understood; `sentence` is escaped."""
    return message(
        sentence, [section(sentence), context(HELP), actions(settings_button("Settings"))]
    )


def _ways_on(coming: Coming) -> list[Block]:
    slot = coming.outlook.slot
    skip = [button("Skip this one", Act.SKIP, pack(SlotRef(slot.day.isoformat())))] if slot else []
    return [settings_button("Settings"), *skip]
