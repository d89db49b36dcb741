"""The playground's clock: ahead of the real one, and told to the bot through a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from zoneinfo import ZoneInfo

from .local_slack import LocalSlack

THURSDAY = 3
SATURDAY = 5


def next_thursday_1130(now: datetime) -> datetime:
    return _next_at(now, time_of_day(11, 30), lambda day: day.weekday() == THURSDAY)


def next_working_day_10(now: datetime) -> datetime:
    """10:00 on the next weekday after today."""
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time_of_day(0), now.tzinfo)
    return _next_at(tomorrow, time_of_day(10), lambda day: day.weekday() < SATURDAY)


MOVES: dict[str, Callable[[datetime], datetime]] = {
    "hour": lambda now: _later(now, timedelta(hours=1)),
    "day": lambda now: now + timedelta(days=1),
    "thursday": next_thursday_1130,
    "working-day": next_working_day_10,
}
"""What the buttons do, given the local time of whoever presses them; days keep the wall time."""


class Clock:
    """Moves the workspace and the bot together; `file` holds the offset in seconds."""

    def __init__(self, slack: LocalSlack, file: Path) -> None:
        self._slack = slack
        self._file = file
        self._write()

    def move(self, name: str, zone: str) -> None:
        """Go to the moment that `MOVES[name]` names in this IANA zone."""
        now = datetime.fromtimestamp(self._slack.workspace.now(), ZoneInfo(zone))
        then = MOVES[name](now)
        self._slack.advance((then.astimezone(UTC) - now.astimezone(UTC)).total_seconds())
        self._write()

    def _write(self) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{self._slack.workspace.offset_s:.3f}\n", encoding="utf-8")
        fresh.replace(self._file)


def _later(now: datetime, step: timedelta) -> datetime:
    return (now.astimezone(UTC) + step).astimezone(now.tzinfo)


def _next_at(now: datetime, at: time_of_day, suits: Callable[[datetime], bool]) -> datetime:
    then = datetime.combine(now.date(), at, now.tzinfo)
    while then <= now or not suits(then):
        then += timedelta(days=1)
    return then
