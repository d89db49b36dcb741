"""When somebody may be asked something else than a nudge, as one of the same unasked questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.nudges import store
from bot.nudges.model import Schedule, is_unwanted
from bot.nudges.when.country import country_of, public_holiday
from bot.nudges.when.manners import Manners, Slot
from bot.nudges.when.outlook import Around, coming, standing
from bot.people.model import zone_or_utc
from bot.slack.member import Member
from bot.storage.database import Transaction

TAKES_TURNS = 2

Talks = Callable[[Transaction, Member, datetime], datetime | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom something else is asked, in which IANA zone; `last` is when that was, on their calendar.

    `stretch` is by how much its own gap grows while it goes unanswered.
    """

    member: Member
    zone: str
    placed: bool
    last: date | None = None
    stretch: int = 1


class Turns:
    """Slots by each person's own manners, a week apart from every other unasked question.

    Whoever is asked nudges too gets the two in turn, so that neither crowds out the other.
    """

    def __init__(self, talks: Talks) -> None:
        """`talks(tx, member, moment)` is somebody's first one-on-one strictly after it, UTC."""
        self._talks = talks

    def next(self, tx: Transaction, asked: Asked, after: datetime) -> Slot | None:
        """The first slot that opens strictly after the moment and may be used."""
        schedule = _held(tx, asked.member)
        while slot := coming(_manners(schedule), self._own(tx, schedule, asked), after).slot:
            if self._is_free(tx, schedule, asked, slot):
                return slot
            after = slot.opens
        return None

    def now(self, tx: Transaction, asked: Asked, since: datetime, now: datetime) -> Slot | None:
        """The slot that opened since that moment, is not over, and may be used."""
        schedule = _held(tx, asked.member)
        slot = standing(_manners(schedule), self._own(tx, schedule, asked), since, now)
        free = isinstance(slot, Slot) and self._is_free(tx, schedule, asked, slot)
        return slot if isinstance(slot, Slot) and free else None

    def take(self, tx: Transaction, member: Member, day: date) -> None:
        """An unasked question is put to them on that day: no other one for a week."""
        store.save_schedule(tx, replace(_held(tx, member), last_asked=day))

    def is_wanted(self, tx: Transaction, member: Member, today: date) -> bool:
        """False on a day on which they want no questions."""
        schedule = store.schedule(tx, member)
        return schedule is None or not is_unwanted(schedule, today)

    def _is_free(self, tx: Transaction, schedule: Schedule, asked: Asked, slot: Slot) -> bool:
        """Whether every other unasked question is a week away."""
        around = replace(self._own(tx, schedule, asked), last_asked=schedule.last_asked, stretch=1)
        return isinstance(standing(_manners(schedule), around, slot.opens, slot.opens), Slot)

    def _own(self, tx: Transaction, schedule: Schedule, asked: Asked) -> Around:
        country = schedule.manners.country
        if country is None:
            country = country_of(asked.zone) or ""
        return Around(
            zone=zone_or_utc(asked.zone),
            holiday=lambda day: public_holiday(country, day) if country else "",
            next_meeting=lambda moment: self._talks(tx, asked.member, moment),
            last_asked=asked.last,
            stretch=asked.stretch * (TAKES_TURNS if asked.placed else 1),
        )


def _held(tx: Transaction, member: Member) -> Schedule:
    """Locked until the commit: no nudge is planned for them meanwhile."""
    return store.schedule(tx, member, lock=True) or Schedule(member)


def _manners(schedule: Schedule) -> Manners:
    """A nudge was put off to a day, nothing else was."""
    return replace(schedule.manners, again_on=None)
