"""What is said to Slack about a parcel, and what each end of a call means for it."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.model import Parcel, Posted, State
from bot.slack.answers import BROKEN, error_code
from bot.slack.blocks import Message
from bot.slack.client import REFUSALS
from bot.slack.turn import say

PERHAPS_DONE = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
)
"""Slack says of these that part of what was asked for may have happened."""
TOO_MANY = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
NOT_CHANGEABLE = frozenset({"cant_update_message", "edit_window_closed"})
METADATA_TYPE = "rung_parcel"
PAGE = 100
MOST_PAGES = 20
UNREACHABLE_SECONDS = 30
REFUSED_SECONDS = 60
RETRY_SECONDS = 1
LONGEST_PAUSE_SECONDS = 86_400.0
NO_SCOPE = "missing_scope"
FOUND = "found in the conversation"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why Slack did not answer as hoped, and how long to leave it alone.

    `passing` may be gone at the next try. `for_everybody` means that all replicas wait, not this
    process alone. `needs_operator` will not go away by itself.
    """

    reason: str
    passing: bool = True
    pause_seconds: float = 0
    for_everybody: bool = True
    needs_operator: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended; `look_again_after` are seconds of real time until Slack is asked."""

    state: State
    reason: str = ""
    trouble: Trouble | None = None
    columns: dict[str, Any] = field(default_factory=dict)
    look_again_after: float | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What Slack's history said about a parcel: its timestamp, or empty for not there."""

    ts: str = ""
    trouble: Trouble | None = None


def open_channel(client: WebClient, user_id: str) -> str | Outcome:
    """The id of the person's direct messages, without which a lost post could not be looked up."""
    try:
        answer = client.conversations_open(users=user_id)
        channel: str = (answer.get("channel") or {}).get("id") or ""
    except SlackApiError as error:
        trouble = _trouble(error)
        if trouble.passing or trouble.needs_operator:
            return again(trouble)
        return Outcome(State.FAILED, trouble.reason)
    except BROKEN as error:
        return again(_broken(error))
    return channel or Outcome(State.FAILED, "Slack gave no conversation")


def post(client: WebClient, channel: str, parcel: Parcel, message: Message) -> Outcome:
    """Posts once. Only an answer that says "not posted" makes the parcel ready again.

    The metadata carries the parcel's opaque id alone, since other apps can read it.
    """
    metadata = {"event_type": METADATA_TYPE, "event_payload": {"id": parcel.id}}
    try:
        answer = say(client, channel, message, metadata=metadata)
        ts = str(answer.get("ts") or "")
    except SlackApiError as error:
        return _refused(error)
    except Exception as error:
        trouble = _broken(error)
        return again(trouble) if trouble.pause_seconds else _in_doubt(trouble.reason)
    return sent(channel, ts) if ts else _in_doubt("the answer could not be read")


def again(trouble: Trouble) -> Outcome:
    """Nothing was posted; another try may go better, after a moment where nobody has to wait."""
    moment = None if trouble.pause_seconds else RETRY_SECONDS
    return Outcome(State.READY, trouble.reason, trouble, look_again_after=moment)


def sent(channel: str, ts: str, reason: str = "") -> Outcome:
    """It stands there."""
    return Outcome(State.SENT, reason, columns={"channel_id": channel, "message_ts": ts})


def find(client: WebClient, channel: str, parcel: Parcel) -> Sight:
    """Looks for the parcel's message in the conversation, from the newest back.

    It goes by no clock: Slack's timestamps need not agree with our time. Whatever is in doubt is
    much younger than the 2,000th message.
    """
    cursor = ""
    for _ in range(MOST_PAGES):
        try:
            answer = client.conversations_history(
                channel=channel, limit=PAGE, include_all_metadata=True, cursor=cursor or None
            )
            if ts := _ts_of(parcel, answer.get("messages") or []):
                return Sight(ts)
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        except SlackApiError as error:
            return Sight(trouble=_not_told(error))
        except BROKEN as error:
            return Sight(trouble=_broken(error))
        if not cursor:
            break
    return Sight()


