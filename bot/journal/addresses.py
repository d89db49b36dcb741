"""The address of a message in Slack, made from ids; asking Slack would need the bot to be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def link_to(workspace_address: str, channel: str, sent: str, thread: str = "") -> str:
    """Where the message of that timestamp is; empty when a part is missing."""
    if not (workspace_address and channel and sent):
        return ""
    link = f"{workspace_address.rstrip('/')}/archives/{channel}/p{sent.replace('.', '')}"
    return f"{link}?thread_ts={thread}&cid={channel}" if thread and thread != sent else link


def permalink(body: Mapping[str, Any], workspace_address: str) -> str:
    """The message's address, built from the shortcut's payload; empty when that lacks a part."""
    domain = (body.get("team") or {}).get("domain")
    address = f"https://{domain}.slack.com" if domain else workspace_address
    channel, sent = place_of(body)
    return link_to(address, channel, sent, str((body.get("message") or {}).get("thread_ts") or ""))


def place_of(body: Mapping[str, Any]) -> tuple[str, str]:
    """Channel and timestamp of the message that a shortcut was used on."""
    channel = str((body.get("channel") or {}).get("id") or "")
    return channel, str((body.get("message") or {}).get("ts") or body.get("message_ts") or "")
