"""A nudge, what came of it, and each person's own schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.ladder.model import Statement
from bot.nudges.cadence import DEFAULT, Rhythm
from bot.slack.member import Member

KIND = "nudge"


class Answer(StrEnum):
    """What the person said to a nudge."""

    NONE = ""
    LOGGED = "logged"
    NOTHING = "nothing"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When somebody is asked; `due_at` is the row's due date in UTC, None when off.

    `again_on` is a day to which the person put a nudge off.
    """

    member: Member
    rhythm: Rhythm = DEFAULT
    due_at: datetime | None = None
    again_on: date | None = None
    introduced: bool = False


@dataclass(frozen=True, slots=True)
class Nudge:
    """One question about one competency, on one day of the person's own calendar.

    `cue` is the sentence of the ladder that it quotes; one that is only an example has no id.
    """

    id: str
    member: Member
    competency_id: str
    local_date: date
    asked_at: datetime
    days_since: int | None = None
    first: bool = False
    answer: Answer = Answer.NONE
    cue: Statement | None = None


class NudgeNotFound(Exception):
    """There is no such nudge, or it was put to somebody else: both look the same."""
