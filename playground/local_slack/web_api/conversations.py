"""conversations.*: channels, direct messages and what was said in them."""

from __future__ import annotations

import base64
import math
import time

from ..model import BOT_USER_ID, Channel, Json, Message, Refused
from ..workspace import Workspace
from .arguments import Arguments
from .chat import dm_with
from .people import page

HISTORY_PAGE = 100
MOST_IN_HISTORY_PAGE = 999
CURSOR = "next_ts:"


def open_dm(workspace: Workspace, args: Arguments) -> Json:
    if args.optional("channel"):
        return {"channel": {"id": workspace.channel(args.required("channel")).id}}
    users = [user for user in args.required("users").split(",") if user]
    if len(users) != 1:
        raise Refused("method_not_supported_for_channel_type")
    channel = dm_with(workspace, users[0])
    shown = channel.payload() if args.flag("return_im") else {"id": channel.id}
    return {"channel": shown, "no_op": True, "already_open": True}


def info(workspace: Workspace, args: Arguments) -> Json:
    return {"channel": workspace.channel(args.required("channel")).payload()}


def list_channels(workspace: Workspace, args: Arguments) -> Json:
    kinds = (args.optional("types") or "public_channel").split(",")
    wanted = [
        channel
        for channel in list(workspace.channels.values())
        if ("im" if channel.dm_with else "public_channel") in kinds
    ]
    channels, cursor = page(wanted, args, 100)
    shown = [channel.payload() for channel in channels]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def members(workspace: Workspace, args: Arguments) -> Json:
    channel = workspace.channel(args.required("channel"))
    shown, cursor = page(list(channel.members), args, 100)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


def history(workspace: Workspace, args: Arguments) -> Json:
    """Newest first, as Slack does; ephemeral messages are never part of it.

    A cursor names the message that the next page begins with, so new ones move nothing.
    """
    channel = _readable(workspace, args)
    oldest, latest = _instant(args, "oldest", 0), _instant(args, "latest", math.inf)
    begin = _begin(args)
    found = [
        message
        for message in reversed(_shown(workspace, channel))
        if _between(float(message.ts), oldest, latest, args.flag("inclusive"))
        and float(message.ts) <= begin
    ]
    size = max(1, min(args.number("limit", HISTORY_PAGE), MOST_IN_HISTORY_PAGE))
    with_metadata = args.flag("include_all_metadata")
    shown = [message.payload(with_metadata) for message in found[:size]]
    answer: Json = {"messages": shown, "has_more": len(found) > size, "pin_count": 0}
    if len(found) > size:
        answer["response_metadata"] = {"next_cursor": _cursor(found[size])}
    return answer


def replies(workspace: Workspace, args: Arguments) -> Json:
    channel = _readable(workspace, args)
    root = args.required("ts")
    with_metadata = args.flag("include_all_metadata")
    shown = _shown(workspace, channel)
    thread = [m.payload(with_metadata) for m in shown if root in (m.ts, m.thread_ts)]
    if not thread:
        raise Refused("thread_not_found")
    return {"messages": thread, "has_more": False}


def _shown(workspace: Workspace, channel: Channel) -> list[Message]:
    """What is in the history by now, oldest first; some messages come into it late."""
    now = time.monotonic()
    with workspace.lock:
        said = workspace.messages.of(channel.id)
    shown = [m for m in said if not m.ephemeral and m.shown_from <= now]
    return sorted(shown, key=lambda m: float(m.ts))


def _cursor(message: Message) -> str:
    return base64.b64encode(f"{CURSOR}{message.ts}".encode()).decode()


def _begin(args: Arguments) -> float:
    """The instant that the cursor asked for begins at."""
    cursor = args.optional("cursor")
    if cursor is None:
        return math.inf
    try:
        return float(base64.b64decode(cursor, validate=True).decode().removeprefix(CURSOR))
    except ValueError:
        raise Refused("invalid_cursor") from None


def _instant(args: Arguments, name: str, default: float) -> float:
    try:
        return float(args.optional(name) or default)
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None


def _readable(workspace: Workspace, args: Arguments) -> Channel:
    channel = workspace.channel(args.required("channel"))
    if BOT_USER_ID not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _between(ts: float, oldest: float, latest: float, edges: bool) -> bool:
    return oldest <= ts <= latest if edges else oldest < ts < latest
