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
    """Where a parcel stands; docs/delivery.md draws the ways between them.

    `sending` is committed before the wire is touched. `unknown` may have arrived or not, and
    `checking` is being looked up in Slack. One that was sent and is taken back is `closing` until
    other words stand in its place: `closed`, or `left` when Slack refuses that for good.
    """

    READY = "ready"
    CLAIMED = "claimed"
    SENDING = "sending"
    UNKNOWN = "unknown"
    CHECKING = "checking"
    SENT = "sent"
    EXPIRED = "expired"
    SUPPRESSED = "suppressed"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    CLOSING = "closing"
    CLOSED = "closed"
    LEFT = "left"


IN_DOUBT = frozenset({State.SENDING, State.UNKNOWN, State.CHECKING})
"""Perhaps on the wire, perhaps with the person: nobody can say yet."""

UNDER_WAY = (State.CLAIMED, State.SENDING, State.UNKNOWN, State.CHECKING, State.CLOSING)
"""Begun and not ended: what a round of the post office looks after even when nothing is due."""


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
class Claim:
    """A parcel in the hands of one process.

    `fence` grows with each claim, and each change of the row asks for it: whoever comes back from
    a long sleep finds that it is no longer theirs. `channel_id` is empty until it is known;
    `absences` counts the looks into Slack's history that did not find it, `looks` all of them.
    """

    parcel: Parcel
    fence: int
    channel_id: str = ""
    absences: int = 0
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
    """A parcel, and the message in Slack that it became."""

    parcel: Parcel
    channel_id: str
    message_ts: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what, in seconds of real time.

    `lease` has to outlive `guard` and the timeout of a call to Slack together, so that nobody
    posts any more when a lease is over. `settle` is how long a post may take to show in Slack's
    history, `recheck` the time between two looks.
    """

    lease: float = 120
    guard: float = 90
    settle: float = 120
    recheck: float = 60
    sends_per_minute: float = 600


@dataclass(frozen=True, slots=True)
class Queue:
    """What a workspace's post office holds at one moment.

    `waiting` counts by state what has not ended, `due` what should be gone by the bot's clock, the
    oldest since `oldest_due`. `unconfirmed` is all that ever ended in doubt. `alive_at` is when a
    bot last looked, by its own clock; `paused_until` is real time.
    """

    waiting: Mapping[State, int]
    due: int
    oldest_due: datetime | None
    unconfirmed: int
    paused_until: datetime | None
    pause_reason: str
    alive_at: datetime | None
