"""The door to `showing/`: what listeners and other capabilities draw of Home."""

from __future__ import annotations

from bot.home.model import Glance
from bot.home.showing.help import GROWING, also, help_message, help_view, reading
from bot.home.showing.ladder import ladder_alone, ladder_part
from bot.home.showing.mine import coverage_part, examples
from bot.home.showing.people import people
from bot.home.showing.promises import promises
from bot.home.showing.refs import Act, HomeRef, help_button, settings_menu_button, turn_button
from bot.home.showing.settings import settings
from bot.home.showing.upcoming import upcoming
from bot.own_data.blocks import privacy_button
from bot.sharing.blocks import list_button as shared_button
from bot.slack.blocks import Block, View, actions, context, divider, home_tab
from bot.slack.state import pack

__all__ = [
    "GROWING",
    "Act",
    "HomeRef",
    "help_button",
    "help_message",
    "help_view",
    "home",
    "ladder_alone",
    "reading",
    "settings",
    "settings_menu_button",
    "turn_button",
]

SUPPORT = "Questions about Rung? Whoever runs it in your workspace can help."


def home(glance: Glance, reaction: str = "", *, with_picture: bool = True) -> View:
    """The Home tab of one person, useful also to somebody not placed yet.

    `reaction` is the emoji that marks a message, empty when off.
    """
    return home_tab(
        [
            *upcoming(glance),
            *promises(glance),
            *people(glance),
            divider(),
            *ladder_part(glance),
            *coverage_part(glance, with_picture=with_picture),
            divider(),
            *examples(glance),
            *_foot(reaction),
        ],
        state=pack(HomeRef(glance.circle.number)),
    )


def _foot(reaction: str) -> list[Block]:
    return [
        divider(),
        actions(shared_button("Shared"), settings_menu_button(), privacy_button(), help_button()),
        context(f"{also(reaction)}\n{SUPPORT}"),
    ]
