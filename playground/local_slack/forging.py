"""Payloads that no honest client sends: any user, workspace, value and private metadata.

Each is whole and in Slack's shape; `LocalSlack.forge` signs and sends it. Ids need not exist.
"""

from __future__ import annotations

from typing import Any

from . import payloads
from .model import (
    BOT_USER_ID,
    TEAM_DOMAIN,
    TEAM_ID,
    Channel,
    Json,
    Message,
    Person,
    State,
    View,
)

NO_CHANNEL = Channel("C0000FORGED", "forged")
NO_TS = "1700000000.000100"


def button(
    user: str,
    action_id: str,
    value: str = "",
    *,
    where: Message | View | None = None,
    team: str = TEAM_ID,
    home: str | None = None,
) -> Json:
    """A press; `where` None is a message that nobody has, `team` the app's workspace.

    `home` is the person's own workspace, where that is another.
    """
    element = {"type": "button", "action_id": action_id, "value": value, "text": {}}
    action = payloads.action_of({"block_id": "forged"}, element, None, NO_TS)
    place = payloads.on_view(where) if isinstance(where, View) else _on_message(where)
    return _interaction("block_actions", user, team, home, actions=[action], **place)


def submission(
    user: str,
    view: View | None = None,
    *,
    callback_id: str | None = None,
    private_metadata: str | None = None,
    values: State | None = None,
    team: str = TEAM_ID,
    home: str | None = None,
) -> Json:
    """A modal sent off: an open one, somebody else's too, or (None) one that was never opened.

    What is None stays as it is in the view; `values` go over those filled in, block by block.
    """
    shown = (view or View("V0000FORGED", user, {"type": "modal"}, NO_TS)).payload()
    shown |= {"team_id": team, "app_installed_team_id": team}
    if callback_id is not None:
        shown["callback_id"] = callback_id
    if private_metadata is not None:
        shown["private_metadata"] = private_metadata
    shown["state"] = {"values": shown["state"]["values"] | (values or {})}
    return _interaction("view_submission", user, team, home, view=shown, response_urls=[])


def shortcut(
    user: str,
    callback_id: str,
    message: Message | None = None,
    *,
    team: str = TEAM_ID,
    home: str | None = None,
) -> Json:
    """A message shortcut, or a global one when there is no message."""
    if message is None:
        return _interaction("shortcut", user, team, home, callback_id=callback_id, action_ts=NO_TS)
    channel = Channel(message.channel, "forged")
    about = payloads.message_shortcut(message, channel, callback_id, "")
    return _interaction("message_action", user, team, home, action_ts=NO_TS, **about)


def command(user: str, name: str, text: str = "", *, team: str = TEAM_ID) -> Json:
    """A slash command, in a channel that nobody has."""
    person = Person(user, user.casefold(), user)
    whole = payloads.slash_command(person, NO_CHANNEL, name, text, "", "")
    return whole | {"team_id": team}


def event(body: Json, *, team: str = TEAM_ID, shared: bool = False) -> Json:
    """The envelope around any event, with an `event_id` of its own."""
    return payloads.event(body, team=team, shared=shared)


def _interaction(kind: str, user: str, team: str, home: str | None, **more: Any) -> Json:
    person = Person(user, user.casefold(), user, team_id=home or team)
    whole = payloads.interaction(kind, person, **more)
    return whole | {"team": {"id": team, "domain": TEAM_DOMAIN}}


def _on_message(message: Message | None) -> Json:
    where = message or Message(NO_TS, NO_CHANNEL.id, BOT_USER_ID)
    return payloads.on_message(where, Channel(where.channel, "forged"), {}, "")
