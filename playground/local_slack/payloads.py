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
)

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
    """What all interactive payloads have in common."""
    return {
        "type": kind,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
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


def event(body: Json) -> Json:
    """The envelope of one event; `event_id` is unique and stays the same over retries."""
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
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
        "is_ext_shared_channel": False,
        "event_context": "4-" + secrets.token_hex(12),
    }


def said_in_dm(message: Message) -> Json:
    return {
        "type": "message",
        "channel": message.channel,
        "user": message.author,
        "text": message.text,
        "ts": message.ts,
        "client_msg_id": secrets.token_hex(16),
        "team": TEAM_ID,
        "event_ts": message.ts,
        "channel_type": "im",
    } | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


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
