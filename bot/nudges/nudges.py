"""The front door to nudges: plan what is due, take answers, change one's own schedule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.journal.journal import Journal
from bot.ladder.model import Ladder, Statement
from bot.nudges import store
from bot.nudges.asking import NOTHING_YET, Known, asked_about, next_topic, other_topic
from bot.nudges.diary import Diary, Meetings
from bot.nudges.model import (
    MOST_FOCUS,
    Answer,
    Coming,
    Nudge,
    NudgeNotFound,
    Schedule,
    Wishes,
    is_unwanted,
)
from bot.nudges.patience import asks_how_often, ignored
from bot.nudges.planner import Planner
from bot.nudges.topics import Topic
from bot.nudges.when.calendar import next_working_day
from bot.nudges.when.manners import Cadence, Manners
from bot.nudges.wording import HOW_OFTEN, because
from bot.people.model import Person
from bot.people.people import People
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.database import Database, Transaction
from bot.storage.once import first_time

HALF_A_YEAR = 6


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
        spread_seconds: int,
    ) -> None:
        """`team_id` is the workspace whose people this bot asks, each within `spread_seconds`."""
        self._database = database
        self._people = people
        self._journal = journal
        self._ladder = ladder
        self._team_id = team_id
        self._diary = Diary()
        self._planner = Planner(
            database, post_office, people, journal, ladder, self._diary, spread_seconds
        )

    def told_of_meetings(self, meetings: Meetings) -> None:
        """`meetings(tx, person, moment)` is the first one-on-one strictly after the moment."""
        self._diary.meetings = meetings

    def plan_due(self, now: datetime) -> int:
        """Turns every due date up to `now` into a parcel, or drops it when its window is over."""
        return self._planner.plan_due(self._team_id, now)

    def keep_up(self, tx: Transaction, person: Person, now: datetime) -> None:
        """Plans for somebody who was placed or moved zone; the default schedule at first.

        What is due at this moment is left to `plan_due`.
        """
        schedule = store.schedule(tx, person.member, lock=True) or Schedule(person.member)
        if person.active and schedule.due_at and schedule.due_at <= now:
            return
        store.save_schedule(tx, self._planned(tx, schedule, person, now))

    def meeting_changed(self, tx: Transaction, member: Member, now: datetime) -> None:
        """A one-on-one was set up, moved or ended: who is asked before it is asked at its time."""
        schedule = store.schedule(tx, member, lock=True)
        person = self._person(tx, member)
        if schedule and person and _goes_by_meetings(schedule):
            store.save_schedule(tx, self._planned(tx, schedule, person, now))

    def find(self, nudge_id: str, now: datetime) -> Nudge | None:
        """For the post office: the nudge; None when it is not to be sent any more."""
        with self._database.read() as tx:
            nudge = store.by_id(tx, self._team_id, nudge_id)
            person = self._person(tx, nudge.member) if nudge else None
            schedule = store.schedule(tx, nudge.member) if nudge else None
        if nudge is None or person is None or schedule is None or nudge.answer is not Answer.NONE:
            return None
        today = now.astimezone(person.tz).date()
        return None if not person.active or is_unwanted(schedule, today) else nudge

    def is_at_work(self, member: Member, now: datetime) -> bool:
        """Whether it is one of the person's working hours where they are; raises NotPlaced."""
        wall = now.astimezone(self._people.get(member).tz)
        manners = self.schedule(member).manners
        opens, closes = manners.hours
        return wall.weekday() in manners.days and opens <= wall.time() < closes

    def arrived(self, tx: Transaction, parcel: Parcel, now: datetime) -> None:
        """The post office has sent one: only what reached somebody can go unanswered."""
        store.mark_sent(tx, parcel.recipient, parcel.subject, now)
        store.introduce(tx, parcel.recipient)

    def quoted(self, member: Member, nudge_id: str, competency_id: str) -> Statement | None:
        """The statement that the nudge put before this person, if it was about that competency."""
        with self._database.read() as tx:
            nudge = store.nudge(tx, member, nudge_id)
        about = self._ladder().current(competency_id)
        asked = nudge and self._ladder().current(nudge.competency_id)
        same = about and asked and about.id == asked.id
        return nudge.cue if nudge and same and nudge.cue and nudge.cue.id else None

    def get(self, member: Member, nudge_id: str) -> Nudge:
        """A nudge that was put to this person; raises NudgeNotFound."""
        with self._database.read() as tx:
            return self._get(tx, member, nudge_id)

    def schedule(self, member: Member) -> Schedule:
        """The person's schedule; the default, with nothing due, for somebody not placed."""
        with self._database.read() as tx:
            return store.schedule(tx, member) or Schedule(member)

    def coming(self, member: Member, now: datetime) -> Coming:
        """What happens next, for the person alone."""
        with self._database.read() as tx:
            schedule = store.schedule(tx, member) or Schedule(member)
            person = self._person(tx, member)
            if person is None:
                return Coming(schedule)
            known = self._known(tx, person, now)
            unanswered = ignored(known.nudges, schedule.heard_at)
            outlook = self._diary.ahead(tx, schedule, person, unanswered, now)
        today = now.astimezone(person.tz).date()
        coming = Coming(schedule, outlook, "", "", unanswered, known.wishes)
        if outlook.slot is None:
            return coming
        if asks_how_often(unanswered):
            return replace(coming, about=HOW_OFTEN)
        topic = next_topic(known, self._ladder(), outlook.slot.day)
        later = (outlook.slot.day - today).days
        return replace(coming, about=self._name(topic), because=because(topic, later))

    def change(self, member: Member, manners: Manners, now: datetime) -> Schedule:
        """Sets when the person is asked, and takes it as a sign of life; raises NotPlaced."""
        person = self._people.get(member)
        with self._database.write() as tx:
            before = store.schedule(tx, member, lock=True) or Schedule(member)
            manners = replace(manners, again_on=None)
            after = replace(before, manners=manners, heard_at=now)
            after = self._planned(tx, after, person, now)
            store.save_schedule(tx, after)
        return after

    def focus_on(self, member: Member, competency_ids: Collection[str], now: datetime) -> None:
        """The competencies, three at most, that the person wants to be asked about most."""
        with self._database.write() as tx:
            store.focus_on(tx, member, list(competency_ids)[:MOST_FOCUS])
            self._hear(tx, member, now)

    def bring_back(self, member: Member, competency_id: str, now: datetime) -> None:
        """What was set aside may be asked about again."""
        with self._database.write() as tx:
            store.bring_back(tx, member, competency_id)
            self._hear(tx, member, now)

    def answer(self, member: Member, nudge_id: str, said: Answer, now: datetime) -> Nudge:
        """Records an answer; "later" asks again on the next working day.

        An example stays the answer whatever else is pressed. Raises NotPlaced, and NudgeNotFound
        for a nudge that was put to somebody else.
        """
        self._people.get(member)
        with self._database.write() as tx:
            nudge = self._get(tx, member, nudge_id)
            if nudge.answer is Answer.LOGGED:
                return nudge
            store.answer(tx, member, nudge_id, said, now)
            self._hear(tx, member, now, put_off=said is Answer.LATER)
        return replace(nudge, answer=said)

    def something_else(
        self, member: Member, nudge_id: str, instead_of: str, now: datetime
    ) -> Nudge:
        """The same question about the next best competency, once for each that it was about.

        When everything was offered, that is the answer. Raises NotPlaced, and NudgeNotFound.
        """
        person = self._people.get(member)
        with self._database.write() as tx:
            nudge = self._get(tx, member, nudge_id)
            if nudge.answer is not Answer.NONE or nudge.competency_id != instead_of:
                return nudge
            known = self._known(tx, person, now)
            topic = other_topic(known, self._ladder(), nudge)
            if topic is None:
                store.answer(tx, member, nudge_id, Answer.ALL_PASSED, now)
                after = replace(nudge, answer=Answer.ALL_PASSED)
            else:
                passed = replace(nudge, passed=(*nudge.passed, nudge.competency_id))
                after = asked_about(passed, topic, known, self._ladder())
                store.ask_instead(tx, after)
            self._hear(tx, member, now)
        return after

    def not_relevant(
        self, member: Member, nudge_id: str, competency_id: str, now: datetime
    ) -> tuple[Nudge, date]:
        """Sets the competency aside for six months; returns the day on which it comes back.

        Raises NudgeNotFound, and NotPlaced.
        """
        today = now.astimezone(self._people.get(member).tz).date()
        until = months_after(today, HALF_A_YEAR)
        with self._database.write() as tx:
            nudge = self._get(tx, member, nudge_id)
            if nudge.answer is Answer.NONE and nudge.competency_id == competency_id:
                store.answer(tx, member, nudge_id, Answer.NOT_RELEVANT, now)
                store.set_aside(tx, member, competency_id, until)
                nudge = replace(nudge, answer=Answer.NOT_RELEVANT)
            self._hear(tx, member, now)
            wishes = store.wishes_of(tx, member.team_id, [member.user_id])
        known = wishes.get(member.user_id, Wishes())
        return nudge, known.aside.get(competency_id, until)

    def focus_in(self, tx: Transaction, member: Member) -> frozenset[str]:
        """The competencies of today that the member chose to be asked about first."""
        known = store.wishes_of(tx, member.team_id, [member.user_id]).get(member.user_id, Wishes())
        current = (self._ladder().current(each) for each in known.focus)
        return frozenset(each.id for each in current if each)

    def answer_in_words(
        self, member: Member, nudge_id: str, said: Answer, deed: str, now: datetime
    ) -> bool:
        """The same for what was written; False for a message that was heard before.

        Raises NudgeNotFound.
        """
        with self._database.write() as tx:
            self._get(tx, member, nudge_id)
            if not first_time(tx, member.team_id, deed, now):
                return False
            store.answer(tx, member, nudge_id, said, now)
            self._hear(tx, member, now, put_off=said is Answer.LATER)
        return True

    def is_first(self, member: Member, deed: str, now: datetime) -> bool:
        """True the first time: an event that Slack sends again is answered once."""
        with self._database.write() as tx:
            return first_time(tx, member.team_id, deed, now)

    def records_of(self, member: Member) -> Sequence[Section]:
        """When the person is asked, about what, and every question that they were asked."""
        with self._database.read() as tx:
            return store.records_of(tx, member)

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes all of it within the transaction."""
        store.erase(tx, member)

    def _hear(
        self, tx: Transaction, member: Member, now: datetime, *, put_off: bool = False
    ) -> None:
        """The person has said something: patience starts anew, and what comes next is computed."""
        person = self._person(tx, member)
        if person is None:
            return
        schedule = store.schedule(tx, member, lock=True) or Schedule(member)
        schedule = replace(schedule, heard_at=now)
        if put_off and not schedule.is_off:
            again = next_working_day(now.astimezone(person.tz).date())
            schedule = replace(schedule, manners=replace(schedule.manners, again_on=again))
        store.save_schedule(tx, self._planned(tx, schedule, person, now))

    def _planned(
        self, tx: Transaction, schedule: Schedule, person: Person, now: datetime
    ) -> Schedule:
        nudges = self._nudges_of(tx, person.member)
        unanswered = ignored(nudges, schedule.heard_at)
        return self._diary.planned(tx, schedule, person, unanswered, now)

    def _known(self, tx: Transaction, person: Person, now: datetime) -> Known:
        member, today = person.member, now.astimezone(person.tz).date()
        team_id, ids = member.team_id, [member.user_id]
        wishes = store.wishes_of(tx, team_id, ids).get(member.user_id, Wishes())
        tally = self._journal.evidence(tx, team_id, ids, today).get(member.user_id, NOTHING_YET)
        return Known(person, self._nudges_of(tx, member), wishes.without_what_is_back(today), tally)

    def _nudges_of(self, tx: Transaction, member: Member) -> Sequence[Nudge]:
        return store.latest(tx, member.team_id, [member.user_id]).get(member.user_id, [])

    def _get(self, tx: Transaction, member: Member, nudge_id: str) -> Nudge:
        if found := store.nudge(tx, member, nudge_id, lock=True):
            return found
        raise NudgeNotFound

    def _person(self, tx: Transaction, member: Member) -> Person | None:
        return self._people.among(tx, member.team_id, [member.user_id]).get(member.user_id)

    def _name(self, topic: Topic | None) -> str:
        current = self._ladder().current(topic.competency_id) if topic else None
        return current.name if current else ""


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last where it has fewer days."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date.resolution).day
    return date(year, month, min(day.day, last))


def _goes_by_meetings(schedule: Schedule) -> bool:
    return schedule.manners.rhythm.cadence is Cadence.BEFORE_ONE_ON_ONE
