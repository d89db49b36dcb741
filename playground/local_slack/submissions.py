"""What a modal does with the bot's answer to its submission."""

from __future__ import annotations

import json
from typing import Any

from .limits import view_problems
from .limits_checks import fault
from .model import Json, Refused, View
from .pictures import unknown_pictures
from .workspace import Workspace


def apply_answer(workspace: Workspace, view: View, body: str) -> None:
    """Close, complain, change, stack or clear; raises Refused for an answer Slack cannot read."""
    said = _read(body)
    match said.get("response_action"):
        case None if not said:
            workspace.close_view(view)
        case "clear":
            workspace.close_view(view, whole_stack=True)
        case "errors":
            view.errors = _errors(view, said)
            workspace.touch()
        case "update":
            workspace.replace_view(view, _view(workspace, said))
        case "push":
            workspace.open_view(view.user, _view(workspace, said), on_top=True)
        case other:
            raise Refused("invalid_response_action", [fault(f"unknown: {other}", "")])


def _read(body: str) -> Json:
    if not body.strip():
        return {}
    try:
        said: Any = json.loads(body)
    except ValueError:
        raise Refused("invalid_ack_body", [fault("must be empty or JSON", "")]) from None
    if not isinstance(said, dict):
        raise Refused("invalid_ack_body", [fault("must provide an object", "")])
    return said


def _errors(view: View, said: Json) -> dict[str, str]:
    errors = said.get("errors")
    if not isinstance(errors, dict) or not errors:
        raise Refused("invalid_ack_body", [fault("missing required field: errors", "")])
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    strangers = [f"/errors/{block_id}" for block_id in errors if block_id not in inputs]
    if strangers:
        problems = [fault("no input block has this block_id", path) for path in strangers]
        raise Refused("invalid_ack_body", problems)
    return {block_id: str(sentence) for block_id, sentence in errors.items()}


def _view(workspace: Workspace, said: Json) -> Json:
    body: Json = said.get("view") or {}
    found = view_problems(body) or unknown_pictures(workspace, body, "/view")
    if found or body["type"] != "modal":
        raise Refused("invalid_view", found)
    return body
