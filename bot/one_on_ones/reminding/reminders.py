"""The front door to reminders: a partner hears of their own promises, by their own manners."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.logs import happened, raised
from bot.nudges.patience import stretch
from bot.nudges.turns import Asked, Turns
from bot.nudges.when.calendar import instant
from bot.nudges.when.manners import Slot
from bot.one_on_ones.page.model import ActionItem, PageNotFound
from bot.one_on_ones.page.pages import Pages
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.pairs import Pairs
from bot.one_on_ones.reminding import store
from bot.one_on_ones.reminding.model import (
    REMINDER,
    Owed,
    Reminder,
    Reminding,
    due,
    first_due,
    whose_turn,
)
from bot.one_on_ones.reminding.telling import section
from bot.one_on_ones.reminding.where import zone_name
from bot.people.model import zone_or_utc
from bot.people.people import People
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.database import Database, DatabaseError, Transaction

log = logging.getLogger(__name__)

BATCH = 200
TROUBLED = timedelta(days=1)
AN_INSTANT = timedelta(microseconds=1)


class Reminders:
    """At most one reminder for a person in a slot, about what they promised to one other."""

    def __init__(
        self,
        database: Database,
        post_office: PostOffice,
        people: People,
        pairs: Pairs,
        pages: Pages,
        turns: Turns,
        team_id: str,
    ) -> None:
        """`team_id` is the workspace whose people this bot reminds."""
        self._database = database
        self._post_office = post_office
        self._people = people
        self._pairs = pairs
        self._pages = pages
        self._turns = turns
        self._team_id = team_id

    def plan_due(self, now: datetime) -> int:
        """Turns every due date up to `now` into a reminder, or moves it on; returns how many."""
        planned = 0
        while True:
            with self._database.read() as tx:
                found = store.due(tx, self._team_id, now, BATCH)
            for each in found:
                planned += self._plan_by_itself(each, now)
            if len(found) < BATCH:
                return planned

    def promised(
        self, tx: Transaction, pair: Pair, promise: ActionItem, by: Member, now: datetime
    ) -> None:
        """For `pages.when_promised`: plans for a partner who owes something, or settled it."""
        if promise.owner == pair.partner or store.find(tx, promise.owner):
            reminder = store.hold(tx, promise.owner)
            if by == promise.owner:
                reminder = replace(reminder, unanswered=0)
            store.save(tx, self._planned(tx, reminder, now))

    def find(self, member: Member, pair_id: str, now: datetime) -> Reminding | None:
        """For the post office: what the reminder says; None when it is not to be sent any more."""
        found = self.about(member, pair_id, now)
        with self._database.read() as tx:
            reminder = store.find(tx, member)
            wanted = found and self._turns.is_wanted(tx, member, found.today)
        if found is None or reminder is None or reminder.stopped or not wanted:
            return None
        return found if found.promises else None

    def about(self, member: Member, pair_id: str, now: datetime) -> Reminding | None:
        """What they owe that other person and is due; None without such a pair."""
        try:
            page = self._pages.page(member, pair_id, now)
        except PageNotFound:
            return None
        with self._database.read() as tx:
            zone = zone_or_utc(self._zone(tx, member))
        if not page.pair.is_shared or page.pair.partner != member:
            return None
        today = now.astimezone(zone).date()
        owed = [each for each in page.promises if each.owner == member]
        return Reminding(page.pair, today, zone, due(owed, zone, today))

    def arrived(self, tx: Transaction, parcel: Parcel, now: datetime) -> None:
        """The post office has sent one: only what reached somebody can go unanswered."""
        reminder = store.find(tx, parcel.recipient, lock=True)
        if reminder:
            more = replace(reminder, unanswered=reminder.unanswered + 1)
            store.save(tx, self._planned(tx, more, now))

    def heard(self, member: Member, now: datetime, *, stopped: bool = False) -> datetime | None:
        """They answered, or want no more reminders; gives when the next one may come."""
        with self._database.write() as tx:
            reminder = store.find(tx, member, lock=True)
            if reminder is None:
                return None
            answered = replace(reminder, unanswered=0, stopped=stopped)
            after = self._planned(tx, answered, now)
            store.save(tx, after)
        return after.due_at

    def records_of(self, member: Member) -> Sequence[Section]:
        """How the person is reminded, for that person alone."""
        with self._database.read() as tx:
            return [section(store.find(tx, member))]

    def hold(self, tx: Transaction, member: Member, now: datetime) -> None:  # noqa: ARG002
        """Before anything of somebody is erased: nobody plans a reminder for them meanwhile."""
        store.find(tx, member, lock=True)

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes it within the transaction."""
        store.erase(tx, member)

    # inside

    def _plan_by_itself(self, seen: Reminder, now: datetime) -> int:
        """Whatever is wrong with one person is told in the log, and waits a day."""
        try:
            with self._database.write() as tx:
                reminder = store.find(tx, seen.member, lock=True)
                if reminder is None or reminder.due_at != seen.due_at:
                    return 0  # another replica was first
                return self._plan(tx, reminder, now)
        except DatabaseError:
            raise  # nothing is wrong with this person, and the next heartbeat tries again
        except Exception as error:
            log.error(happened("not_planned", **raised(error)))
        with suppress(Exception), self._database.write() as tx:
            store.save(tx, replace(seen, due_at=now + TROUBLED))
        return 0

    def _plan(self, tx: Transaction, reminder: Reminder, now: datetime) -> int:
        slot = self._slot(tx, reminder, now)
        zone = zone_or_utc(self._zone(tx, reminder.member))
        owed = self._owed(tx, reminder.member) if slot else ()
        chosen = whose_turn(owed, zone, slot.day, reminder.pair_id) if slot else None
        if slot and chosen:
            self._turns.take(tx, reminder.member, slot.day)
            self._post_office.accept(tx, _parcel(reminder.member, chosen.pair, slot))
            reminder = replace(reminder, last=slot.day, pair_id=chosen.pair.id)
        store.save(tx, self._planned(tx, reminder, now))
        return int(chosen is not None)

    def _slot(self, tx: Transaction, reminder: Reminder, now: datetime) -> Slot | None:
        if reminder.rests or reminder.due_at is None:
            return None
        return self._turns.now(tx, self._asked(tx, reminder), reminder.due_at, now)

    def _planned(self, tx: Transaction, reminder: Reminder, now: datetime) -> Reminder:
        """With its next due date: the first slot on a day on which anything is asked about."""
        asked = self._asked(tx, reminder)
        first = first_due(self._owed(tx, reminder.member), zone_or_utc(asked.zone))
        if first is None or reminder.rests:
            return replace(reminder, due_at=None)
        slot = self._turns.next(tx, asked, max(now, _just_before(first, asked)))
        return replace(reminder, due_at=slot.opens if slot else None)

    def _asked(self, tx: Transaction, reminder: Reminder) -> Asked:
        member = reminder.member
        placed = self._people.among(tx, member.team_id, [member.user_id])
        grows = stretch(reminder.unanswered)
        return Asked(member, self._zone(tx, member), bool(placed), reminder.last, grows)

    def _zone(self, tx: Transaction, member: Member) -> str:
        met = [pair.engineer for pair in self._pairs.met_by(tx, member)]
        return zone_name(tx, self._people, member, met)

    def _owed(self, tx: Transaction, member: Member) -> list[Owed]:
        return [
            Owed(pair, [each for each in self._pages.between(pair, tx) if each.owner == member])
            for pair in self._pairs.met_by(tx, member)
        ]


def _just_before(day: date, asked: Asked) -> datetime:
    return instant(day, time(), zone_or_utc(asked.zone)) - AN_INSTANT


def _parcel(member: Member, pair: Pair, slot: Slot) -> Parcel:
    """The occurrence goes by the day on the person's own calendar, never by an instant.

    It names nobody else, in whose export it would stand.
    """
    return Parcel(
        recipient=member,
        kind=REMINDER,
        key=f"{member.user_id}|{REMINDER}|{pair.id}|{slot.day.isoformat()}",
        subject=pair.id,
        not_before=slot.opens,
        expires_at=slot.closes,
    )
