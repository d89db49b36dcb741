"""An entry: something a person did, in their own words, under one competency."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from bot.journal.thin import follow_up
from bot.ladder.model import Statement
from bot.slack.member import Member

ENTRY_IDS = uuid.UUID("6f6a7df5-9d0c-5c1b-8d6c-0b7f0b0a7a11")
EASTERNMOST = timedelta(hours=14)
TEXT_CHARS = 3000
LINK_CHARS = 2000
SENTENCE_ENDS = (".", "!", "?", "…", ":", ")", "。")
LINKS = 5
PAGE = 10


class Source(StrEnum):
    """The way an entry came in."""

    COMMAND = "command"
    SHORTCUT = "shortcut"
    NUDGE = "nudge"
    BUTTON = "button"
    REACTION = "reaction"
    MESSAGE = "message"
    GLOBAL = "global"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form holds; `happened_on` is a day on the author's own calendar.

    `link` holds one web address a line; `quote` is what somebody else said, kept knowingly.
    """

    competency_id: str
    text: str
    link: str
    happened_on: date
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a level expected in a competency, in the ladder's own words of that day.

    Track, level and statements are empty where no level said anything.
    """

    competency_id: str
    competency: str
    track_id: str = ""
    level_id: str = ""
    statements: tuple[Statement, ...] = ()

    @property
    def id(self) -> str:
        """Made from the content, so that one row serves every entry made under these words."""
        content = [self.competency_id, self.competency, self.track_id, self.level_id]
        said = [[each.id, each.text] for each in self.statements]
        return hashlib.sha256(json.dumps([content, said]).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Pin:
    """The ladder as it stood when the entry was made; track and level empty when not placed.

    `wording_id` and `competency`, the name of that day, are empty for what was logged before
    wordings were kept; `statement` is the one that a nudge quoted, as it was.
    """

    ladder_version: str
    track_id: str = ""
    level_id: str = ""
    wording_id: str = ""
    competency: str = ""
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A saved draft; only `owner` reads it until they share it. Instants are UTC.

    `asked_at` once the one follow-up question was put.
    """

    id: str
    owner: Member
    competency_id: str
    text: str
    link: str
    happened_on: date
    source: Source
    pin: Pin
    created_at: datetime
    updated_at: datetime
    quote: str = ""
    asked_at: datetime | None = None

    @property
    def question(self) -> str:
        """The one question that a thin entry raises until it is changed; empty for others."""
        fresh = self.asked_at is not None and self.updated_at == self.created_at
        return follow_up(self.text) if fresh else ""

    @property
    def stamp(self) -> str:
        """Names this state of the entry: a change gives it another."""
        return self.updated_at.astimezone(UTC).isoformat()

    @property
    def links(self) -> tuple[str, ...]:
        """The web addresses, in the order in which they were written."""
        return tuple(self.link.split())


@dataclass(frozen=True, slots=True)
class Intake:
    """An example on its way in; `deed` names what brought it, so that it comes in once.

    `written` is the draft that it was made of, `statement` what a nudge quoted from the ladder.
    """

    id: str
    owner: Member
    draft: Draft
    source: Source
    deed: str = ""
    written: str = ""
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """An example as it stood before an edit; `was.updated_at` is when it came to stand so."""

    id: str
    was: Entry
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """That there is an example, and nothing of what it says; `created_at` (UTC) is when it came."""

    entry_id: str
    competency_id: str
    happened_on: date
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How many examples somebody has of 90 days, and the day of the latest, by competency."""

    counts: Mapping[str, int]
    last_days: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which of one's own examples are wanted; what is empty or None sets no bound.

    `competency_id` is one of today, `since` the first day that counts, `shared` whether somebody
    can read it now.
    """

    words: str = ""
    competency_id: str = ""
    since: date | None = None
    shared: bool | None = None


