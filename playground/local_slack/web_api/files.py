"""files.*: the three steps of an upload, and removal (docs.slack.dev/messaging/working-with-files).

`channel_id` must be a conversation's id; a person's id is refused as invalid.
"""

from __future__ import annotations

import re
from typing import Any

from ..files import File, Shelf
from ..limits import problems
from ..limits_checks import fault
from ..model import BOT_USER_ID, Blocks, Channel, Json, Refused
from ..pictures import is_picture
from ..workspace import Workspace
from .arguments import Arguments
from .chat import destination

CONVERSATION = re.compile(r"[CGDZ][A-Z0-9]{8,}")
MOST_ALT_TEXT = 1_000
LARGEST_SNIPPET_BYTES = 1_000_000
MOST_CHANNELS = 100


class FileMethods:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def get_upload_url(self, _workspace: Workspace, args: Arguments) -> Json:
        name, size = args.required("filename"), args.required("length")
        if not size.isdecimal() or int(size) < 1:
            raise Refused("invalid_arguments", [fault("must be at least 1", "/length")])
        if len(args.optional("alt_txt") or "") > MOST_ALT_TEXT:
            raise Refused("alt_txt_too_large")
        if args.optional("snippet_type") and int(size) > LARGEST_SNIPPET_BYTES:
            raise Refused("snippet_too_large")
        file, url = self._shelf.announce(name, int(size), args.optional("alt_txt") or "")
        return {"upload_url": url, "file_id": file.id}

    def complete_upload(self, workspace: Workspace, args: Arguments) -> Json:
        """Share all files in one message per conversation; without one they stay private."""
        rooms = _rooms(workspace, args)
        blocks = _blocks(args)
        completed = self._completed(args)
        files = [self._shelf.payload(file) for file in completed]
        if rooms:
            workspace.pictures.update(file.id for file in completed if is_picture(file))
        for room in rooms:
            workspace.post(
                room,
                BOT_USER_ID,
                args.optional("initial_comment") or "",
                blocks,
                files=files,
                thread_ts=args.optional("thread_ts"),
            )
        return {"files": files}

    def delete(self, workspace: Workspace, args: Arguments) -> Json:
        """The file goes from every message; a message that was nothing else goes with it."""
        file = self._shelf.whole(args.required("file"))
        self._shelf.drop(file)
        workspace.forget_file(file.id)
        return {}

    def _completed(self, args: Arguments) -> list[File]:
        wanted: Any = args.parsed("files")
        if not isinstance(wanted, list) or not wanted:
            raise Refused("invalid_arguments", [fault("missing required field: files", "")])
        if not all(isinstance(one, dict) and one.get("id") for one in wanted):
            raise Refused("invalid_arguments", [fault("missing required field: id", "/files")])
        for one in wanted:
            self._shelf.uploaded(one["id"])
        return [self._shelf.complete(one["id"], one.get("title")) for one in wanted]


def _rooms(workspace: Workspace, args: Arguments) -> list[Channel]:
    only = args.optional("channel_id")
    if only and not CONVERSATION.fullmatch(only):
        problem = fault(f"must match pattern ^{CONVERSATION.pattern}$", "/channel_id")
        raise Refused("invalid_arguments", [problem])
    several = [one for one in (args.optional("channels") or "").split(",") if one]
    if len(several) > MOST_CHANNELS:
        raise Refused("channels_limit_exceeded")
    return [destination(workspace, wanted) for wanted in ([only] if only else several)]


def _blocks(args: Arguments) -> Blocks:
    if args.optional("initial_comment"):
        return []
    blocks: Blocks = args.parsed("blocks", "invalid_blocks") or []
    found = problems(blocks, "message")
    if found:
        raise Refused("invalid_blocks", found)
    return blocks
