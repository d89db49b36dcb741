"""What somebody is told whom the door does not let in, and where."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack.blocks import View, home_tab, message, notice, section
from bot.slack.turn import Turn, say

Door = Callable[[Turn, bool], str | None]

SILENCE = ""


def told(turn: Turn, sentence: str) -> None:
    """In the place where they are."""
    turn.tell(sentence)


def silent(_turn: Turn, _sentence: str) -> None:
    """Whoever waits for the first half of a listener has been told there."""


def told_of_event(turn: Turn, sentence: str) -> None:
    """Who wrote to the bot gets a message, who opened it a Home tab; the rest spoke to others."""
    event = turn.event
    if event.get("type") == "app_home_opened" and event.get("tab", "home") == "home":
        view = home_tab([section(sentence)])
        turn.client.views_publish(user_id=turn.member.user_id, view=view)
    elif event.get("channel_type") == "im" and not event.get("subtype"):
        say(turn.client, str(event["channel"]), message(sentence))


def refused_form(sentence: str) -> View | None:
    """In the place of the form; to a bot nothing is said."""
    return notice("Rung", sentence) if sentence else None
