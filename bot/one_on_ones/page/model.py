"""What stands on the page of a pair: agenda, promises, talks, and each side's own note. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.one_on_ones.notes.model import Note as Note
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.talks.model import Talk as Talk
from bot.one_on_ones.talks.model import talk_id as talk_id
from bot.slack.member import Member

TEXT_MOST = 3000
REASON_MOST = 300
AGENDA_MOST = 50
PROMISES_MOST = 50
AGENDA_FULL = f"The agenda holds {AGENDA_MOST} things. Tick or remove one first."
PROMISES_FULL = f"There are {PROMISES_MOST} open promises. Close one first."
IDS = uuid.UUID("5d0a8c52-7a55-5b6f-93a4-6f0d6a8c1b14")


class State(StrEnum):
    """How a promise stands; carried over from talk to talk while it is open."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something to talk about; carried over until somebody ticks it as discussed.

    `talk_id` is the talk in which it was; None until that talk is over. Instants in UTC.
    """

    id: str
    pair_id: str
    author: Member
    text: str
    added_at: datetime
    talk_id: str | None = None
    discussed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A promise of one side, whoever wrote it down.

    `made_in` and `closed_in` are the talks in which it was made and closed; None until the next
    one is over. `reason` says why it was dropped. Instants in UTC.
    """

    id: str
    pair_id: str
    owner: Member
    author: Member
    text: str
    due_on: date | None
    made_at: datetime
    made_in: str | None = None
    state: State = State.OPEN
    reason: str = ""
    closed_at: datetime | None = None
    closed_by: Member | None = None
    closed_in: str | None = None

    @property
    def is_open(self) -> bool:
        """True until it is done, or dropped with a reason."""
        return self.state is State.OPEN

    def reason_alone(self) -> ActionItem:
        """For whoever dropped it and may not read the promise any more."""
        return replace(self, text="", due_on=None)


@dataclass(frozen=True, slots=True)
class Page:
    """What one side sees now: `note` is their own, `last` the talk under way, or the latest held.

    `agenda` is what is to be talked about, `discussed` what was ticked and waits for its talk to
    be over. `promises` are the open ones of both sides. All of them the oldest first.
    """

    pair: Pair
    agenda: tuple[AgendaItem, ...]
    discussed: tuple[AgendaItem, ...]
    promises: tuple[ActionItem, ...]
    last: Talk | None
    note: Note | None


@dataclass(frozen=True, slots=True)
class Past:
    """One talk that was held: what was discussed, promised, and kept or dropped."""

    talk: Talk
    agenda: tuple[AgendaItem, ...]
    made: tuple[ActionItem, ...]
    closed: tuple[ActionItem, ...]


class PageNotFound(Exception):
    """No such page, talk or line, or not this person's to see or change: all look the same."""


class PageFull(Exception):
    """There is no room for more; the text is a sentence that says what to do."""


class TextRefused(Exception):
    """Nothing was written, or too much; the text is a sentence that says so."""


class ClosedMeanwhile(Exception):
    """The promise was done or dropped before, maybe by the other side."""


class AgreedInIt(Exception):
    """What was agreed in the talk is written down, so nobody can say that there was none."""


class AgreedMeanwhile(Exception):
    """The other side changed what was agreed since the form was opened."""


def sides(pair: Pair) -> tuple[Member, ...]:
    """Who can owe something: the engineer, and the partner once both confirmed."""
    return (pair.engineer, pair.partner) if pair.is_shared and pair.partner else (pair.engineer,)


def worded(text: str, most: int = TEXT_MOST) -> str:
    """The text without space around it; raises TextRefused."""
    words = text.strip()
    if not words:
        raise TextRefused("Please write a few words.")
    if len(words) > most:
        raise TextRefused(f"That is {len(words):,} characters; {most:,} fit. Please shorten it.")
    return words


def past(talk: Talk, agenda: Sequence[AgendaItem], promises: Sequence[ActionItem]) -> Past:
    """The talk with those of the lines that belong to it."""
    return Past(
        talk,
        tuple(item for item in agenda if item.talk_id == talk.id),
        tuple(item for item in promises if item.made_in == talk.id),
        tuple(item for item in promises if item.closed_in == talk.id),
    )


def own(item: AgendaItem, member: Member) -> AgendaItem:
    """The line, for the one who wrote it; raises PageNotFound for anybody else."""
    if item.author != member:
        raise PageNotFound
    return item


def new_id(deed: str) -> str:
    """The id of the line that a deed makes, so that a repeated deed names the same."""
    return (uuid.uuid5(IDS, deed) if deed else uuid.uuid4()).hex
