"""The front door to nudges: plan what is due, take answers, change one's own schedule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.journal.journal import Journal
from bot.ladder.model import Ladder, Statement
from bot.nudges import store
from bot.nudges.cadence import (
    Rhythm,
    instant,
    latest_slot,
    next_working_day,
    slot_after,
    window_end,
)
from bot.nudges.model import KIND, Answer, Nudge, NudgeNotFound, Schedule
from bot.nudges.topics import Evidence, Topic, choose, cue
from bot.people.model import Person
from bot.people.people import People
from bot.people.standing import expectation_of, expected_of
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.slack.text import clean
from bot.storage.database import Database, Transaction

BATCH = 200
REMEMBERED = 3


class Nudges:
    """At most one question for a person and a day, in their own time, about one competency."""

    def __init__(
        self,
        database: Database,
        post_office: PostOffice,
        people: People,
        journal: Journal,
        ladder: Callable[[], Ladder],
        team_id: str,
    ) -> None:
        """`team_id` is the workspace whose people this bot asks."""
        self._database = database
        self._post_office = post_office
        self._people = people
        self._journal = journal
        self._ladder = ladder
        self._team_id = team_id

    def keep_up(self, tx: Transaction, person: Person, now: datetime) -> None:
        """Plans for somebody who was placed or moved zone; the default schedule at first."""
        schedule = store.schedule(tx, person.member) or Schedule(person.member)
        store.save_schedule(tx, _planned(schedule, person, now))

    def plan_due(self, now: datetime) -> int:
        """Turns every due date up to `now` into a parcel, or drops it when its window is over."""
        planned = 0
        while True:
            with self._database.read() as tx:
                members = store.due(tx, self._team_id, now, BATCH)
            planned += sum(self._plan(member, now) for member in members)
            if len(members) < BATCH:
                return planned

    def find(self, nudge_id: str) -> tuple[Nudge, Person] | None:
        """For the post office: the nudge with its person; None when it need not be sent."""
        with self._database.read() as tx:
            nudge = store.by_id(tx, self._team_id, nudge_id)
        person = nudge and self._people.find(nudge.member)
        if nudge is None or not person or not person.active or nudge.answer is not Answer.NONE:
            return None
        return nudge, person

    def quoted(self, member: Member, nudge_id: str, competency_id: str) -> Statement | None:
        """The statement that the nudge put before this person, if it was about that competency."""
        with self._database.read() as tx:
            nudge = store.nudge(tx, member, nudge_id)
        about = self._ladder().current(competency_id)
        same = nudge and about and about.id == _now(self._ladder(), nudge)
        return nudge.cue if nudge and same and nudge.cue and nudge.cue.id else None

    def schedule(self, member: Member) -> Schedule:
        """The person's schedule; the default, with nothing due, for somebody not placed."""
        with self._database.read() as tx:
            return store.schedule(tx, member) or Schedule(member)

    def change(self, member: Member, rhythm: Rhythm, now: datetime) -> Schedule:
        """Sets when the person is asked; raises NotPlaced."""
        person = self._people.get(member)
        with self._database.write() as tx:
            before = store.schedule(tx, member) or Schedule(member)
            after = _planned(replace(before, rhythm=rhythm, again_on=None), person, now)
            store.save_schedule(tx, after)
        return after

    def answer(self, member: Member, nudge_id: str, said: Answer, now: datetime) -> Nudge:
        """Records an answer; "later" asks again on the next working day.

        Raises NudgeNotFound for a nudge that was put to somebody else.
        """
        person = self._people.get(member)
        with self._database.write() as tx:
            nudge = store.nudge(tx, member, nudge_id)
            if nudge is None:
                raise NudgeNotFound
            if nudge.answer is Answer.LOGGED:
                return nudge
            store.answer(tx, member, nudge_id, said, now)
            if said is Answer.LATER:
                self._put_off(tx, person, now)
        return replace(nudge, answer=said)

    def records_of(self, member: Member) -> Sequence[Section]:
        """When the person is asked, and every question that they were asked."""
        with self._database.read() as tx:
            return store.records_of(tx, member)

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes all of it within the transaction."""
        store.erase(tx, member)

    def _put_off(self, tx: Transaction, person: Person, now: datetime) -> None:
        schedule = store.schedule(tx, person.member) or Schedule(person.member)
        again = next_working_day(now.astimezone(person.tz).date())
        store.save_schedule(tx, _planned(replace(schedule, again_on=again), person, now))

    def _plan(self, member: Member, now: datetime) -> bool:
        person = self._people.find(member)
        with self._database.write() as tx:
            schedule = store.schedule(tx, member)
            if schedule is None or schedule.due_at is None or schedule.due_at > now:
                return False
            if person is None or not person.active:
                store.save_schedule(tx, replace(schedule, due_at=None))
                return False
            slot = _open_slot(schedule, person, now)
            asked = slot is not None and self._ask(tx, schedule, person, slot)
            after = replace(schedule, introduced=schedule.introduced or asked)
            store.save_schedule(tx, _planned(after, person, now))
        return asked

    def _ask(self, tx: Transaction, schedule: Schedule, person: Person, slot: datetime) -> bool:
        day = slot.astimezone(person.tz).date()
        topic = self._topic(tx, person, day)
        if topic is None:
            return False
        parcel = Parcel(
            recipient=person.member,
            kind=KIND,
            key=f"{person.member.user_id}|{KIND}|{day.isoformat()}",
            subject="",
            not_before=slot,
            expires_at=window_end(slot, person.tz),
        )
        nudge = Nudge(
            id=parcel.id,
            member=person.member,
            competency_id=topic.competency_id,
            local_date=day,
            asked_at=slot,
            days_since=topic.days_since,
            first=not schedule.introduced,
            cue=self._cue(person, topic.competency_id, day),
        )
        store.insert_nudge(tx, nudge)
        return self._post_office.accept(tx, replace(parcel, subject=nudge.id))

    def _cue(self, person: Person, competency_id: str, day: date) -> Statement | None:
        expectation = expectation_of(person, self._ladder(), competency_id)
        found = cue(expectation, day) if expectation else None
        return found and replace(found, text=clean(found.text))

    def _topic(self, tx: Transaction, person: Person, day: date) -> Topic | None:
        ladder = self._ladder()
        earlier = store.latest(tx, person.member, REMEMBERED)
        evidence = Evidence(*self._journal.evidence(tx, person.member, day))
        asked = [_now(ladder, nudge) for nudge in earlier]
        if earlier and earlier[0].answer is Answer.LATER and ladder.competency(asked[0]):
            return choose([asked[0]], evidence, [], day)
        expected = [c.id for c in expected_of(person, ladder)]
        return choose(expected, evidence, asked, day)


def _now(ladder: Ladder, nudge: Nudge) -> str:
    """The id under which what the nudge asked about goes today."""
    current = ladder.current(nudge.competency_id)
    return current.id if current else nudge.competency_id


def _open_slot(schedule: Schedule, person: Person, now: datetime) -> datetime | None:
    """The latest slot that has come and is not over yet."""
    slots = [latest_slot(schedule.rhythm, person.tz, now), _again(schedule, person)]
    come = [slot for slot in slots if slot is not None and slot <= now]
    latest = max(come, default=None)
    return latest if latest and now < window_end(latest, person.tz) else None


def _again(schedule: Schedule, person: Person) -> datetime | None:
    if schedule.again_on is None:
        return None
    return instant(schedule.again_on, schedule.rhythm.at, person.tz)


def _planned(schedule: Schedule, person: Person, now: datetime) -> Schedule:
    """The schedule with its next due date, computed from the calendar."""
    again = _again(schedule, person)
    if again is None or again <= now:
        again = None
        schedule = replace(schedule, again_on=None)
    regular = slot_after(schedule.rhythm, person.tz, now)
    due = min((slot for slot in (again, regular) if slot), default=None)
    return replace(schedule, due_at=due if person.active and regular else None)
