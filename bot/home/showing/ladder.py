"""Where the person stands, and the ways into the ladder."""

from __future__ import annotations

from bot.home.model import Glance
from bot.ladder.asking.answers import Standing
from bot.ladder.blocks import Ask, ask_button, levels_menu, look_up_button, lost_words
from bot.ladder.model import Ladder, full_name
from bot.people.blocks import manager_words, place_button
from bot.people.model import Person
from bot.people.standing import level_of, rung_of
from bot.slack.blocks import Block, View, actions, context, header, home_tab, section
from bot.slack.text import clip, escape

NAME_CHARS = 100
MOST_NEXT = 3


def ladder_part(glance: Glance) -> list[Block]:
    """What needs a level only for those who have one."""
    person, ladder = glance.person, glance.ladder
    if person is None:
        return [section("*The career ladder*"), *ways(ladder)]
    if level_of(person, ladder) is None:
        said = lost_words(Standing(person.track_id, person.level_id))
        return [section(escape(said)), actions(place_button(style="primary")), *ways(ladder)]
    stands = section(
        f"*Where you stand* · {escape(rung_of(person, ladder))}{_next(person, ladder)}"
    )
    mine = [
        ask_button("My level", Ask("my level"), name="mine"),
        ask_button("What comes next", Ask("next"), name="next"),
        ask_button("Compare the two", Ask("compare"), name="compare"),
    ]
    return [stands, *_manager(person), *ways(ladder, *mine)]


def ways(ladder: Ladder, *mine: Block) -> list[Block]:
    """One row: what is about the person first."""
    return [actions(*mine, look_up_button(), *levels_menu(ladder))]


def ladder_alone(ladder: Ladder) -> View:
    """The Home of a guest who may read the ladder, and nothing else."""
    said = "You are a guest here, so I show you the ladder; I keep nothing about you."
    return home_tab([header("The career ladder"), section(said), *ways(ladder)])


def _next(person: Person, ladder: Ladder) -> str:
    """What comes after it, where something does."""
    rung = ladder.rung(person.track_id, person.level_id)
    names = [
        clip(full_name(each), NAME_CHARS) for each in (ladder.following(*rung) if rung else ())
    ]
    return f"\nNext: {escape(', or '.join(names[:MOST_NEXT]))}" if names else ""


def _manager(person: Person) -> list[Block]:
    """Once; an open question about them stands at the top."""
    return [] if person.question else [context(manager_words(person))]
