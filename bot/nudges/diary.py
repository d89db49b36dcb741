"""When the next slots of a person are: their manners, their zone, holidays and one-on-ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.nudges.model import Schedule
from bot.nudges.patience import is_silent, stretch
from bot.nudges.when.country import country_of, public_holiday
from bot.nudges.when.manners import Dropped, Outlook, Slot
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
        return coming(schedule.manners, self._around(tx, schedule, person, ignored), after)

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
        around = self._around(tx, schedule, person, ignored)
        return standing(schedule.manners, around, schedule.due_at or now, now)

    def missed(
        self, tx: Transaction, schedule: Schedule, person: Person, ignored: int, now: datetime
    ) -> list[Slot]:
        """The slots since the due date whose windows are over, the latest 60 at most."""
        since = schedule.due_at or now
        if now < since + SHORTEST_WINDOW:
            return []
        around = self._around(tx, schedule, person, ignored)
        found: list[Slot] = []
        after = since - AN_INSTANT
        while (slot := coming(schedule.manners, around, after).slot) and slot.opens <= now:
            found.append(slot)
            after = slot.opens
        return [slot for slot in found if slot.closes <= now][-MOST_MISSED:]

    def _around(self, tx: Transaction, schedule: Schedule, person: Person, ignored: int) -> Around:
        country = schedule.manners.country
        if country is None:
            country = country_of(person.zone)

        def holiday(day: date) -> str:
            return public_holiday(country, day) if country else ""

        return Around(
            zone=person.tz,
            holiday=holiday,
            next_meeting=lambda moment: self.meetings(tx, person, moment),
            last_asked=schedule.last_asked,
            stretch=stretch(ignored),
        )
