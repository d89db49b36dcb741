"""The bot's clock: real time, or in the playground real time and an offset from a file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.logs import happened

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def wall() -> datetime:
    """Real time, in UTC."""
    return datetime.now(UTC)


def clock_of(file: Path | None) -> Clock:
    """The bot's clock: real time unless a file moves it."""
    return moved_by(file) if file else wall


def moved_by(file: Path) -> Clock:
    """Real time plus the seconds that the file holds now; plain real time while it holds none."""
    log.warning(happened("moved", by=str(file), text="This is for the playground only."))

    def now() -> datetime:
        try:
            return wall() + timedelta(seconds=float(file.read_text(encoding="ascii") or 0))
        except (OSError, ValueError, OverflowError):
            return wall()

    return now
