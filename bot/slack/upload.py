"""Files into somebody's direct messages with the bot, and out of Slack again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.slack.answers import error_code
from bot.slack.member import Member

LOOKED_AT = 50
GONE = {"file_not_found", "file_deleted"}


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way to Slack; `alt_text` says what a picture shows, in plain text.

    Slack takes 1,000 characters of it: docs.slack.dev, files.getUploadURLExternal.
    """

    name: str
    content: bytes
    title: str
    alt_text: str = ""


class UploadBroken(Exception):
    """Slack gave an address for the bytes, and then did not take them."""


def send(client: WebClient, member: Member, files: Sequence[Upload], words: str) -> list[str]:
    """Uploads all in one message with escaped `words`; returns Slack's ids of the files.

    Raises SlackApiError or UploadBroken; then none of them is shown.
    """
    uploads: list[dict[str, Any]] = [
        {
            "filename": file.name,
            "title": file.title,
            "content": file.content,
            "alt_txt": file.alt_text or None,
        }
        for file in files
    ]
    try:
        answer = client.files_upload_v2(
            file_uploads=uploads, channel=_room(client, member), initial_comment=words
        )
    except SlackRequestError:
        raise UploadBroken from None  # its own message quotes Slack's answer
    return [str(file["id"]) for file in answer["files"]]


def remove(client: WebClient, member: Member, file_ids: Iterable[str], before: str) -> int:
    """Deletes those of the files that are in the person's own messages with the bot.

    `before` is the timestamp of the message with the button. Returns how many were deleted.
    """
    room = _room(client, member)
    history = client.conversations_history(
        channel=room, latest=before, inclusive=True, limit=LOOKED_AT
    )
    shown = {
        str(file["id"]) for message in history["messages"] for file in message.get("files") or []
    }
    return sum(_deleted(client, file_id) for file_id in file_ids if file_id in shown)


def _room(client: WebClient, member: Member) -> str:
    """An upload takes the conversation's own id, and not the person's."""
    return str(client.conversations_open(users=member.user_id)["channel"]["id"])


def _deleted(client: WebClient, file_id: str) -> bool:
    try:
        client.files_delete(file=file_id)
    except SlackApiError as error:
        if error_code(error) not in GONE:
            raise
        return False
    return True
