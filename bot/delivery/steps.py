"""The named moments in the life of a parcel, for those who want to stop a process at one."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """In the order in which they come; each is passed after what it names has happened."""

    BATCH_CLAIMED = "batch_claimed"
    CHANNEL_OPENED = "channel_opened"
    CHANNEL_STORED = "channel_stored"
    LOOKED_FIRST = "looked_first"
    RENDERED = "rendered"
    SENDING_COMMITTED = "sending_committed"
    GUARD_PASSED = "guard_passed"
    POSTED = "posted"
    SETTLED = "settled"
    DOUBT_COMMITTED = "doubt_committed"
    CHECK_CLAIMED = "check_claimed"
    HISTORY_READ = "history_read"
    CHECK_COMMITTED = "check_committed"


AtStep = Callable[[Step], None]


def pass_by(_step: Step) -> None:
    """What a bot in service does at each of them: nothing."""
