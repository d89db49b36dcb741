"""A one-on-one, its pre-read, and the frozen page that an engineer shared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from bot.journal.carried import competency_now
from bot.journal.model import Entry
from bot.ladder.model import Competency, Ladder
from bot.one_on_ones.rhythm import Rhythm
from bot.slack.member import Member

PRE_READ = "pre-read"
SHARED = "share"
MOST = 25


@dataclass(frozen=True, slots=True)
class OneOnOne:
    """An engineer's regular talk with their manager; `pre_read_due_at` in UTC."""

    engineer: Member
    rhythm: Rhythm
    pre_read_due_at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """The examples of one competency, the latest first."""

    competency: Competency
    entries: tuple[Entry, ...]


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


@dataclass(frozen=True, slots=True)
class Item:
    """One example as it was on the day it was shared."""

    competency: str
    text: str
    link: str
    day: str


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
        """Tells whether what is shared is what the preview showed."""
        seen = f"{self.reader.user_id} {self.as_json()}"
        return hashlib.sha256(seen.encode()).hexdigest()[:16]


class NothingToShare(Exception):
    """Every example was left out, or is gone."""


class NoManager(Exception):
    """There is no confirmed manager with whom to share."""


class PreviewOutdated(Exception):
    """An example changed after the preview was shown; nothing was shared."""


def items_from_json(text: str) -> tuple[Item, ...]:
    """What `Snapshot.as_json` wrote."""
    return tuple(Item(**fields) for fields in json.loads(text))


def grouped(
    ladder: Ladder, entries: Sequence[Entry], expected: Sequence[Competency]
) -> tuple[tuple[Group, ...], tuple[Competency, ...]]:
    """Examples by competency of today in the expected order, and those expected without any."""
    named = {c.id: c for c in expected}
    by_id: dict[str, list[Entry]] = {c.id: [] for c in expected}
    for entry in entries:
        competency = competency_now(ladder, entry)
        named.setdefault(competency.id, competency)
        by_id.setdefault(competency.id, []).append(entry)
    groups = tuple(Group(named[key], tuple(found)) for key, found in by_id.items() if found)
    return groups, tuple(c for c in expected if not by_id[c.id])


def as_items(groups: Sequence[Group], included: frozenset[str]) -> tuple[Item, ...]:
    """The included entries as they are now, in the order of the pre-read."""
    return tuple(
        Item(group.competency.label, entry.text, entry.link, entry.happened_on.isoformat())
        for group in groups
        for entry in group.entries
        if entry.id in included
    )
