"""The first half of a listener: from its answer to what Slack gets at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, BoltResponse
from slack_sdk import WebClient

from bot.slack.blocks import Message, View, message, notice
from bot.slack.ready import Ready, ready
from bot.slack.turn import Turn

KEPT_OPEN = "form.kept_open"
_IS_JSON: dict[str, str | Sequence[str]] = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Errors:
    """Sentences below the fields of a form that need another look, by block id."""

    by_field: dict[str, str]


Answer = Callable[[Turn], Message | Ready]
FormAnswer = Callable[[Turn], View | Errors | None]


def message_ack(at_once: Answer | None) -> Callable[..., BoltResponse]:
    """For a command: its answer, or nothing yet."""

    def run(ack: Ack, body: dict[str, Any], client: WebClient) -> BoltResponse:
        return sent(at_once(Turn(body, client))) if at_once else ack()

    return run


def sent(answer: Message | Ready) -> BoltResponse:
    """A message in the very reply that Slack waits for."""
    written = answer if isinstance(answer, Ready) else ready(answer)
    return BoltResponse(status=200, body=written.body, headers=_IS_JSON)


def form_ack(at_once: FormAnswer) -> Callable[..., None]:
    """For a modal: it closes, stays open with its errors, or makes way for a view.

    The payload is marked while it is not taken, for the second half of the listener to see.
    """

    def run(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        body[KEPT_OPEN] = True
        answer = at_once(Turn(body, client))
        if not isinstance(answer, Errors):
            del body[KEPT_OPEN]
        if answer is None:
            ack()
        elif isinstance(answer, Errors):
            ack(response_action="errors", errors=answer.by_field)
        else:
            ack(response_action="update", view=answer)

    return run


def plain_ack(ack: Ack) -> None:
    """Slack learns that it arrived; the answer comes later."""
    ack()


def error_ack(body: dict[str, Any], sentence: str) -> BoltResponse:
    """When the first half failed: the sentence, in the form or for the person alone."""
    if body.get("type") == "view_submission":
        return _json(_form_error(body, sentence))
    return _json({"response_type": "ephemeral", **message(sentence)})


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body), headers=_IS_JSON)


def _form_error(body: dict[str, Any], sentence: str) -> dict[str, Any]:
    """Keeps the form open with all that was written in it, the sentence below its first field."""
    blocks = body["view"].get("blocks") or []
    first = next((b["block_id"] for b in blocks if b.get("type") == "input"), None)
    if first is None:
        return {"response_action": "update", "view": notice("Rung", sentence)}
    return {"response_action": "errors", "errors": {first: sentence}}
