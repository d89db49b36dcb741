"""A page of examples for one named reader: frozen when it is shared, open until it is taken back.

Only people whom the table of `bot/privacy/policy.py` lets read can be named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.journal.grouping import Group
from bot.journal.model import Entry
from bot.privacy.policy import Actor, Grant, Subject, Ties
from bot.slack.member import Member

SHARED = "share"
MOST = 50  # their ids have to fit into what a modal remembers, 3,000 characters


class Part(StrEnum):
    """What a possible reader is to the owner."""

    MANAGER = "manager"
    IMPORTED = "imported"
    SKIP_LEVEL = "skip-level"
    LEAD = "lead"
    FORMER = "former"


class How(StrEnum):
    """What happened to a page; a line of its log."""

    SHARED = "shared"
    DELIVERED = "delivered"
    OPENED = "opened"
    MARKED = "marked as read"
    ENDED = "ended"


class Why(StrEnum):
    """Why a grant ended."""

    TAKEN_BACK = "taken back"
    MANAGER_CHANGED = "manager changed"
    NO_MORE_ONE_ON_ONES = "no one-on-ones"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may be named as reader; `until` (UTC) is when a former manager stopped."""

    member: Member
    part: Part
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the owner chose. An empty `reader` is the manager of that moment."""

    ids: tuple[str, ...]
    reader: str = ""
    quotes: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One example as it was on the day it was shared; `day` is its ISO date."""

    competency: str
    text: str
    link: str
    day: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The page for one named reader; it never changes after it was shared."""

    owner: Member
    reader: Member
    items: tuple[Item, ...]

    def as_json(self) -> str:
        """The items, for keeping; who wrote and who reads stand in the row."""
        return json.dumps([asdict(item) for item in self.items], ensure_ascii=False)

    @property
    def digest(self) -> str:
        """Names this very page for this very reader."""
        seen = f"{self.reader.user_id} {self.as_json()}"
        return hashlib.sha256(seen.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Sketch:
    """A page that is not shared yet: its examples in their order on it, and who would read it.

    `cut` is how many of the chosen ones it has no room for.
    """

    snapshot: Snapshot
    reader: Reader
    entries: tuple[Entry, ...]
    cut: int = 0

    @property
    def digest(self) -> str:
        """Tells whether sharing does what the preview said: this page, and whom it confirms."""
        confirms = "confirms" if self.reader.part is Part.IMPORTED else ""
        return f"{self.snapshot.digest}{confirms}"


@dataclass(frozen=True, slots=True)
class Share:
    """A grant on a frozen page; instants in UTC."""

    id: str
    owner: Member
    reader: Member
    shared_at: datetime
    ended_at: datetime | None = None
    why: Why | None = None

    def subject(self, ties: Ties) -> Subject:
        """For the policy, with the managers around the owner at that moment."""
        return Subject(self.owner, ties, Grant(self.reader, self.shared_at, self.ended_at))


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of a page's log; `at` in UTC."""

    share_id: str
    owner: Member
    reader: Member
    how: How
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A share with all that its owner may know of it, the log oldest first.

    `open` tells whether the grant still stands, and still means its reader.
    """

    share: Share
    number: int
    log: tuple[Reading, ...]
    open: bool

    def when(self, how: How) -> tuple[datetime, ...]:
        """Every time that this happened."""
        return tuple(reading.at for reading in self.log if reading.how is how)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A share that has ended, and how far its messages had come by then.

    `unsent`: none was sent. `unsure`: Slack never confirmed one, so it may be there for good.
    """

    told: Told
    unsent: bool
    unsure: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the front door has to know of how a page is drawn."""

    fits: Callable[[Snapshot], bool]
    page_count: Callable[[Snapshot], int]


@dataclass(frozen=True, slots=True)
class Circle:
    """Who is who: what kind of account somebody has, and, in a transaction, who manages whom.

    `led_by` are the engineers whom somebody meets for one-on-ones: `ties`, the other way round.
    """

    actor: Callable[[Member], Actor]
    ties: Callable[[Any, Member], Ties]
    led_by: Callable[[Any, Member], Collection[Member]]


class NothingToShare(Exception):
    """Every example was left out, or is gone."""


class NoReader(Exception):
    """There is nobody who could be named as reader, or not the one who was named."""


class PreviewOutdated(Exception):
    """An example changed after the preview was shown; nothing was shared."""


class ShareNotFound(Exception):
    """There is no such page, or it is not this person's to see: both look the same."""


def items_from_json(text: str) -> tuple[Item, ...]:
    """What `Snapshot.as_json` wrote."""
    return tuple(Item(**fields) for fields in json.loads(text))


def as_items(groups: Sequence[Group], *, quotes: bool) -> tuple[Item, ...]:
    """The examples as they are now, in the order of the groups."""
    return tuple(
        Item(
            group.competency.label,
            entry.text,
            entry.link,
            entry.happened_on.isoformat(),
            entry.quote if quotes else "",
        )
        for group in groups
        for entry in group.entries
    )


def candidates(owner: Member, ties: Ties, imported: Member | None) -> list[Reader]:
    """Everybody around the owner who may be named, each once, the nearest part first.

    `imported` is a manager whom an import named and whom sharing would confirm.
    """
    former = sorted(ties.former.items(), key=lambda each: each[1], reverse=True)
    parts = [
        *([Reader(ties.manager, Part.MANAGER)] if ties.manager else []),
        *([Reader(imported, Part.IMPORTED)] if imported else []),
        *(Reader(lead, Part.LEAD) for lead in sorted(ties.leads)),
        *([Reader(ties.skip_level, Part.SKIP_LEVEL)] if ties.skip_level else []),
        *(Reader(member, Part.FORMER, until) for member, until in former),
    ]
    found: dict[Member, Reader] = {}
    for reader in parts:
        if reader.member != owner:
            found.setdefault(reader.member, reader)
    return list(found.values())
