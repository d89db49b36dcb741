"""What can be typed, by what it is for, and the other ways to get something done."""

from __future__ import annotations

from collections.abc import Iterable

from bot.home.showing.refs import settings_menu_button
from bot.journal.blocks import log_button
from bot.ladder.blocks import look_up_button, sample
from bot.ladder.model import Ladder
from bot.one_on_ones.preread.blocks import open_button
from bot.slack.blocks import Block, Message, View, actions, context, message, modal, section

Words = tuple[str, str]
COLLECT: tuple[Words, ...] = (
    ("/ladder log", "log an example of my work"),
    ("/ladder examples", "my examples: read, change, delete"),
    ("/ladder coverage", "my examples by competency and month, as text or picture"),
    ("/ladder nudges", "when you ask me, and about what; pause, skip or stop it"),
)
TALK: tuple[Words, ...] = (
    ("/ladder 1on1", "prepare my one-on-one, and choose what to share"),
    ("/ladder one-on-ones", "whom I meet and when: set up, move, skip, end"),
    ("/ladder page", "the page of my one-on-one: agenda, promises, notes"),
    ("/ladder history", "my past one-on-ones; take them along as a file"),
    ("/ladder share", "share some examples, with a preview first"),
    ("/ladder shared", "what I shared and who opened it; what is shared with me"),
)
DECIDE: tuple[Words, ...] = (
    ("/ladder settings", "my level, my manager, nudges and one-on-ones"),
    ("/ladder privacy", "who sees what; export or erase everything about me"),
)
GROWING = (*COLLECT, *TALK, *DECIDE)
KEPT = "🔒 Only you can read your examples. Each stays with you until you share it."
SHARING = (
    "Answers are for you alone. In a channel, *Share in this channel* shows you first what others "
    "would see."
)


def reading(ladder: Ladder) -> list[Words]:
    """What can be typed to read this ladder, in words that it has."""
    some = sample(ladder)
    same = [(f"/ladder same {some.higher}", "the same rung on other tracks")]
    maturity = [("/ladder maturity", "how far along one can be within a level")]
    return [
        ("/ladder", "what my level expects"),
        (f"/ladder {some.higher}", "another level; a title works too"),
        (f"/ladder {some.higher} {some.competency}", "one competency of a level"),
        (f"/ladder {some.competency} all levels", "one competency, level by level"),
        ("/ladder next", "what comes next for me"),
        (f"/ladder compare {some.lower} {some.higher}", "what changes between two levels"),
        *(same if len(ladder.tracks) > 1 else []),
        ("/ladder search incident", "every place that speaks of it"),
        *(maturity if ladder.maturity else []),
    ]


def ways_in(reaction: str) -> str:
    """How else an example is logged; `reaction` is the emoji that marks a message, if it is on."""
    marked = f", or react to it with :{reaction}:" if reaction else ""
    return (
        "*Without a command:* write to me in my Messages tab, or use the shortcut *Log an "
        f"example*. A message is worth keeping? *Save as example* is in its menu{marked}: its "
        "link is kept, and your own words about it."
    )


def also(reaction: str) -> str:
    """The same in a line, for where the help is near."""
    marked = f", or react with :{reaction}:" if reaction else ""
    return f"Log from anywhere: write to me, use *Save as example* on a message{marked}."


def help_message(ladder: Ladder, reaction: str = "") -> Message:
    """What `/ladder help` says."""
    return message("What Rung can do", _help(ladder, reaction))


def help_view(ladder: Ladder, reaction: str = "") -> View:
    """The same from Home, where only a modal can be shown."""
    return modal("What Rung can do", _help(ladder, reaction))


def _help(ladder: Ladder, reaction: str) -> list[Block]:
    return [
        section(f"*Read the ladder*\n{_word_lines(reading(ladder))}"),
        context(SHARING),
        section(f"*Collect examples*\n{_word_lines(COLLECT)}"),
        context(ways_in(reaction)),
        section(f"*Talk about it*\n{_word_lines(TALK)}"),
        section(f"*Decide*\n{_word_lines(DECIDE)}"),
        context(KEPT),
        actions(look_up_button(), log_button(), open_button(), settings_menu_button()),
    ]


def _word_lines(words: Iterable[Words]) -> str:
    return "\n".join(f"`{word}` – {meaning}" for word, meaning in words)
