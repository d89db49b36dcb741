"""A nudge, what came of it, each person's own schedule, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.ladder.model import Statement
from bot.nudges.when.manners import Cadence, Manners, Outlook
from bot.slack.member import Member

KIND = "nudge"
MOST_FOCUS = 3
DEFAULT = Manners()
NOTHING_COMES = Outlook(None)


class Answer(StrEnum):
    """What the person said to a nudge; `ALL_PASSED` is having looked at everything."""

    NONE = ""
    LOGGED = "logged"
    NOTHING = "nothing"
    LATER = "later"
    NOT_RELEVANT = "not_relevant"
    ALL_PASSED = "all_passed"
    CHOSE = "chose"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When somebody is asked; `due_at` is when the next slot opens in UTC, None when nothing comes.

    `last_asked` is the local day of the last question that they had not put off to that day.
    `heard_at` is when they last answered, or changed something about their nudges.
    """

    member: Member
    manners: Manners = DEFAULT
    due_at: datetime | None = None
    last_asked: date | None = None
    heard_at: datetime | None = None
    introduced: bool = False

    @property
    def is_off(self) -> bool:
        """True for somebody who wants no questions."""
        return self.manners.rhythm.cadence is Cadence.OFF


@dataclass(frozen=True, slots=True)
class Nudge:
    """One question about one competency, on one day of the person's own calendar.

    `cue` is the sentence of the ladder that it quotes; one that is only an example has no id.
    `passed` are the competencies that the same question was about before. Without a competency it
    asks how often to ask. `sent_at` is when it reached the person, in UTC.
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
    focused: bool = False
    passed: tuple[str, ...] = ()
    sent_at: datetime | None = None

    @property
    def about_preferences(self) -> bool:
        """Whether it asks how often to ask."""
        return not self.competency_id


@dataclass(frozen=True, slots=True)
class Wishes:
    """The competencies that somebody wants to be asked about, and those set aside until a day."""

    focus: frozenset[str] = frozenset()
    aside: Mapping[str, date] = field(default_factory=dict)

    def without_what_is_back(self, day: date) -> Wishes:
        """As they stand on that day."""
        return Wishes(
            self.focus, {each: until for each, until in self.aside.items() if until > day}
        )


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Coming:
    """What will happen next for one person, for that person alone.

    `about` is the name of the competency that would be asked about, as things stand, and `because`
    the reason in words. After `ignored` questions without an answer the bot asks less, then stops.
    """

    schedule: Schedule
    outlook: Outlook = NOTHING_COMES
    about: str = ""
    because: str = ""
    ignored: int = 0
    wishes: Wishes = NO_WISHES


class NudgeNotFound(Exception):
    """There is no such nudge, or it was put to somebody else: both look the same."""


def is_unwanted(schedule: Schedule, today: date) -> bool:
    """What the person decided between the planning and the sending counts."""
    manners = schedule.manners
    paused = manners.paused_until is not None and today < manners.paused_until
    away = any(each.first <= today <= each.last for each in manners.away)
    return schedule.is_off or paused or away or manners.skipped == today
