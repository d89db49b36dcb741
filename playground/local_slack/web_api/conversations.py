"""conversations.*: channels, direct messages and what was said in them."""

from __future__ import annotations

from ..model import BOT_USER_ID, Channel, Json, Refused
from ..workspace import Workspace
from .arguments import Arguments
from .chat import dm_with
from .people import page


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
        channel.payload()
        for channel in workspace.channels.values()
        if ("im" if channel.dm_with else "public_channel") in kinds
    ]
    channels, cursor = page(wanted, args, 100)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def members(workspace: Workspace, args: Arguments) -> Json:
    channel = workspace.channel(args.required("channel"))
    start = [{"id": member} for member in channel.members]
    shown, cursor = page(start, args, 100)
    return {"members": [m["id"] for m in shown], "response_metadata": {"next_cursor": cursor}}


def history(workspace: Workspace, args: Arguments) -> Json:
    """Newest first, as Slack does; ephemeral messages are never part of it."""
    channel = _readable(workspace, args)
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    edges = args.flag("inclusive")
    with_metadata = args.flag("include_all_metadata")
    with workspace.lock:
        found = [
            message.payload(with_metadata)
            for message in sorted(workspace.messages, key=lambda m: float(m.ts), reverse=True)
            if message.channel == channel.id
            and not message.ephemeral
            and _between(float(message.ts), oldest, latest, edges)
        ]
    shown, cursor = page(found, args, 100)
    answer: Json = {"messages": shown, "has_more": bool(cursor), "pin_count": 0}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def replies(workspace: Workspace, args: Arguments) -> Json:
    channel = _readable(workspace, args)
    root = args.required("ts")
    with workspace.lock:
        thread = [
            m.payload(args.flag("include_all_metadata"))
            for m in workspace.messages
            if m.channel == channel.id and not m.ephemeral and root in (m.ts, m.thread_ts)
        ]
    if not thread:
        raise Refused("thread_not_found")
    return {"messages": thread, "has_more": False}


def _readable(workspace: Workspace, args: Arguments) -> Channel:
    channel = workspace.channel(args.required("channel"))
    if BOT_USER_ID not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _between(ts: float, oldest: float, latest: float, edges: bool) -> bool:
    return oldest <= ts <= latest if edges else oldest < ts < latest
