"""What the bot says outside the Web API: in the ack of a command, and through response URLs."""

from __future__ import annotations

import json
from typing import Any

from .limits_checks import fault
from .model import BOT_USER_ID, Channel, Json, Message, Refusal, Refused
from .triggers import ReplyAddress
from .web_api.arguments import Arguments
from .web_api.chat import contents
from .workspace import Workspace

REPLY_TYPES = (None, "ephemeral", "in_channel")


def reply_in_ack(workspace: Workspace, body: str, channel: Channel, user: str) -> Message | None:
    """Post what a slash command was answered with; an empty body is no answer at all.

    Raises Refused for a body that Slack would not take.
    """
    if not body.strip():
        return None
    said = _as_json(body)
    return _post(workspace, said, channel, user) if _says_something(said) else None


def use_response_url(workspace: Workspace, address: ReplyAddress, body: bytes) -> Message | None:
    """Do what was posted to a response URL: a new message, a replacement or a removal."""
    said = _as_json(body.decode("utf-8", "replace"))
    channel = workspace.channel(address.channel)
    original = _original(workspace, address)
    if said.get("delete_original"):
        if original:
            workspace.delete(original)
        return None
    if said.get("replace_original") and original:
        text, blocks = contents(workspace, Arguments(said), total_counts=False)
        workspace.edit(original, text, blocks)
        return original
    message = _post(workspace, said, channel, address.user)
    if address.message_ts is None:
        address.message_ts = message.ts
    return message


def note_refusal(workspace: Workspace, where: str, refused: Refused) -> None:
    with workspace.lock:
        refusal = Refusal(where, refused.error, tuple(refused.messages))
        workspace.refusals.append(refusal)
        workspace.touch()


def _as_json(body: str) -> Json:
    """JSON, or plain text the way `ack("text")` sends it."""
    try:
        said: Any = json.loads(body)
    except ValueError:
        return {"text": body}
    if not isinstance(said, dict):
        raise Refused("invalid_payload", [fault("must provide an object", "")])
    return said


def _says_something(said: Json) -> bool:
    return any(said.get(key) for key in ("text", "blocks", "attachments"))


def _post(workspace: Workspace, said: Json, channel: Channel, user: str) -> Message:
    kind = said.get("response_type")
    if kind not in REPLY_TYPES:
        raise Refused("invalid_payload", [fault(f"unknown response_type {kind}", "")])
    text, blocks = contents(workspace, Arguments(said), total_counts=False)
    only_for = None if kind == "in_channel" else user
    return workspace.post(channel, BOT_USER_ID, text, blocks, only_for=only_for)


def _original(workspace: Workspace, address: ReplyAddress) -> Message | None:
    if address.message_ts is None:
        return None
    try:
        return workspace.message(address.channel, address.message_ts)
    except Refused:
        return None
