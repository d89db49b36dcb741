"""One attempt to post a message, and what its end means for the parcel."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.model import Parcel, Posted, State
from bot.slack.answers import BROKEN, error_code
from bot.slack.blocks import Message
from bot.slack.turn import say

WORKSPACE_ERRORS = frozenset(
    {
        "account_inactive",
        "accesslimited",
        "invalid_auth",
        "missing_scope",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
FOR_A_WHILE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
NOT_CHANGEABLE = frozenset({"cant_update_message", "edit_window_closed"})
METADATA_TYPE = "rung_parcel"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended; `pause_seconds` above 0 asks the whole workspace to wait."""

    state: State
    reason: str = ""
    pause_seconds: float = 0
    columns: dict[str, Any] = field(default_factory=dict)


def post(client: WebClient, parcel: Parcel, message: Message) -> Outcome:
    """Posts once. Only an answer that says "not posted" makes the parcel ready again.

    The metadata carries the parcel's opaque id alone, since other apps can read it.
    """
    metadata = {"event_type": METADATA_TYPE, "event_payload": {"id": parcel.id}}
    try:
        answer = say(client, parcel.recipient.user_id, message, metadata=metadata)
    except SlackApiError as error:
        return _refused(error)
    except URLError as error:
        return _unreachable(error)
    except Exception as error:
        return Outcome(State.UNCONFIRMED, f"the answer was lost ({type(error).__name__})")
    where = {"channel_id": answer.get("channel"), "message_ts": answer.get("ts")}
    return Outcome(State.SENT, columns=where)


def put_instead(client: WebClient, posted: Posted, message: Message) -> Outcome:
    """Puts other words where a message stands; doing it twice is harmless, so it may repeat.

    Where Slack does not let a message be changed any more, the message is deleted.
    """
    try:
        client.chat_update(channel=posted.channel_id, ts=posted.message_ts, **message)
    except SlackApiError as error:
        if error_code(error) in NOT_CHANGEABLE:
            return _deleted(client, posted)
        return _not_closed(error)
    except BROKEN as error:
        return _again(type(error).__name__)
    return Outcome(State.CLOSED, "taken back")


def _deleted(client: WebClient, posted: Posted) -> Outcome:
    try:
        client.chat_delete(channel=posted.channel_id, ts=posted.message_ts)
    except SlackApiError as error:
        return _not_closed(error)
    except BROKEN as error:
        return _again(type(error).__name__)
    return Outcome(State.CLOSED, "taken back, and deleted")


def _not_closed(error: SlackApiError) -> Outcome:
    code = error_code(error)
    if code == "message_not_found":
        return Outcome(State.CLOSED, "it was gone already")
    if code in FOR_A_WHILE:
        return _again(code)
    outcome = _refused(error)
    if outcome.state is State.FAILED:
        return Outcome(State.LEFT, outcome.reason)
    return _again(outcome.reason, outcome.pause_seconds)


def _again(reason: str, pause_seconds: float = 0) -> Outcome:
    return Outcome(State.CLOSING, reason, pause_seconds=pause_seconds or 30)


def _refused(error: SlackApiError) -> Outcome:
    response = error.response
    code = error_code(error)
    if response.status_code == 429 or code in {"ratelimited", "rate_limited"}:
        return Outcome(State.READY, "ratelimited", pause_seconds=_retry_after(response.headers))
    if response.status_code >= 500 or not code:
        return Outcome(State.UNCONFIRMED, f"Slack answered with status {response.status_code}")
    if code in WORKSPACE_ERRORS:
        return Outcome(State.READY, code, pause_seconds=60)
    return Outcome(State.FAILED, code)


def _retry_after(headers: Any) -> float:
    value = headers.get("Retry-After") or headers.get("retry-after") or "30"
    try:
        return max(1.0, float(value[0] if isinstance(value, list) else value))
    except ValueError:
        return 30.0


def _unreachable(error: URLError) -> Outcome:
    """A connection that was never made has carried nothing; any other may have."""
    never_connected = isinstance(error.reason, ConnectionRefusedError | socket.gaierror)
    if never_connected:
        return Outcome(State.READY, "Slack cannot be reached", pause_seconds=30)
    return Outcome(State.UNCONFIRMED, "the connection broke during the attempt")