def quiet_until(client: WebClient, users: list[str]) -> dict[str, tuple[float, float]] | Trouble:
    """When each person's next or present Do Not Disturb begins and ends, in Unix seconds."""
    try:
        if len(users) > 1 and (found := _quiet_team(client, users)) is not None:
            return found
        return {user: _quiet_times(client.dnd_info(user=user).data) for user in users}
    except SlackApiError as error:
        return _not_told(error)
    except BROKEN as error:
        return _broken(error)


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
        return _not_yet(_broken(error))
    return Outcome(State.CLOSED, "taken back")


def _quiet_team(client: WebClient, users: list[str]) -> dict[str, tuple[float, float]] | None:
    """In one call, or None where Slack does not know the method for several people."""
    try:
        answer = client.dnd_teamInfo(users=users)
    except SlackApiError as error:
        trouble = _trouble(error)
        if trouble.pause_seconds:
            raise
        return None
    people: Mapping[str, Any] = answer.get("users") or {}
    return {user: _quiet_times(people.get(user) or {}) for user in users}


def _quiet_times(said: Any) -> tuple[float, float]:
    if not isinstance(said, Mapping) or not said.get("dnd_enabled"):
        return 0, 0
    return float(said.get("next_dnd_start_ts") or 0), float(said.get("next_dnd_end_ts") or 0)


def _ts_of(parcel: Parcel, messages: list[dict[str, Any]]) -> str:
    for message in messages:
        metadata = message.get("metadata") or {}
        ours = metadata.get("event_type") == METADATA_TYPE
        if ours and (metadata.get("event_payload") or {}).get("id") == parcel.id:
            return str(message.get("ts") or "")
    return ""


def _deleted(client: WebClient, posted: Posted) -> Outcome:
    try:
        client.chat_delete(channel=posted.channel_id, ts=posted.message_ts)
    except SlackApiError as error:
        return _not_closed(error)
    except BROKEN as error:
        return _not_yet(_broken(error))
    return Outcome(State.CLOSED, "taken back, and deleted")


def _not_closed(error: SlackApiError) -> Outcome:
    if error_code(error) == "message_not_found":
        return Outcome(State.CLOSED, "it was gone already")
    trouble = _trouble(error)
    if trouble.passing or trouble.needs_operator:
        return _not_yet(trouble)
    return Outcome(State.LEFT, trouble.reason)


def _not_yet(trouble: Trouble) -> Outcome:
    return Outcome(State.CLOSING, trouble.reason, trouble)


def _refused(error: SlackApiError) -> Outcome:
    trouble = _trouble(error)
    if trouble.pause_seconds:
        return again(trouble)
    if trouble.passing:
        return _in_doubt(trouble.reason)
    return Outcome(State.FAILED, trouble.reason)


def _trouble(error: SlackApiError) -> Trouble:
    """Sorts what Slack refused: for a while, for the whole workspace, or for this call alone."""
    response = error.response
    code = error_code(error)
    if response.status_code == 429 or code in TOO_MANY:
        return Trouble("ratelimited", pause_seconds=_retry_after(response.headers))
    if response.status_code >= 500 or not code:
        return Trouble(f"Slack answered with status {response.status_code}")
    if code in REFUSALS:
        seconds = REFUSED_SECONDS
        return Trouble(code, passing=False, pause_seconds=seconds, needs_operator=True)
    return Trouble(code, passing=code in PERHAPS_DONE)


def _not_told(error: SlackApiError) -> Trouble:
    """Like `_trouble`; but an app that may not look may still send, so nobody waits for that."""
    trouble = _trouble(error)
    if trouble.reason == NO_SCOPE:
        return replace(trouble, passing=True, pause_seconds=0)
    return trouble


def _broken(error: Exception) -> Trouble:
    """A connection that was never made has carried nothing; any other may have."""
    reason = error.reason if isinstance(error, URLError) else None
    if isinstance(reason, ConnectionRefusedError | socket.gaierror):
        seconds = UNREACHABLE_SECONDS
        return Trouble("Slack cannot be reached", pause_seconds=seconds, for_everybody=False)
    return Trouble(f"the answer was lost ({type(error).__name__})")


def _in_doubt(reason: str) -> Outcome:
    return Outcome(State.UNKNOWN, reason)


def _retry_after(headers: Any) -> float:
    value = headers.get("Retry-After") or headers.get("retry-after") or "30"
    try:
        seconds = float(value[0] if isinstance(value, list) else value)
        return min(max(1.0, seconds), LONGEST_PAUSE_SECONDS)
    except ValueError:
        return 30.0
