"""The pace of one workspace. Pure: times are real time in UTC, handed in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

BURST = timedelta(seconds=30)
"""So much of the budget may be spent at once: half of what a minute has."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What all replicas know of a workspace.

    `free_at` is when the budget would be whole again; see `spent`. `pause_reason` is Slack's code,
    kept after the pause until a message gets through, so that it is told once.
    """

    paused_until: datetime | None = None
    pause_reason: str = ""
    free_at: datetime | None = None

    def pauses(self, real: datetime) -> bool:
        """Whether Slack asked for silence that is not over."""
        return self.paused_until is not None and real < self.paused_until

    def allows(self, real: datetime) -> bool:
        """Whether one more message may go now: no pause, and budget left."""
        return not self.pauses(real) and (self.free_at is None or self.free_at - real <= BURST)

    def spent(self, real: datetime, per_minute: float) -> Pace:
        """After one message: a leaky bucket that is kept as one instant."""
        start = max(self.free_at or real, real)
        return replace(self, free_at=start + timedelta(seconds=60 / per_minute))

    def paused(self, until: datetime, reason: str) -> Pace:
        """After Slack asked for a pause; an earlier one that lasts longer stays."""
        latest = max(self.paused_until or until, until)
        return replace(self, paused_until=latest, pause_reason=reason)
