"""Two or three questions worth asking, each with the reason for it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from bot.ladder.model import Competency, Statement
from bot.nudges.topics import cue
from bot.one_on_ones.preread.choosing import by_age
from bot.one_on_ones.preread.model import Facts, Promise
from bot.people.standing import expectation_of

COVERED = timedelta(days=90)
STALE = timedelta(days=28)
MOST = 3
LEAST = 2
RIPE_DAYS = 7


class Reason(StrEnum):
    """Why a question is worth asking; in the order in which they are looked for."""

    PROMISE = "promise"
    FOCUS = "focus"
    COVERAGE = "coverage"
    STALENESS = "staleness"


@dataclass(frozen=True, slots=True)
class Question:
    """About a promise, or about a competency; `statement` is what the ladder says of it."""

    reason: Reason
    promise: Promise | None = None
    competency: Competency | None = None
    statement: Statement | None = None

    @property
    def about(self) -> str:
        """The id of what it asks about."""
        if self.promise:
            return self.promise.id
        return self.competency.id if self.competency else ""


def questions(facts: Facts) -> tuple[Question, ...]:
    """Three, one for each reason; a second for the same reason only where there would be one.

    What was promised comes first: it is the one thing that the other side can answer at once. No
    two are about the same competency.
    """
    waiting = [look(facts) for look in _LOOKS]
    chosen: list[Question] = []
    for found in waiting:
        chosen += islice((each for each in found if _is_new(each, chosen)), 1)
    for found in (*waiting, _anything(facts)):
        more = (each for each in found if _is_new(each, chosen))
        chosen += islice(more, max(0, LEAST - len(chosen)))
    return tuple(chosen[:MOST])


def _is_new(question: Question, chosen: list[Question]) -> bool:
    about = question.competency
    return about is None or all(each.competency != about for each in chosen)


def _promises(facts: Facts) -> Iterator[Question]:
    """What is overdue first, then the oldest; what was promised this week may still take time."""
    today = facts.today
    ripe = [each for each in by_age(facts.promises) if _is_ripe(each, today)]
    for promise in sorted(ripe, key=lambda each: not each.is_overdue(today)):
        yield Question(Reason.PROMISE, promise=promise)


def _focus(facts: Facts) -> Iterator[Question]:
    """What the person chose to work at, another one each week where there are several."""
    chosen = [each for each in facts.expected if each.id in facts.focus]
    yield from (_about(Reason.FOCUS, each, facts) for each in _turned(chosen, facts.today))


def _coverage(facts: Facts) -> Iterator[Question]:
    """What is expected and has nothing in 90 days: the time that the questions of a week look at.

    Another one each week, so that none of them is left out for good.
    """
    bare = [each for each in facts.expected if not _has_since(each, facts)]
    yield from (_about(Reason.COVERAGE, each, facts) for each in _turned(bare, facts.today))


def _staleness(facts: Facts) -> Iterator[Question]:
    """What has an example of 90 days and none of the last 28, the longest ago first."""
    fresh = facts.today - STALE
    return (each for each in _anything(facts) if _last(each, facts) <= fresh)


def _anything(facts: Facts) -> Iterator[Question]:
    """The same with whatever has an example, for where everything is as fresh as can be."""
    held = [each for each in facts.expected if _has_since(each, facts)]
    asked = [_about(Reason.STALENESS, each, facts) for each in held]
    yield from sorted(asked, key=lambda each: _last(each, facts))


def _last(question: Question, facts: Facts) -> date:
    about = question.competency
    return (about and facts.last_day(about.id)) or date.min


_LOOKS: tuple[Callable[[Facts], Iterator[Question]], ...]
_LOOKS = (_promises, _focus, _coverage, _staleness)


def _is_ripe(promise: Promise, today: date) -> bool:
    return promise.is_overdue(today) or promise.age(today) >= RIPE_DAYS


def _has_since(competency: Competency, facts: Facts) -> bool:
    last = facts.last_day(competency.id)
    return last is not None and last > facts.today - COVERED


def _about(reason: Reason, competency: Competency, facts: Facts) -> Question:
    """With the ladder's own words where there is no example to look at, others each week."""
    expected = expectation_of(facts.person, facts.ladder, competency.id)
    said = cue(expected, facts.today) if expected else None
    bare = reason is Reason.COVERAGE
    return Question(reason, competency=competency, statement=said if bare else None)


def _turned(found: list[Competency], today: date) -> list[Competency]:
    start = today.toordinal() // 7 % len(found) if found else 0
    return [*found[start:], *found[:start]]
