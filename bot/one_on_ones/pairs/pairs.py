"""The front door to who meets whom: set a one-on-one up, confirm it, move it, end it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.one_on_ones.pairs import store
from bot.one_on_ones.pairs.around import Around
from bot.one_on_ones.pairs.model import (
    News,
    Pair,
    PairExists,
    PairNotFound,
    PartnerRefused,
    State,
    Why,
)
from bot.one_on_ones.pairs.planning import just_set_up
from bot.one_on_ones.pairs.rhythm import Rhythm
from bot.people.model import NotPlaced, Person
from bot.privacy.policy import Action, Actor, Subject, can
from bot.slack.member import Member
from bot.storage.database import Transaction
from bot.storage.once import first_time

PAIR_IDS = uuid.UUID("3a5d0c1e-7f2b-5e64-8b1d-90c4e2a7f6b3")

Change = Callable[[Transaction, Pair], Pair]
Told = tuple[News, tuple[datetime, ...]]


class Pairs(Around):
    """One method for each thing that either side can say about when they meet."""

    # looking

    def of(self, member: Member) -> list[Pair]:
        """Every live pair with the member on either side, the next meeting first."""
        with self._database.read() as tx:
            found = [pair for pair in store.of(tx, member) if pair.is_known_to(member)]
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
            return self._of_side(store.find(tx, self._team_id, pair_id), actor, now)

    def find(self, pair_id: str) -> Pair | None:
        """For the post office: the pair of that id, ended or not."""
        with self._database.read() as tx:
            return store.find(tx, self._team_id, pair_id)

    def leads_of(self, tx: Transaction, engineer: Member) -> frozenset[Member]:
        """Everybody whom the engineer meets, confirmed by both; the manager may be among them."""
        found = store.of_engineer(tx, engineer)
        return frozenset(pair.partner for pair in found if pair.is_shared and pair.partner)

    def led_by(self, tx: Transaction, partner: Member) -> frozenset[Member]:
        """Every engineer for whom `leads_of` names this person."""
        return frozenset(partner.colleague(user_id) for user_id in store.led_by(tx, partner))

    def meeting_after(self, tx: Transaction, person: Person, moment: datetime) -> datetime | None:
        """The person's first one-on-one as engineer strictly after the moment, in UTC.

        What somebody else proposes is none before the person has said yes.
        """
        running = [pair for pair in store.of_engineer(tx, person.member) if pair.runs]
        found = [self._diary.next(tx, pair, moment) for pair in running]
        return min((meeting.starts_at for meeting in found if meeting), default=None)

    def met_by(self, tx: Transaction, partner: Member) -> list[Pair]:
        """The pairs in which somebody is the partner, confirmed by both, the oldest first."""
        found = store.of(tx, partner)
        return [pair for pair in found if pair.is_shared and pair.partner == partner]

    def talk_after(self, tx: Transaction, member: Member, moment: datetime) -> datetime | None:
        """Somebody's first one-on-one on either side strictly after the moment, in UTC."""
        mine = (pair for pair in store.of(tx, member) if pair.runs and pair.is_known_to(member))
        found = [self._diary.next(tx, pair, moment) for pair in mine]
        return min((meeting.starts_at for meeting in found if meeting), default=None)

    # setting up

    def propose(
        self,
        proposer: Member,
        engineer: Member,
        partner: Member | None,
        rhythm: Rhythm | None,
        now: datetime,
        deed: str = "",
    ) -> Pair:
        """Sets a one-on-one up, once for each deed; the other side, if there is one, is asked.

        Who prepared alone until now, and asks somebody, begins an empty page with them: what
        they wrote alone stays theirs alone. Raises NotPlaced, PairExists, PartnerRefused, and
        PairNotFound for whoever may set up none.
        """
        self._refuse(proposer, engineer, partner)
        actor = self._actor(proposer)
        pair_id = uuid.uuid5(PAIR_IDS, f"{self._team_id} {deed}") if deed else uuid.uuid4()
        with self._database.write() as tx:
            person = self._people.hold(tx, engineer)
            if known := self._done_before(tx, proposer, deed, pair_id.hex, now):
                return known
            if not self._may_propose(tx, actor, engineer, now):
                if proposer == engineer:
                    raise PairNotFound
                raise PartnerRefused("You can ask those whose manager you are.")
            if person is None:
                raise NotPlaced
            theirs = store.of_engineer(tx, engineer)
            if any(pair.partner == partner and pair.is_known_to(proposer) for pair in theirs):
                raise PairExists
            alone = next((pair for pair in theirs if pair.partner is None), None)
            new = Pair(pair_id.hex, engineer, None, State.CONFIRMED, proposer, rhythm, now)
            if alone and proposer == engineer:
                self._end(tx, alone, Why.BY_ENGINEER, now, News.ENDED)
                new = replace(new, met_at=alone.met_at, pre_read_slot=alone.pre_read_slot)
            return self._asked(tx, replace(new, partner=partner), proposer, now)

    def ask_again(self, member: Member, pair_id: str, now: datetime) -> Pair:
        """Repeats the question, once a week at most; before that it changes nothing.

        Raises PairNotFound for everybody but whoever proposed.
        """
        actor = self._actor(member)
        with self._database.write() as tx:
            pair = self._of_side(self.held(tx, pair_id), actor, now)
            if pair.asked is None or pair.proposed_by != member:
                raise PairNotFound
            if not pair.may_ask_again(now):
                return pair
            self._mail.settle(tx, pair)
            return self._asked(tx, pair, member, now)

    def answer(self, member: Member, pair_id: str, *, yes: bool, now: datetime) -> Pair:
        """Whoever was asked says yes or no; raises PairNotFound when nobody asks them any more."""
        actor = self._actor(member)
        with self._database.write() as tx:
            pair = self._of_side(self.held(tx, pair_id), actor, now)
            if pair.asked != member:
                raise PairNotFound
            if not yes:
                return self._end(tx, pair, Why.DECLINED, now, News.DECLINED, pair.proposed_by)
            agreed = self._without_begun(tx, replace(pair, state=State.CONFIRMED), now)
            self._mail.settle(tx, pair)
            after = self._planned(tx, agreed, now)
            self._save(tx, after, now)
            self._mail.tell(tx, after, pair.proposed_by, News.CONFIRMED, now)
            self._end_alone(tx, after, now)
        return after

    # changing

    def change(
        self, member: Member, pair_id: str, rhythm: Rhythm | None, now: datetime, deed: str = ""
    ) -> Pair:
        """Another rhythm, or from now on a calendar's (None); the other side is told.

        A meeting that was moved stays the next one; the rhythm begins after it.
        While the two have not agreed yet, it is a new proposal, and the other side is asked.
        Raises PairNotFound.
        """

        def changed(tx: Transaction, pair: Pair) -> Pair:
            pair = self._without_begun(tx, pair, now)
            self._diary.goes_on(tx, pair, rhythm, now)
            if pair.asked:
                self._mail.settle(tx, pair)
            return replace(pair, rhythm=rhythm, resumes=None)

        return self._changed_by(member, pair_id, changed, (News.CHANGED, ()), now, deed)

    def move(
        self,
        member: Member,
        pair_id: str,
        slot: str,
        moved_to: datetime | None,
        now: datetime,
        deed: str = "",
    ) -> Pair:
        """That meeting takes place at another time (UTC), or is skipped; the other side is told.

        Raises PairNotFound, also for a calendar's meeting: that one is moved in the calendar.
        """

        def moved(tx: Transaction, pair: Pair) -> Pair:
            no_such = pair.meeting is None or pair.meeting.slot != slot
            if pair.rhythm is None or no_such or not pair.may_move(member):
                raise PairNotFound
            store.move(tx, pair, slot, moved_to)
            return pair

        was = self.get(member, pair_id, now).starts_at
        told = (News.MOVED, (was, moved_to)) if moved_to else (News.SKIPPED, (was,))
        return self._changed_by(member, pair_id, moved, told, now, deed)

    def pause(
        self, member: Member, pair_id: str, until: date, now: datetime, deed: str = ""
    ) -> Pair:
        """No one-on-one before that day, of a whole quarter if need be; the other side is told.

        Raises PairNotFound.
        """

        def paused(tx: Transaction, pair: Pair) -> Pair:
            if not pair.may_move(member):
                raise PairNotFound
            return replace(self._without_begun(tx, pair, now), resumes=until)

        return self._changed_by(member, pair_id, paused, (News.PAUSED, ()), now, deed)

    def end(self, member: Member, pair_id: str, now: datetime) -> Pair:
        """Either side ends it; what was written stays the engineer's. Raises PairNotFound."""
        actor = self._actor(member)
        with self._database.write() as tx:
            pair = self._of_side(self.held(tx, pair_id), actor, now)
            if not pair.is_live:
                return pair
            why = Why.BY_ENGINEER if member == pair.engineer else Why.BY_PARTNER
            return self._end(tx, pair, why, now, News.ENDED, pair.other(member))

    # inside

    def _refuse(self, proposer: Member, engineer: Member, partner: Member | None) -> None:
        if proposer not in (engineer, partner) or engineer == partner:
            raise PartnerRefused("That is you. Choose whom you meet, or nobody.")
        other = partner if proposer == engineer else engineer
        if other and (problem := self._people.unfit(other.user_id)):
            raise PartnerRefused(f"{problem} Please choose somebody else.")

    def _done_before(
        self, tx: Transaction, proposer: Member, deed: str, pair_id: str, now: datetime
    ) -> Pair | None:
        """What came of the same deed, where Slack repeats itself."""
        if first_time(tx, self._team_id, deed, now):
            return None
        known = store.find(tx, self._team_id, pair_id)
        mine = (pair for pair in store.of(tx, proposer) if pair.proposed_by == proposer)
        return known or max(mine, key=lambda pair: pair.asked_at or pair.created_at, default=None)

    def _may_propose(self, tx: Transaction, actor: Actor, engineer: Member, now: datetime) -> bool:
        ties = replace(self._people.ties_in(tx, engineer), leads=self.leads_of(tx, engineer))
        return can(actor, Action.SET_UP_ONE_ON_ONE, Subject(engineer, ties), now)

    def _asked(self, tx: Transaction, pair: Pair, proposer: Member, now: datetime) -> Pair:
        """The pair as the proposer wants it; whoever is on the other side is asked."""
        new = replace(pair, proposed_by=proposer)
        if new.partner:
            new = replace(new, state=State.PROPOSED, asked_at=now)
        new = self._planned(tx, new, now)
        self._save(tx, new, now)
        self._mail.ask(tx, new, now)
        return new

    def _planned(self, tx: Transaction, pair: Pair, now: datetime) -> Pair:
        return just_set_up(self._diary.planned(tx, pair, now), now)

    def _end_alone(self, tx: Transaction, pair: Pair, now: datetime) -> None:
        """Who has agreed to meet somebody does not prepare alone or ask them beside it."""
        for other in store.of_engineer(tx, pair.engineer):
            if other.id != pair.id and other.partner in (None, pair.partner):
                self._end(tx, other, Why.BY_ENGINEER, now, News.ENDED)

    def _changed_by(
        self,
        member: Member,
        pair_id: str,
        change: Change,
        told: Told,
        now: datetime,
        deed: str,
    ) -> Pair:
        actor = self._actor(member)
        with self._database.write() as tx:
            pair = self._of_side(self.held(tx, pair_id), actor, now)
            if not pair.is_live:
                raise PairNotFound
            if not first_time(tx, self._team_id, deed, now):
                return pair
            after = change(tx, pair)
            if pair.asked and told[0] is News.CHANGED:
                return self._asked(tx, after, member, now)
            after = self._diary.planned(tx, after, now)
            self._save(tx, after, now)
            other = pair.other(member)
            if other and not pair.asked:
                self._mail.tell(tx, after, other, told[0], now, *told[1])
        return after
