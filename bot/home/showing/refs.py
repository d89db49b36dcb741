"""What the buttons of Home carry, and the ids that blocks and listeners share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.slack.blocks import Block, button
from bot.slack.state import pack


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    SETTINGS = "home.settings"
    HELP = "home.help"
    TURN = "home.turn"


@dataclass(frozen=True, slots=True)
class HomeRef:
    """Which page of the people whom they meet is shown, from 0; Home itself remembers it too."""

    page: int = 0


def settings_menu_button(text: str = "Settings") -> Block:
    """The button that opens all settings."""
    return button(text, Act.SETTINGS)


def help_button() -> Block:
    """The button that opens what `/ladder help` says."""
    return button("Help", Act.HELP)


def turn_button(text: str, page: int) -> Block:
    """The button that shows Home with another page of people."""
    return button(text, f"{Act.TURN}:{page}", pack(HomeRef(page)))
