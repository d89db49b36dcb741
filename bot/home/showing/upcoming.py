"""The top of Home: what is next for this person, in a few lines."""

from __future__ import annotations

from bot.home.model import SHOWN, Glance
from bot.home.showing.promises import how_old
from bot.journal.blocks import log_button
from bot.ladder.wording import counted
from bot.nudges.blocks import next_words
from bot.one_on_ones.page.blocks import page_button
from bot.one_on_ones.pairs.blocks import (
    answer_buttons,
    list_button,
    rhythm_words,
    set_up_button,
    whom,
)
from bot.one_on_ones.preread.blocks import open_button
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
    return [
        header("Next for you"),
        *paragraphs([_talk(glance), *_question(glance), *_promises(glance)]),
        *_manager(glance),
        *_asked(glance),
        actions(log_button(style="primary"), *_ways(glance)),
        *([] if glance.person else first_step()),
    ]


def _talk(glance: Glance) -> str:
    pair = glance.next_pair
    if pair is None or pair.meeting is None:
        return "🗓️ *One-on-one* · none planned yet"
    at = show_instant(pair.meeting.starts_at)
    open_yet = f" · waits for {pair.asked.mention} to confirm" if pair.asked else ""
    return f"🗓️ *One-on-one* {whom(pair, glance.member)} · {at}{open_yet}"


def _question(glance: Glance) -> list[str]:
    if glance.person is None:
        return []
    words = next_words(glance.coming).splitlines()[0]
    return [f"❓ *My question to you* · {words.removeprefix('Next: ')}"]


def _promises(glance: Glance) -> list[str]:
    if not glance.promised:
        return []
    number = counted(len(glance.promised), "open promise")
    given = [each.promise for each in glance.promised]
    return [f"🤝 *{number}* of yours · {how_old(given, glance)}"]


def _manager(glance: Glance) -> list[Block]:
    """Whom somebody else proposed as manager, until the person says yes or no."""
    if glance.person is None or glance.person.question is None:
        return []
    return [section(f"👋 {manager_words(glance.person)}"), *my_manager_choices(glance.person)]


def _asked(glance: Glance) -> list[Block]:
    """Who asks to meet, until the person says yes or no."""
    waiting = [pair for pair in glance.pairs if pair.asked == glance.member]
    blocks = []
    for pair in waiting[:SHOWN]:
        asks = f"👋 {pair.proposed_by.mention} asks to meet, {rhythm_words(pair)}."
        blocks += [section(asks), actions(*answer_buttons(pair))]
    more = len(waiting) - SHOWN
    return [*blocks, *([context(f"… and {more} more: *My one-on-ones*.")] if more > 0 else [])]


def _ways(glance: Glance) -> list[Block]:
    if glance.person is None:
        return [*_page(glance), list_button()]
    own = any(pair.engineer == glance.member for pair in glance.pairs)
    pre_read = [open_button("My pre-read")] if own or not glance.circle.total else []
    return [*_page(glance), *pre_read, list_button() if own else set_up_button()]


def _page(glance: Glance) -> list[Block]:
    """What both fill, where the next one-on-one has a second side."""
    pair = glance.next_pair
    return [page_button(pair.id)] if pair and pair.is_shared else []
