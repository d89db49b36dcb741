"""The top of Home: what is next for this person, in a few lines."""

from __future__ import annotations

from bot.home.model import Glance
from bot.home.showing.promises import how_old
from bot.journal.blocks import log_button
from bot.ladder.wording import counted
from bot.nudges.blocks import next_words
from bot.one_on_ones.blocks import open_button, set_up_button
from bot.one_on_ones.pairs.model import Pair
from bot.people.blocks import first_step, manager_words, my_manager_choices
from bot.slack.blocks import Block, actions, context, header, paragraphs, section
from bot.slack.text import show_instant

WHAT_IT_DOES = (
    "📖 *Read:* what each level expects, in the words of the ladder.\n"
    "🌱 *Collect:* one example of your work in twenty seconds, when it happens.\n"
    "🤝 *Talk:* before a one-on-one you choose what to share, and see it first."
)


def upcoming(glance: Glance) -> list[Block]:
    """What comes next, and what waits for the person's answer."""
    if glance.person is None and not glance.pairs:
        return [header("Welcome to Rung"), *first_step(), section(WHAT_IT_DOES)]
    lines = [*_talk(glance), *_question(glance), *_promises(glance)]
    placing = [] if glance.person else first_step()
    return [
        header("Next for you"),
        *paragraphs(lines),
        *_waiting(glance),
        actions(log_button(style="primary"), *_ways(glance)),
        *placing,
    ]


def _talk(glance: Glance) -> list[str]:
    pair = glance.next_pair
    if pair and pair.meeting:
        return [f"🗓️ *One-on-one*{_with(pair, glance)} · {show_instant(pair.meeting.starts_at)}"]
    return ["🗓️ *One-on-one* · none planned yet"]


def _with(pair: Pair, glance: Glance) -> str:
    other = pair.other(glance.member)
    return f" with {other.mention}" if other else ""


def _question(glance: Glance) -> list[str]:
    if glance.person is None:
        return []
    return [f"❓ *My question to you* · {next_words(glance.coming).splitlines()[0]}"]


def _promises(glance: Glance) -> list[str]:
    if not glance.promised:
        return []
    number = counted(len(glance.promised), "open promise")
    given = [each.promise for each in glance.promised]
    return [f"🤝 *{number}* of yours · {how_old(given, glance)}"]


def _waiting(glance: Glance) -> list[Block]:
    """Whom somebody else proposed as manager, until the person says yes or no."""
    if glance.person is None or glance.person.question is None:
        return []
    return [context(manager_words(glance.person)), *my_manager_choices(glance.person)]


def _ways(glance: Glance) -> list[Block]:
    if glance.person is None:
        return []
    own = any(pair.engineer == glance.member for pair in glance.pairs)
    return [open_button(), *([] if own else [set_up_button("Set up my one-on-one")])]
