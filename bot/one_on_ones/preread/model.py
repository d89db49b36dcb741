"""What a pre-read is made of: the facts, and sentences that each name theirs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from bot.journal.model import Entry, Mark
from bot.ladder.model import Competency, Ladder
from bot.people.model import Person
from bot.slack.member import Member

PRE_READ = "pre-read"
MOST = 25
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Promise:
    """An open action item of either side; the days are on the calendar of whoever made it."""

    id: str
    owner: Member
    text: str
    made_on: date
    due_on: date | None = None

    def age(self, today: date) -> int:
        """Days since it was made; none for one that an eastern calendar made tomorrow."""
        return max(0, (today - self.made_on).days)

    def is_overdue(self, today: date) -> bool:
        """True from the day after the due day."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Facts:
    """All that a pre-read may speak of, and nothing that is not the engineer's own.

    `since` (UTC) is the last one-on-one, `since_day` its day and `today` a day on the engineer's
    calendar. `fresh` marks every example that happened after that day or came in since; `recent`
    are the latest of them, opened; `marks` are all of the last twelve months. `earlier` are the
    few older ones that the recency mirror quotes, opened. `focus` holds competency ids of today.
    """

    person: Person
    ladder: Ladder
    today: date
    since: datetime
    since_day: date
    meeting: datetime | None = None
    partner: Member | None = None
    expected: tuple[Competency, ...] = ()
    focus: tuple[str, ...] = ()
    fresh: tuple[Mark, ...] = ()
    recent: tuple[Entry, ...] = ()
    marks: tuple[Mark, ...] = ()
    earlier: tuple[Entry, ...] = ()
    promises: tuple[Promise, ...] = ()

    @property
    def recent_total(self) -> int:
        """How many examples there are since the last one-on-one."""
        return len(self.fresh)

    @cached_property
    def known(self) -> tuple[Mark, ...]:
        """Every mark of the last twelve months or since then, each once, the latest day first."""
        every = {each.entry_id: each for each in (*self.marks, *self.fresh)}
        return tuple(sorted(every.values(), key=lambda each: each.happened_on, reverse=True))

    @cached_property
    def under(self) -> dict[str, tuple[Mark, ...]]:
        """The known marks by the id under which they count today, the latest day first."""
        found: dict[str, list[Mark]] = {}
        now = {each: self.counts_as(each) for each in {m.competency_id for m in self.known}}
        for mark in self.known:
            found.setdefault(now[mark.competency_id], []).append(mark)
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def fresh_under(self) -> frozenset[str]:
        """The competencies of today that have an example since the last one-on-one."""
        return frozenset(map(self.counts_as, {mark.competency_id for mark in self.fresh}))

    def counts_as(self, competency_id: str) -> str:
        """The id under which something logged under that id counts today."""
        current = self.ladder.current(competency_id)
        return current.id if current else competency_id

    def last_day(self, competency_id: str) -> date | None:
        """The day of the latest known example under a competency of today, if there is one."""
        marks = self.under.get(competency_id)
        return marks[0].happened_on if marks else None


class PreReadNotFound(Exception):
    """There is no such pre-read, or it is somebody else's: both look the same."""


class Part(StrEnum):
    """The parts of a pre-read, in the order in which they are read."""

    OPENING = "opening"
    RECOGNISING = "recognising"
    EXAMPLES = "examples"
    QUIET = "quiet"
    PROMISES = "promises"
    QUESTIONS = "questions"
    MIRROR = "mirror"


class Kind(StrEnum):
    """What a sentence can be taken from."""

    EXAMPLE = "example"
    PROMISE = "promise"
    STATEMENT = "statement"
    COMPETENCY = "competency"
    MEETING = "meeting"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that a sentence is taken from; a count names every id that it counts."""

    kind: Kind
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of mrkdwn, escaped, with all that it is taken from."""

    part: Part
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A pre-read: its sentences in order, and the examples that it would offer to share."""

    facts: Facts
    sentences: tuple[Sentence, ...] = field(default=())

    def of(self, part: Part) -> tuple[str, ...]:
        """The lines of one part."""
        return tuple(each.text for each in self.sentences if each.part is part)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The examples that it is about; its Share button offers all of them."""
        return self.facts.recent


def example(*ids: str) -> Source:
    """An example that is quoted."""
    return Source(Kind.EXAMPLE, ids)


def count(marks: Iterable[Mark]) -> Source:
    """A number of examples, by the ids of all of them."""
    return Source(Kind.COUNT, tuple(each.entry_id for each in marks))


def competency(each: Competency) -> Source:
    """A competency that is named."""
    return Source(Kind.COMPETENCY, (each.id,))


def shown_in(sentences: Sequence[Sentence]) -> frozenset[str]:
    """The ids of the examples that some sentences quote."""
    quoted = (s for each in sentences for s in each.sources if s.kind is Kind.EXAMPLE)
    return frozenset(each for source in quoted for each in source.ids)
