"""What is asked of a history: of which pair, of which days, and what goes into a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.one_on_ones.page.model import Page, Past
from bot.sharing.model import Item
from bot.slack.member import Member

NameOf = Callable[[Member], str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Days on the reader's own calendar, both included; None sets no bound.

    `with_note` takes the reader's own private note along.
    """

    pair_id: str
    since: date | None = None
    until: date | None = None
    with_note: bool = False

    @property
    def is_everything(self) -> bool:
        """True without a bound: the page as it stands belongs to it."""
        return self.since is None and self.until is None

    def holds(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Whether the moment is on one of those days, in the reader's zone."""
        day = moment.astimezone(zone).date()
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class SharedPage:
    """What the engineer shared with the partner, and the partner may still read; UTC."""

    shared_at: datetime
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """All that goes into one document, as one side may see it; everything oldest first."""

    reader: Member
    page: Page
    pasts: tuple[Past, ...]
    shared: tuple[SharedPage, ...]
    wanted: Wanted
    zone: ZoneInfo
    made_at: datetime


class EmptyPeriod(Exception):
    """The last day is before the first one."""
