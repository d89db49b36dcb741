"""A pre-read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.journal.grouping import Group
from bot.journal.model import Entry
from bot.ladder.model import Competency

PRE_READ = "pre-read"
MOST = 25


@dataclass(frozen=True, slots=True)
class PreRead:
    """What an engineer reads before the talk, and nobody else; `since_day` is on their calendar."""

    since: datetime
    since_day: date
    meeting: datetime | None
    groups: tuple[Group, ...]
    quiet: tuple[Competency, ...]
    total: int

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every example of it."""
        return tuple(entry for group in self.groups for entry in group.entries)
