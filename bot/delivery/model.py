"""A parcel: one message that is to reach one person in its window, or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.slack.member import Member

PARCEL_IDS = uuid.UUID("c1a3f4de-3b0e-5a5f-9f0e-2d5b7c9e4a01")


class State(StrEnum):
    """Where a parcel stands; only `ready` ones are ever put on the wire.

    One that is taken back while it is sent is `recalled`, one that was sent is `closing` until
    other words stand in its place: `closed`, or `left` when Slack refuses that for good.
    """

    READY = "ready"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    EXPIRED = "expired"
    SUPPRESSED = "suppressed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CHECKING = "checking"
    UNCONFIRMED = "unconfirmed"
    RECALLED = "recalled"
    CLOSING = "closing"
    CLOSED = "closed"
    LEFT = "left"


class StillSending(Exception):
    """A message about somebody is on its way to somebody else at this moment."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What to send: `kind` names the renderer, `subject` what it renders; times are UTC.

    `key` names the occurrence (person, kind, local date), so planning it twice is one parcel.
    """

    recipient: Member
    kind: str
    key: str
    subject: str
    not_before: datetime
    expires_at: datetime

    @property
    def id(self) -> str:
        """Derived from the key: a restored backup plans the same ids again."""
        return uuid.uuid5(PARCEL_IDS, f"{self.recipient.team_id} {self.key}").hex


@dataclass(frozen=True, slots=True)
class Queue:
    """What a workspace's post office holds at one moment."""

    waiting: Mapping[State, int]
    """Parcels not ended yet, by state."""
    due: int
    """Ready or claimed, and their time has come by the bot's clock."""
    oldest_due: datetime | None
    """When the oldest of them was to be sent; UTC, by the bot's clock."""
    unconfirmed: int
    """Ended in doubt, ever."""
    paused_until: datetime | None
    """Real time in UTC; None when not paused."""
    pause_reason: str
    """Slack's code, such as `ratelimited` or `invalid_auth`."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A parcel, and the message in Slack that it became."""

    parcel: Parcel
    channel_id: str
    message_ts: str
