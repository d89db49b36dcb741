"""Everything that a person decides, with the way to change it."""

from __future__ import annotations

from bot.home.model import Choices
from bot.nudges.blocks import next_words, settings_button
from bot.one_on_ones.pairs.blocks import (
    change_button,
    list_button,
    rhythm_words,
    set_up_button,
    whom,
)
from bot.one_on_ones.pairs.blocks import next_words as next_talk
from bot.one_on_ones.pairs.model import Pair
from bot.people.blocks import (
    first_step,
    manager_words,
    my_manager_choices,
    place_button,
    propose_button,
)
from bot.people.model import Person
from bot.people.standing import rung_of
from bot.slack.blocks import Block, View, actions, context, divider, modal, section
from bot.slack.member import Member
from bot.slack.text import escape

MOST_PAIRS = 20


def settings(choices: Choices) -> View:
    """For somebody not placed, the first step."""
    person = choices.person
    if person is None:
        proposing = [actions(propose_button())] if choices.may_propose else []
        return modal("Settings", [*first_step(), *proposing])
    return modal(
        "Settings",
        [*_stand(person, choices), divider(), *_asking(choices), divider(), *_talks(choices)],
    )


def _stand(person: Person, choices: Choices) -> list[Block]:
    return [
        section(f"*Where you stand*\n{escape(rung_of(person, choices.ladder))}"),
        context(manager_words(person)),
        *my_manager_choices(person),
        actions(
            place_button("Change level or manager"),
            *([propose_button()] if choices.may_propose else []),
        ),
    ]


def _asking(choices: Choices) -> list[Block]:
    rhythm = choices.coming.schedule.manners.rhythm
    return [
        section(f"*When I ask you*\n{_capital(rhythm.words)}."),
        context(next_words(choices.coming)),
        actions(settings_button("Change or stop nudges")),
    ]


def _talks(choices: Choices) -> list[Block]:
    """Each one with the way to change it; what does not fit is in the list of all."""
    member, pairs = choices.member, choices.pairs
    own = any(pair.engineer == member for pair in pairs)
    rows = [section(_pair(each, member), change_button(each.id)) for each in pairs[:MOST_PAIRS]]
    more = len(pairs) - len(rows)
    return [
        section("*Your one-on-ones*" if rows else "*Your one-on-one*\nNot set up yet."),
        *rows,
        *([context(f"… and {more} more.")] if more else []),
        actions(*([] if own else [set_up_button("Set up")]), list_button()),
    ]


def _pair(pair: Pair, member: Member) -> str:
    waits = "Not confirmed yet." if pair.asked else next_talk(pair)
    return f"{_capital(whom(pair, member))} · {rhythm_words(pair)}\n{waits}".strip()


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