@dataclass(frozen=True, slots=True)
class SharedWith:
    """One person who was shown an example, from `at` (UTC) on; not `live` once taken back."""

    reader: Member
    at: datetime
    live: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a person's examples; `number` counts from 0, `wordings` are by their id.

    `total` counts what was found, `kept` everything; `competencies` are those of today with an
    example at all, names by id. `unsearched` are older ones that a search left out.
    """

    entries: tuple[Entry, ...]
    number: int
    total: int
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    shared: Mapping[str, Sequence[SharedWith]] = field(default_factory=dict)
    kept: int = 0
    competencies: Mapping[str, str] = field(default_factory=dict)
    unsearched: int = 0

    @property
    def has_older(self) -> bool:
        """True when there is another page after this one."""
        return (self.number + 1) * PAGE < self.total


@dataclass(frozen=True, slots=True)
class Opened:
    """One example by itself, with all that its author is told of it."""

    entry: Entry
    wording: Wording | None
    versions: int
    shared: tuple[SharedWith, ...]


class Sharing(Protocol):
    """What the journal asks of sharing, which stands above it."""

    def shared_with(
        self, owner: Member, entry_ids: Sequence[str]
    ) -> Mapping[str, Sequence[SharedWith]]:
        """With whom each was shared, oldest first, ended ones too; ids never shared are absent."""

    def take_back(self, owner: Member, entry_id: str, now: datetime) -> None:
        """Ends every live grant on a page that holds the example; none is no error."""


class EntryNotFound(Exception):
    """There is no such entry, or it is somebody else's: both look the same."""


class EntryChanged(Exception):
    """The entry was changed after the thing that somebody wants to undo."""


class DraftRefused(Exception):
    """A draft cannot be saved yet: `problems` by field name, a sentence each."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__()
        self.problems = problems


def draft_problems(draft: Draft, now: datetime, competencies: frozenset[str]) -> dict[str, str]:
    """What has to be mended before the draft is saved, by field.

    A day counts as still to come only once it is so everywhere on Earth: people travel.
    """
    problems = {}
    if draft.competency_id not in competencies:
        problems["competency_id"] = "The ladder has no such competency. Please choose one."
    if not draft.text.strip():
        problems["text"] = "Write one sentence about what happened."
    elif len(draft.text) > TEXT_CHARS:
        problems["text"] = f"Please keep it under {TEXT_CHARS:,} characters."
    if len(draft.quote) > TEXT_CHARS:
        problems["quote"] = f"Please keep it under {TEXT_CHARS:,} characters."
    if problem := _link_problem(draft.link.split()):
        problems["link"] = problem
    if draft.happened_on > (now.astimezone(UTC) + EASTERNMOST).date():
        problems["happened_on"] = "That day is still to come. Choose today or an earlier day."
    elif draft.happened_on.year < 1970:
        problems["happened_on"] = "That day is too long ago. Choose a later one."
    return problems


def entry_from(owner: Member, source: str) -> str:
    """The id of the entry that comes from one form or one draft, whose id `source` is."""
    return uuid.uuid5(ENTRY_IDS, f"{owner.team_id} {owner.user_id} {source}").hex


def entry_of(intake: Intake, draft: Draft, pin: Pin, now: datetime) -> Entry:
    """The entry as it is saved; where it is thin, saving it is also when its author is asked."""
    return Entry(
        id=intake.id,
        owner=intake.owner,
        competency_id=draft.competency_id,
        text=draft.text,
        link=draft.link,
        happened_on=draft.happened_on,
        source=intake.source,
        pin=pin,
        created_at=now,
        updated_at=now,
        quote=draft.quote,
        asked_at=now if follow_up(draft.text) else None,
    )


def with_sentence(text: str, sentence: str) -> str:
    """The text with one more sentence at its end."""
    before = text.rstrip()
    return f"{before}{'' if before.endswith(SENTENCE_ENDS) else '.'} {sentence.strip()}"


def _link_problem(links: Sequence[str]) -> str:
    if len(links) > LINKS:
        return f"Please keep it to {LINKS} links."
    if all(map(_is_web_address, links)):
        return ""
    what = "Use a whole web address" if len(links) == 1 else "Use whole web addresses, one a line,"
    return f"{what} that start{'s' if len(links) == 1 else ''} with https:// or http://."


def _is_web_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    escaped = link.replace("&", "&amp;")
    clean = len(escaped) <= LINK_CHARS and not any(c.isspace() or c in '<>"' for c in link)
    return clean and parts.scheme in {"http", "https"} and bool(parts.hostname)
