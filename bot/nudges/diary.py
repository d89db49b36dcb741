"""When the next slots of a person are: their manners, their zone, holidays and one-on-ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.nudges.model import Schedule
from bot.nudges.patience import is_silent, stretch
from bot.nudges.when.country import country_of, public_holiday
from bot.nudges.when.manners import Cadence, Dropped, Manners, Outlook, Slot
from bot.nudges.when.outlook import Around, coming, standing
from bot.people.model import Person
from bot.storage.database import Transaction

Meetings = Callable[[Transaction, Person, datetime], datetime | None]

A_WEEK = timedelta(days=7)
AN_INSTANT = timedelta(microseconds=1)
SHORTEST_WINDOW = timedelta(minutes=30)
MOST_MISSED = 60


def no_meeting(_tx: Transaction, _person: Person, _moment: datetime) -> datetime | None:
    """Where nobody knows of one-on-ones."""
    return None


class Circumstances(NamedTuple):
    """All that decides about somebody's slots, but for one-on-ones; many share the same."""

    manners: Manners
    zone: ZoneInfo
    country: str
    last_asked: date | None
    stretch: int


class Diary:
    """Looks ahead for one person at a time; `ignored` is how many questions went unanswered."""

    def __init__(self) -> None:
        """Without one-on-ones, until somebody tells of them."""
        self.meetings: Meetings = no_meeting

    def ahead(
        self, tx: Transaction, schedule: Schedule, person: Person, ignored: int, after: datetime
    ) -> Outlook:
        """What comes strictly after that moment; nothing for somebody who is left alone."""
        if not person.active or is_silent(ignored):
            return Outlook(None)
        circumstances = _circumstances(schedule, person, ignored)
        if _goes_by_meetings(schedule):
            around = self._around(tx, circumstances, person)
            return coming(schedule.manners, around, after)
        return _coming(circumstances, after)

    def planned(
        self, tx: Transaction, schedule: Schedule, person: Person, ignored: int, now: datetime
    ) -> Schedule:
        """The schedule with its next due date, computed from the calendar; what is over is gone."""
        today = now.astimezone(person.tz).date()
        manners = schedule.manners
        if manners.skipped and manners.skipped < today:
            manners = replace(manners, skipped=None)
        if manners.again_on and manners.again_on < today - A_WEEK:
            manners = replace(manners, again_on=None)
        schedule = replace(schedule, manners=manners)
        slot = self.ahead(tx, schedule, person, ignored, now).slot
        return replace(schedule, due_at=slot.opens if slot else None)

    def due(
        self, tx: Transaction, schedule: Schedule, person: Person, ignored: int, now: datetime
    ) -> Slot | Dropped | None:
        """What has become of the latest slot since the due date."""
        circumstances, since = _circumstances(schedule, person, ignored), schedule.due_at or now
        if _goes_by_meetings(schedule):
            around = self._around(tx, circumstances, person)
            return standing(schedule.manners, around, since, now)
        return _standing(circumstances, since, now)

    def missed(
        self, tx: Transaction, schedule: Schedule, person: Person, ignored: int, now: datetime
    ) -> list[Slot]:
        """The slots since the due date whose windows are over, the latest 60 at most."""
        since = schedule.due_at or now
        if now < since + SHORTEST_WINDOW:
            return []
        found: list[Slot] = []
        after = since - AN_INSTANT
        while (slot := self.ahead(tx, schedule, person, ignored, after).slot) and slot.opens <= now:
            found.append(slot)
            after = slot.opens
        return [slot for slot in found if slot.closes <= now][-MOST_MISSED:]

    def _around(self, tx: Transaction, circumstances: Circumstances, person: Person) -> Around:
        around = _without_meetings(circumstances)
        return replace(around, next_meeting=lambda moment: self.meetings(tx, person, moment))


def _goes_by_meetings(schedule: Schedule) -> bool:
    return schedule.manners.rhythm.cadence is Cadence.BEFORE_ONE_ON_ONE


def _circumstances(schedule: Schedule, person: Person, ignored: int) -> Circumstances:
    country = schedule.manners.country
    if country is None:
        country = country_of(person.zone) or ""
    return Circumstances(
        schedule.manners, person.tz, country, schedule.last_asked, stretch(ignored)
    )


@lru_cache(maxsize=2048)
def _coming(circumstances: Circumstances, after: datetime) -> Outlook:
    return coming(circumstances.manners, _without_meetings(circumstances), after)


@lru_cache(maxsize=2048)
def _standing(
    circumstances: Circumstances, since: datetime, now: datetime
) -> Slot | Dropped | None:
    return standing(circumstances.manners, _without_meetings(circumstances), since, now)


def _without_meetings(circumstances: Circumstances) -> Around:
    country = circumstances.country
    return Around(
        zone=circumstances.zone,
        holiday=lambda day: public_holiday(country, day) if country else "",
        next_meeting=lambda _moment: None,
        last_asked=circumstances.last_asked,
        stretch=circumstances.stretch,
    )
