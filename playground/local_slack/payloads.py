"""The payloads Slack sends to an app, complete and in Slack's shape (docs.slack.dev, 2026)."""

from __future__ import annotations

import secrets
import time
from typing import Any

from .elements import HOLDS
from .model import (
    APP_ID,
    BOT_USER_ID,
    TEAM_DOMAIN,
    TEAM_ID,
    Channel,
    Json,
    Message,
    Person,
    State,
    View,
    app_of,
)

FOREIGN_DOMAIN = "another-company"
TOKEN = "playground-verification-token"


def slash_command(
    person: Person, channel: Channel, command: str, text: str, trigger_id: str, reply_to: str
) -> Json:
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel.brief()["name"],
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": reply_to,
        "trigger_id": trigger_id,
    }


def interaction(kind: str, person: Person, **more: Any) -> Json:
    """What all interactive payloads have in common.

    In a shared channel `team` is the workspace that has the app and `user.team_id` the person's
    own (slackapi/java-slack-sdk#1041); from a modal `team` is the person's own too, and the app's
    is `view.app_installed_team_id` (slackapi/bolt-js#1614).
    """
    abroad = person.is_foreign and kind in ("view_submission", "view_closed")
    return {
        "type": kind,
        "team": (
            {"id": person.team_id, "domain": FOREIGN_DOMAIN}
            if abroad
            else {"id": TEAM_ID, "domain": TEAM_DOMAIN}
        ),
        "user": person.brief(),
        "api_app_id": APP_ID,
        "token": TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
        **more,
    }


def action_of(block: Json, element: Json, value: Json | None, ts: str) -> Json:
    """One entry of `actions`: the element with what was chosen."""
    kind = element["type"]
    action: Json = {
        "type": kind,
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": ts,
    }
    kept = ("text", "value", "style", "url") if kind == "button" else ("placeholder",)
    action |= {key: element[key] for key in kept if key in element}
    if value is not None:
        action[HOLDS[kind]] = value[HOLDS[kind]]
    return action


def on_message(message: Message, channel: Channel, state: State, reply_to: str) -> Json:
    """Where a block action in a message happened; an ephemeral one comes without its text."""
    place: Json = {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.ephemeral,
        },
        "channel": channel.brief(),
        "state": {"values": state},
        "response_url": reply_to,
    }
    return place if message.ephemeral else {**place, "message": message.payload()}


def on_view(view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": view.payload()}


def message_shortcut(message: Message, channel: Channel, callback_id: str, reply_to: str) -> Json:
    return {
        "callback_id": callback_id,
        "response_url": reply_to,
        "message_ts": message.ts,
        "message": {**message.payload(with_metadata=False), "team": TEAM_ID},
        "channel": channel.brief(),
    }


def event(body: Json, *, team: str = TEAM_ID, shared: bool = False) -> Json:
    """The envelope of one event; `event_id` is unique and stays the same over retries.

    `team` is where it happened: another company's for a message of theirs in a `shared` channel.
    Whom the app is installed for says `authorizations` (slackapi/bolt-python, request/internals).
    """
    return {
        "token": TOKEN,
        "team_id": team,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": body,
        "type": "event_callback",
        "event_id": "Ev" + secrets.token_hex(5).upper(),
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER_ID,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": "4-" + secrets.token_hex(12),
    }


def said(message: Message, channel: Channel, person: Person) -> Json:
    """A `message` event; one of a bot has its `bot_id`, one of a foreigner says where from."""
    body: Json = {
        "type": "message",
        "channel": message.channel,
        "user": message.author,
        "text": message.text,
        "ts": message.ts,
        "client_msg_id": secrets.token_hex(16),
        "team": person.team_id,
        "event_ts": message.ts,
        "channel_type": "im" if channel.dm_with else "channel",
    }
    if message.thread_ts:
        body["thread_ts"] = message.thread_ts
    if person.is_bot:
        body |= {"bot_id": person.bot_id, "app_id": app_of(person.bot_id)}
    if person.is_foreign:
        body |= {"user_team": person.team_id, "source_team": person.team_id}
    return body


def reaction(kind: str, user_id: str, message: Message, emoji: str, ts: str) -> Json:
    """`reaction_added` or `reaction_removed`; it names nobody's workspace, as Slack's does not."""
    return {
        "type": kind,
        "user": user_id,
        "reaction": emoji,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.author,
        "event_ts": ts,
    }


def home_opened(person: Person, channel: Channel, tab: str, view: View | None, ts: str) -> Json:
    body: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": channel.id,
        "tab": tab,
        "event_ts": ts,
    }
    return {**body, "view": view.payload()} if view and tab == "home" else body
