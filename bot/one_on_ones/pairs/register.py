"""What every change of a pair has in common: held, saved, ended, and told to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.delivery.post_office import PostOffice
from bot.one_on_ones.pairs import store
from bot.one_on_ones.pairs.diary import Diary, Meetings
from bot.one_on_ones.pairs.mail import Mail
from bot.one_on_ones.pairs.model import News, Pair, PairNotFound, Why
from bot.one_on_ones.pairs.planner import Happening, Planner
from bot.one_on_ones.pairs.planning import ended
from bot.people.people import People
from bot.privacy.policy import Action, Actor, Subject, can
from bot.slack.member import Member
from bot.storage.database import Database, Transaction

PairHook = Callable[[Transaction, Pair, datetime], None]
ChangedHook = Callable[[Transaction, Member, datetime], None]


class Register:
    """Holds rows in one order, so that nobody waits in a ring.

    Whoever writes takes them like this, also those that it needs only later: the engineers as
    people, by their ids; their pairs; parcels that were handed in before; the reminder of promises;
    the schedule of nudges. A pair's calendar and what stands on its page are for whoever holds the
    pair. A parcel that is new may come at any time.
    """

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
        self._mail = Mail(post_office)
        self._people = people
        self._actor = actor
        self._team_id = team_id
        self._diary = Diary(people)
        self._planner = Planner(database, self._diary, self.held, self._end, team_id)
        self._ended: list[PairHook] = []
        self._changed: list[ChangedHook] = []

    def told_of_calendars(self, meetings: Meetings) -> None:
        """`meetings(tx, pair)` are those of a pair that goes by a calendar, in any order."""
        self._diary.calendar = meetings

    def when_near(self, hook: Happening) -> None:
        """Runs `hook(tx, pair, meeting, now)` once for each meeting, when its pre-read is due."""
        self._planner.near.append(hook)

    def when_over(self, hook: Happening) -> None:
        """Runs `hook(tx, pair, meeting, now)` once for each meeting that took place.

        The pair is the one from before: its `met_at` is when they met the time before this one.
        """
        self._planner.over.append(hook)

    def when_ended(self, hook: PairHook) -> None:
        """Runs `hook(tx, pair, now)` in each transaction that ends a pair."""
        self._ended.append(hook)

    def when_changed(self, hook: ChangedHook) -> None:
        """Runs `hook(tx, engineer, now)` in each transaction that changes when somebody meets."""
        self._changed.append(hook)

    def plan_due(self, now: datetime) -> int:
        """Lets each meeting that is near or over be known to whoever listens; returns how many."""
        return self._planner.plan_due(now)

    def held(self, tx: Transaction, pair_id: str) -> Pair | None:
        """The pair, which nobody else changes until the commit, nor whom its engineer meets."""
        seen = store.find(tx, self._team_id, pair_id)
        if seen is None:
            return None
        self._people.hold(tx, seen.engineer)
        return store.find(tx, self._team_id, pair_id, lock=True)

    def _of_side(self, pair: Pair | None, actor: Actor, now: datetime) -> Pair:
        """That pair for one of its sides; raises PairNotFound for everybody else."""
        if pair is None:
            raise PairNotFound
        is_asked = pair.is_live and pair.asked_at is not None
        partner = pair.partner if is_asked else None
        if not can(actor, Action.ANSWER_ONE_ON_ONE, Subject(pair.engineer, partner=partner), now):
            raise PairNotFound
        return pair

    def _without_begun(self, tx: Transaction, pair: Pair, now: datetime) -> Pair:
        """The pair after the meeting that has begun, which counts whatever is decided in it."""
        if pair.meeting is None or pair.meeting.starts_at > now:
            return pair
        self._planner.is_over(tx, pair, now)
        return store.find(tx, self._team_id, pair.id) or pair

    def _end(
        self, tx: Transaction, pair: Pair, why: Why, now: datetime, news: News, *told: Member | None
    ) -> Pair:
        """Ends it, and tells those; whoever was only asked finds the question settled instead."""
        over = ended(pair, why, now)
        self._mail.settle(tx, pair)
        store.save(tx, over)
        for hook in self._ended:
            hook(tx, over, now)
        self._tell_changed(tx, over, now)
        for recipient in told:
            if recipient and recipient != pair.asked:
                self._mail.tell(tx, over, recipient, news, now)
        return over

    def _save(self, tx: Transaction, pair: Pair, now: datetime) -> None:
        store.save(tx, pair)
        self._tell_changed(tx, pair, now)

    def _tell_changed(self, tx: Transaction, pair: Pair, now: datetime) -> None:
        for hook in self._changed:
            hook(tx, pair.engineer, now)
