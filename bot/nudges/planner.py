"""From due dates to parcels: many people in one transaction, and nobody holds up the others."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.journal.journal import Journal
from bot.journal.model import Tally
from bot.ladder.model import Ladder
from bot.logs import happened, raised
from bot.nudges import store
from bot.nudges.asking import NOTHING_YET, Known, asked_about, next_topic
from bot.nudges.diary import Diary
from bot.nudges.model import KIND, NO_WISHES, Nudge, Schedule
from bot.nudges.patience import asks_how_often, ignored, is_silent
from bot.nudges.when.manners import Slot
from bot.people.model import Person
from bot.people.people import People
from bot.slack.member import Member
from bot.storage.database import Database, Transaction

log = logging.getLogger(__name__)

BATCH = 500
TROUBLED = timedelta(days=1)
MISSED = "the bot did not run in its window"


@dataclass(slots=True)
class Plan:
    """What one transaction is to write."""

    schedules: list[Schedule] = field(default_factory=list)
    nudges: list[Nudge] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)
    missed: list[Parcel] = field(default_factory=list)
    postponed: list[Member] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Case:
    """One person who may be asked in `slot`, with their nudges, the newest first."""

    schedule: Schedule
    person: Person
    nudges: Sequence[Nudge]
    ignored: int
    slot: Slot


class Planner:
    """Plans what is due; what it plans is written in one transaction with the due dates."""

    def __init__(
        self,
        database: Database,
        post_office: PostOffice,
        people: People,
        journal: Journal,
        ladder: Callable[[], Ladder],
        diary: Diary,
        spread_seconds: int,
    ) -> None:
        """People are asked up to `spread_seconds` after their slot opens, each always as late."""
        self._database = database
        self._post_office = post_office
        self._people = people
        self._journal = journal
        self._ladder = ladder
        self._diary = diary
        self._spread = spread_seconds

    def plan_due(self, team_id: str, now: datetime) -> int:
        """Turns every due date up to `now` into a parcel, or drops it when its window is over."""
        with self._database.read() as tx:
            waiting = store.is_anything_due(tx, team_id, now)
        planned = 0
        while waiting:
            with self._database.write() as tx:
                found = store.due(tx, team_id, now, BATCH)
                planned += self._write(tx, self._planned(tx, team_id, found, now), now)
            waiting = len(found) == BATCH
        return planned

    def _planned(
        self, tx: Transaction, team_id: str, found: Sequence[store.Due], now: datetime
    ) -> Plan:
        plan = Plan()
        ids = [each.member.user_id for each in found]
        people = self._people.among(tx, team_id, ids)
        nudges = store.latest(tx, team_id, ids)
        cases = []
        for each in found:
            user_id = each.member.user_id
            with _by_itself(each.member, plan):
                person, earlier = people.get(user_id), nudges.get(user_id, ())
                cases += self._cases(tx, plan, store.read(each), person, earlier, now)
        tallies, wishes = self._tallies(tx, team_id, cases), store.wishes_of(tx, team_id, ids)
        for case in cases:
            member = case.person.member
            with _by_itself(member, plan):
                known = Known(
                    case.person,
                    case.nudges,
                    wishes.get(member.user_id, NO_WISHES),
                    tallies.get(member.user_id, NOTHING_YET),
                )
                self._ask(tx, plan, case, known, now)
        return plan

    def _cases(
        self,
        tx: Transaction,
        plan: Plan,
        schedule: Schedule,
        person: Person | None,
        nudges: Sequence[Nudge],
        now: datetime,
    ) -> list[Case]:
        """Whoever may be asked now; for everybody else the plan says how it goes on."""
        unanswered = ignored(nudges, schedule.heard_at)
        if person is None or not person.active or is_silent(unanswered):
            plan.schedules.append(replace(schedule, due_at=None))
            return []
        found = self._diary.due(tx, schedule, person, unanswered, now)
        if not (isinstance(found, Slot) and found.opens == schedule.due_at):
            missed = self._diary.missed(tx, schedule, person, unanswered, now)
            plan.missed += [parcel_for(person.member, slot, slot.opens) for slot in missed]
        if isinstance(found, Slot):
            return [Case(schedule, person, nudges, unanswered, found)]
        plan.schedules.append(self._diary.planned(tx, schedule, person, unanswered, now))
        return []

    def _tallies(self, tx: Transaction, team_id: str, cases: Sequence[Case]) -> dict[str, Tally]:
        """What each has written, counted back from the day on which they are asked."""
        by_day: dict[date, list[str]] = {}
        for case in cases:
            by_day.setdefault(case.slot.day, []).append(case.person.member.user_id)
        found: dict[str, Tally] = {}
        for day, ids in by_day.items():
            found |= self._journal.evidence(tx, team_id, ids, day)
        return found

    def _ask(self, tx: Transaction, plan: Plan, case: Case, known: Known, now: datetime) -> None:
        schedule, slot, member = case.schedule, case.slot, case.person.member
        parcel = parcel_for(member, slot, slot.opens + self._delay(member, slot))
        nudge = self._nudge(case, known, parcel.id)
        if nudge:
            put_off = _has_come(schedule.manners.again_on, slot)
            schedule = schedule if put_off else replace(schedule, last_asked=slot.day)
        if _has_come(schedule.manners.again_on, slot):
            schedule = replace(schedule, manners=replace(schedule.manners, again_on=None))
        after = self._diary.planned(tx, schedule, case.person, case.ignored, now)
        plan.schedules.append(after)
        if nudge:
            plan.nudges.append(nudge)
            plan.parcels.append(replace(parcel, subject=nudge.id))

    def _nudge(self, case: Case, known: Known, nudge_id: str) -> Nudge | None:
        """The question; None where the level expects nothing, or all of it is set aside."""
        slot, schedule = case.slot, case.schedule
        blank = Nudge(
            id=nudge_id,
            member=case.person.member,
            competency_id="",
            local_date=slot.day,
            asked_at=slot.opens,
            first=not schedule.introduced,
        )
        if asks_how_often(case.ignored):
            return blank
        ladder = self._ladder()
        chosen = next_topic(known, ladder, slot.day)
        return asked_about(blank, chosen, known, ladder) if chosen else None

    def _delay(self, member: Member, slot: Slot) -> timedelta:
        """The same for a person each time, and never more than half of the window."""
        name = f"{member.team_id} {member.user_id}".encode()
        number = int.from_bytes(hashlib.sha256(name).digest()[:4])
        seconds = number % self._spread if self._spread else 0
        return min(timedelta(seconds=seconds), (slot.closes - slot.opens) / 2)

    def _write(self, tx: Transaction, plan: Plan, now: datetime) -> int:
        store.save_planned(tx, plan.schedules)
        store.insert_nudges(tx, plan.nudges)
        for member in plan.postponed:
            store.postpone(tx, member, now + TROUBLED)
        for parcel in plan.missed:
            self._post_office.miss(tx, parcel, MISSED)
        return self._post_office.accept_many(tx, plan.parcels)


def parcel_for(member: Member, slot: Slot, not_before: datetime) -> Parcel:
    """The occurrence goes by the day on the person's own calendar, never by an instant."""
    return Parcel(
        recipient=member,
        kind=KIND,
        key=f"{member.user_id}|{KIND}|{slot.day.isoformat()}",
        subject="",
        not_before=not_before,
        expires_at=slot.closes,
    )


def _has_come(again_on: date | None, slot: Slot) -> bool:
    """Whether it is the slot to which they put a nudge off: that day, or the next that serves."""
    return again_on is not None and again_on <= slot.day


@contextmanager
def _by_itself(member: Member, plan: Plan) -> Iterator[None]:
    """Whatever is wrong with one person is told in the log, and waits a day."""
    try:
        yield
    except Exception as error:
        log.error(happened("not_planned", **raised(error)))
        plan.postponed.append(member)
