"""Everything that a person decides, with the way to change it."""

from __future__ import annotations

from bot.home.model import Choices
from bot.nudges.blocks import next_words, settings_button
from bot.one_on_ones.blocks import set_up_button
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
from bot.slack.text import escape, show_instant


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
    mine = next((pair for pair in choices.pairs if pair.engineer == choices.member), None)
    return [
        section(f"*Your one-on-one*\n{_meeting(mine)}"),
        actions(set_up_button("Change" if mine else "Set up")),
    ]


def _meeting(pair: Pair | None) -> str:
    if pair is None:
        return "Not set up yet."
    words = pair.rhythm.words if pair.rhythm else "as your calendar says"
    upcoming = f"; next: {show_instant(pair.meeting.starts_at)}" if pair.meeting else ""
    return f"{_capital(words)}{upcoming}."


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
