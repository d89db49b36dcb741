"""chat.*: posting, changing and removing messages."""

from __future__ import annotations

from ..limits import MOST_MESSAGE_TEXT, MOST_TEXT_IN_MESSAGE_BLOCKS, problems, text_length
from ..model import BOT_USER_ID, Blocks, Channel, Json, Message, Refused
from ..pictures import unknown_pictures
from ..workspace import Workspace
from .arguments import Arguments

MOST_UPDATED_TEXT = 4_000


def post_message(workspace: Workspace, args: Arguments) -> Json:
    channel = destination(workspace, args.required("channel"))
    text, blocks = contents(workspace, args)
    metadata = _metadata(args)
    thread_ts = args.optional("thread_ts")
    with workspace.lock:
        message = workspace.post(
            channel, BOT_USER_ID, text, blocks, metadata=metadata, thread_ts=thread_ts
        )
        workspace.note_post(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.payload()}


def post_ephemeral(workspace: Workspace, args: Arguments) -> Json:
    channel = destination(workspace, args.required("channel"))
    user = workspace.person(args.required("user"))
    if user.id not in channel.members:
        raise Refused("user_not_in_channel")
    text, blocks = contents(workspace, args)
    message = workspace.post(channel, BOT_USER_ID, text, blocks, only_for=user.id)
    return {"message_ts": message.ts}


def update(workspace: Workspace, args: Arguments) -> Json:
    message = _own(workspace, args, "cant_update_message")
    text, blocks = contents(workspace, args)
    if len(text) > MOST_UPDATED_TEXT:
        raise Refused("msg_too_long")
    workspace.edit(message, text, blocks)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message.payload(),
    }


def delete(workspace: Workspace, args: Arguments) -> Json:
    message = _own(workspace, args, "cant_delete_message")
    workspace.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(workspace: Workspace, args: Arguments) -> Json:
    channel = workspace.channel(args.required("channel"))
    if BOT_USER_ID not in channel.members:
        raise Refused("channel_not_found")
    message = workspace.message(channel.id, args.required("message_ts"))
    return {"channel": channel.id, "permalink": workspace.permalink(channel.id, message.ts)}


def contents(
    workspace: Workspace, args: Arguments, *, total_counts: bool = True
) -> tuple[str, Blocks]:
    """Text and blocks of a message, or the refusal that Slack would answer.

    The total over all blocks does not count for acks and response URLs (slackapi/bolt-js#2509).
    """
    text = str(args.get("text") or "")
    blocks = args.parsed("blocks", "invalid_blocks_format") or []
    if args.parsed("attachments"):
        raise Refused("invalid_attachments", ["[ERROR] the local Slack takes blocks only"])
    found = problems(blocks, "message") or unknown_pictures(workspace, blocks, "/blocks")
    if found:
        raise Refused("invalid_blocks", found)
    if not text and not blocks:
        raise Refused("no_text")
    if len(text) > MOST_MESSAGE_TEXT:
        raise Refused("msg_too_long")
    length = text_length(blocks)
    if total_counts and length > MOST_TEXT_IN_MESSAGE_BLOCKS:
        raise Refused("msg_blocks_too_long", [f"[ERROR] {length} characters of text in blocks"])
    return text, blocks


def destination(workspace: Workspace, wanted: str) -> Channel:
    """The conversation meant by a channel id, a #name or a person's id (their direct messages)."""
    if wanted in workspace.people:
        return dm_with(workspace, wanted)
    if wanted.startswith("#"):
        channel = workspace.channel_named(wanted)
    else:
        channel = workspace.channel(wanted)
    if channel.dm_with:
        return dm_with(workspace, channel.dm_with)
    if BOT_USER_ID not in channel.members:
        raise Refused("not_in_channel")
    return channel


def dm_with(workspace: Workspace, user_id: str) -> Channel:
    """The direct messages with a person who can be written to."""
    person = workspace.person(user_id)
    if person.deleted:
        raise Refused("user_disabled")
    if person.is_bot:
        raise Refused("cannot_dm_bot")
    return workspace.dm_of(user_id)


def _own(workspace: Workspace, args: Arguments, refusal: str) -> Message:
    channel = workspace.channel(args.required("channel"))
    message = workspace.message(channel.id, args.required("ts"))
    if message.ephemeral:
        raise Refused("message_not_found")
    if message.author != BOT_USER_ID:
        raise Refused(refusal)
    return message


def _metadata(args: Arguments) -> Json | None:
    metadata = args.parsed("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    if not metadata.get("event_type"):
        raise Refused("invalid_metadata_schema")
    return metadata
