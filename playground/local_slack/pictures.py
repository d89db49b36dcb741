"""Pictures in blocks that are files of the workspace.

Slack takes `png`, `jpg`, `jpeg` and `gif` that were shared in a conversation, and refuses the
whole message or view for any other: https://docs.slack.dev/reference/block-kit/composition-objects/
slack-file-object, and slackapi/bolt-python#1251 for files that were shared nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .files import File
from .limits_checks import fault
from .workspace import Workspace

DRAWN = ("image/png", "image/jpeg", "image/gif")


def is_picture(file: File) -> bool:
    return file.mimetype in DRAWN


def unknown_pictures(workspace: Workspace, thing: Any, path: str) -> list[str]:
    """One sentence for each `slack_file` that cannot be shown."""
    return [
        fault("invalid slack file", where)
        for file_id, where in _slack_files(thing, path)
        if file_id not in workspace.pictures
    ]


def _slack_files(thing: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(thing, list):
        for index, item in enumerate(thing):
            yield from _slack_files(item, f"{path}/{index}")
    elif isinstance(thing, dict):
        for key, value in thing.items():
            if key == "slack_file" and isinstance(value, dict):
                yield str(value.get("id") or _id_in(value.get("url"))), f"{path}/{key}"
            else:
                yield from _slack_files(value, f"{path}/{key}")


def _id_in(url: Any) -> str:
    return str(url).rstrip("/").rpartition("/")[2]
