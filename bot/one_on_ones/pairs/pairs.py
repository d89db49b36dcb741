"""The front door to who meets whom: set a one-on-one up, confirm it, move it, end it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.one_on_ones.pairs import store
from bot.one_on_ones.pairs.diary import Diary, Meetings
from bot.one_on_ones.pairs.model import (
    NEWS,
    QUESTION,
    News,
    Pair,
    PairExists,
    PairNotFound,
    PartnerRefused,
    State,
    Why,
)
from bot.one_on_ones.pairs.planner import Happening, Planner
from bot.one_on_ones.pairs.planning import ended, just_set_up, with_meeting
from bot.one_on_ones.pairs.rhythm import Rhythm
from bot.one_on_ones.pairs.telling import section
from bot.people.model import Person
from bot.people.people import People
from bot.privacy.policy import Action, Actor, Subject, can
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.database import Database, Transaction

ANSWER_WINDOW = timedelta(days=14)

PairHook = Callable[[Transaction, Pair, datetime], None]
ChangedHook = Callable[[Transaction, Member, datetime], None]


class Pairs:
    """One method for each thing that either side can say about when they meet."""

    def __init__(
        self,
        database: Database,
        post_office: PostOffice,
        people: People,
        actor: Callable[[Member], Actor],
        team_id: str,
    ) -> None:
        """`team_id` is the workspace whose one-on-ones this bot knows."""
        self._database = database
        self._post_office = post_office
        self._people = people
        self._actor = actor
        self._team_id = team_id
        self._diary = Diary(people)
        self._planner = Planner(database, self._diary, team_id, self._end)
        self._ended: list[PairHook] = []
        self._changed: list[ChangedHook] = []

    # what others are told

    def told_of_calendars(self, meetings: Meetings) -> None:
        """`meetings(tx, pair)` are those of a pair that goes by a calendar, in any order."""
        self._diary.calendar = meetings

    def when_near(self, hook: Happening) -> None:
        """Runs `hook(tx, pair, meeting, now)` once for each meeting, when its pre-read is due."""
        self._planner.near.append(hook)

    def when_over(self, hook: Happening) -> None:
        """Runs `hook(tx, pair, meeting, now)` once for each meeting that took place.

        It runs before `met_at` moves on to that meeting.
        """
        self._planner.over.append(hook)

    def when_ended(self, hook: PairHook) -> None:
        """Runs `hook(tx, pair, now)` in each transaction that ends a pair."""
        self._ended.append(hook)

    def when_changed(self, hook: ChangedHook) -> None:
        """Runs `hook(tx, engineer, now)` in each transaction that changes when somebody meets."""
        self._changed.append(hook)

    # looking

    def of(self, member: Member) -> list[Pair]:
        """Every live pair with the member on either side, the next meeting first."""
        with self._database.read() as tx:
            found = store.of(tx, member)
        return sorted(found, key=lambda pair: (pair.meeting is None, pair.starts_at, pair.id))

    def all_of(self, engineer: Member) -> list[Pair]:
        """Every pair in which somebody is the engineer, ended ones too, the oldest first."""
        with self._database.read() as tx:
            found = store.of(tx, engineer, ended=True)
        return [pair for pair in found if pair.engineer == engineer]

    def get(self, member: Member, pair_id: str, now: datetime) -> Pair:
        """A pair for one of its two sides, to look at or to answer; raises PairNotFound.

        An engineer finds their own also after it has ended, a partner only while it lives.
        """
        actor = self._actor(member)
        with self._database.read() as tx:
            return self._of_side(tx, actor, pair_id, now)

    def find(self, pair_id: str) -> Pair | None:
        """For the post office: the pair of that id, ended or not."""
        with self._database.read() as tx:
            return store.find(tx, self._team_id, pair_id)

    def leads_of(self, tx: Transaction, engineer: Member) -> frozenset[Member]:
        """Everybody whom the engineer meets, confirmed by both; the manager may be among them."""
        found = store.of_engineer(tx, engineer)
        return frozenset(pair.partner for pair in found if pair.is_shared and pair.partner)

    def meeting_after(self, tx: Transaction, person: Person, moment: datetime) -> datetime | None:
        """The person's first one-on-one as engineer strictly after the moment, in UTC."""
        found = [
            self._diary.next(tx, pair, moment) for pair in store.of_engineer(tx, person.member)
        ]
        return min((meeting.starts_at for meeting in found if meeting), default=None)

    def met_by(self, tx: Transaction, partner: Member) -> list[Pair]:
        """The pairs in which somebody is the partner, confirmed by both, the oldest first."""
        found = store.of(tx, partner)
        return [pair for pair in found if pair.is_shared and pair.partner == partner]

    def talk_after(self, tx: Transaction, member: Member, moment: datetime) -> datetime | None:
        """Somebody's first one-on-one on either side strictly after the moment, in UTC."""
        found = [self._diary.next(tx, pair, moment) for pair in store.of(tx, member) if pair.runs]
        return min((meeting.starts_at for meeting in found if meeting), default=None)

    # saying

    def propose(
        self,
        proposer: Member,
        engineer: Member,
        partner: Member | None,
        rhythm: Rhythm | None,
        now: datetime,
    ) -> Pair:
        """Sets a one-on-one up; the other side is asked. Without a partner nobody has to be.

        Raises NotPlaced, PartnerRefused, PairExists, and PairNotFound for whoever may not.
        """
        self._people.get(engineer)
        actor = self._actor(proposer)
        if proposer not in (engineer, partner) or engineer == partner:
            raise PartnerRefused("You meet somebody else, or you prepare alone.")
        with self._database.write() as tx:
            ties = replace(self._people.ties_in(tx, engineer), leads=self.leads_of(tx, engineer))
            if not can(actor, Action.SET_UP_ONE_ON_ONE, Subject(engineer, ties), now):
                raise PairNotFound
            if any(pair.partner == partner for pair in store.of_engineer(tx, engineer)):
                raise PairExists
            new = Pair(
                id=uuid.uuid4().hex,
                engineer=engineer,
                partner=partner,
                state=State.PROPOSED if partner else State.CONFIRMED,
                proposed_by=proposer,
                rhythm=rhythm,
                created_at=now,
            )
            new = just_set_up(self._diary.planned(tx, new, now), now)
            self._save(tx, new, now)
            if new.asked:
                self._send(tx, new.asked, QUESTION, new.id, now)
        return new

    def answer(self, member: Member, pair_id: str, *, yes: bool, now: datetime) -> Pair:
        """Whoever was asked says yes or no; raises PairNotFound when nobody asks them any more."""
        actor = self._actor(member)
        with self._database.write() as tx:
            pair = store.find(tx, self._team_id, pair_id, lock=True)
            asked = Subject(pair.engineer, partner=pair.partner) if pair else Subject()
            if pair is None or pair.asked != member:
                raise PairNotFound
            if not can(actor, Action.ANSWER_ONE_ON_ONE, asked, now):
                raise PairNotFound
            if not yes:
                return self._end(tx, pair, Why.DECLINED, now)
            after = replace(pair, state=State.CONFIRMED)
            after = just_set_up(self._diary.planned(tx, after, now), now)
            self._save(tx, after, now)
            self._tell(tx, after, member, News.CONFIRMED, now)
        return after

    def change(self, member: Member, pair_id: str, rhythm: Rhythm | None, now: datetime) -> Pair:
        """Another rhythm, or from now on a calendar's (None); the other side is told.

        Raises PairNotFound.
        """

        def changed(tx: Transaction, pair: Pair) -> Pair:
            store.forget_moves(tx, pair)
            return replace(pair, rhythm=rhythm, resumes=None)

        return self._changed_by(member, pair_id, changed, News.CHANGED, now)

    def move(
        self, member: Member, pair_id: str, slot: str, moved_to: datetime | None, now: datetime
    ) -> Pair:
        """That meeting takes place at another time (UTC), or is skipped; the other side is told.

        Raises PairNotFound, also for a calendar's meeting: that one is moved in the calendar.
        """

        def moved(tx: Transaction, pair: Pair) -> Pair:
            if pair.rhythm is None or pair.meeting is None or pair.meeting.slot != slot:
                raise PairNotFound
            store.move(tx, pair, slot, moved_to)
            return pair

        news = News.MOVED if moved_to else News.SKIPPED
        return self._changed_by(member, pair_id, moved, news, now)

    def pause(self, member: Member, pair_id: str, until: date, now: datetime) -> Pair:
        """No one-on-one before that day, of a whole quarter if need be; the other side is told.

        Raises PairNotFound.
        """

        def paused(_tx: Transaction, pair: Pair) -> Pair:
            return replace(pair, resumes=until)

        return self._changed_by(member, pair_id, paused, News.PAUSED, now)

    def end(self, member: Member, pair_id: str, now: datetime) -> Pair:
        """Either side ends it; what was written stays the engineer's. Raises PairNotFound."""
        actor = self._actor(member)
        with self._database.write() as tx:
            pair = self._of_side(tx, actor, pair_id, now, lock=True)
            if not pair.is_live:
                return pair
            why = Why.BY_ENGINEER if member == pair.engineer else Why.BY_PARTNER
            return self._end(tx, pair, why, now, told_by=member)

    # what happens around them

    def meetings_changed(self, tx: Transaction, pair_id: str, now: datetime) -> None:
        """A calendar says something else than before."""
        pair = store.find(tx, self._team_id, pair_id, lock=True)
        if pair and pair.is_live:
            self._save(tx, self._diary.planned(tx, pair, now), now)

    def did_not_meet(self, tx: Transaction, pair_id: str, met_at: datetime | None) -> None:
        """The latest meeting did not take place after all; `met_at` is when they met before it."""
        pair = store.find(tx, self._team_id, pair_id, lock=True)
        if pair:
            store.save(tx, replace(pair, met_at=met_at))

    def keep_up(self, tx: Transaction, person: Person, now: datetime) -> None:
        """The engineer moved to another zone: their pre-reads come in their morning there."""
        for pair in store.of_engineer(tx, person.member):
            if pair.pre_read_due_at is None or pair.pre_read_due_at > now:
                store.save(tx, with_meeting(pair, pair.meeting, person.tz))

    def when_manager_changed(
        self,
        tx: Transaction,
        engineer: Member,
        old: Member | None,
        new: Member | None,  # noqa: ARG002
        now: datetime,
    ) -> None:
        """Ends what the engineer and the old manager had; their next one is set up anew."""
        for pair in store.of_engineer(tx, engineer):
            if old and pair.partner == old:
                self._end(tx, pair, Why.MANAGER_CHANGED, now, told_by=engineer)

    def left(self, member: Member, now: datetime) -> None:
        """Somebody's account is closed: what they had ends, and the other side is told."""
        with self._database.read() as tx:
            found = store.of(tx, member)
        for pair in found:
            with self._database.write() as tx:
                held = store.find(tx, self._team_id, pair.id, lock=True)
                if held and held.is_live:
                    self._end(tx, held, Why.LEFT, now, told_by=member)

    def records_of(self, member: Member) -> Sequence[Section]:
        """Whom the person meets or met, and when."""
        with self._database.read() as tx:
            return [section(member, store.of(tx, member, ended=True))]

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes the engineer's pairs; for a partner's, the engineer keeps it without a name."""
        for pair in store.of(tx, member, ended=True):
            if pair.engineer == member:
                store.erase(tx, pair)
            else:
                over = pair if pair.state is State.ENDED else ended(pair, Why.LEFT, pair.created_at)
                store.save(tx, replace(over, partner=None, proposed_by=pair.engineer))

    def plan_due(self, now: datetime) -> int:
        """Lets each meeting that is near or over be known to whoever listens; returns how many."""
        return self._planner.plan_due(now)

    # inside

    def _changed_by(
        self,
        member: Member,
        pair_id: str,
        change: Callable[[Transaction, Pair], Pair],
        news: News,
        now: datetime,
    ) -> Pair:
        actor = self._actor(member)
        with self._database.write() as tx:
            pair = self._of_side(tx, actor, pair_id, now, lock=True)
            if not pair.is_live:
                raise PairNotFound
            after = just_set_up(self._diary.planned(tx, change(tx, pair), now), now)
            self._save(tx, after, now)
            self._tell(tx, after, member, news, now)
        return after

    def _of_side(
        self, tx: Transaction, actor: Actor, pair_id: str, now: datetime, *, lock: bool = False
    ) -> Pair:
        pair = store.find(tx, self._team_id, pair_id, lock=lock)
        if pair is None:
            raise PairNotFound
        partner = pair.partner if pair.is_live else None
        if not can(actor, Action.ANSWER_ONE_ON_ONE, Subject(pair.engineer, partner=partner), now):
            raise PairNotFound
        return pair

    def _end(
        self,
        tx: Transaction,
        pair: Pair,
        why: Why,
        now: datetime,
        *,
        told_by: Member | None = None,
    ) -> Pair:
        over = ended(pair, why, now)
        self._save(tx, over, now)
        for hook in self._ended:
            hook(tx, over, now)
        news = {Why.DECLINED: News.DECLINED, Why.LEFT: News.LEFT}.get(why, News.ENDED)
        teller = told_by or pair.asked or pair.engineer
        if teller and why is not Why.MANAGER_CHANGED:
            self._tell(tx, over, teller, news, now)
        return over

    def _save(self, tx: Transaction, pair: Pair, now: datetime) -> None:
        store.save(tx, pair)
        for hook in self._changed:
            hook(tx, pair.engineer, now)

    def _tell(self, tx: Transaction, pair: Pair, teller: Member, news: News, now: datetime) -> None:
        other = pair.other(teller)
        if other and (pair.state is not State.PROPOSED or pair.asked == other):
            self._send(tx, other, NEWS, f"{pair.id}/{news.value}", now)

    def _send(
        self, tx: Transaction, recipient: Member, kind: str, subject: str, now: datetime
    ) -> None:
        parcel = Parcel(
            recipient=recipient,
            kind=kind,
            key=f"{recipient.user_id}|{kind}|{subject}|{now.isoformat()}",
            subject=subject,
            not_before=now,
            expires_at=now + ANSWER_WINDOW,
        )
        self._post_office.accept(tx, parcel)
