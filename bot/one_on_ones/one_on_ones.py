"""The front door to one-on-ones: set one up, and read ahead of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.journal.grouping import grouped
from bot.journal.journal import Journal
from bot.ladder.model import Ladder
from bot.one_on_ones import store
from bot.one_on_ones.model import MOST, PRE_READ, OneOnOne, PreRead
from bot.one_on_ones.rhythm import Rhythm, next_pre_read
from bot.people.model import Person
from bot.people.people import People
from bot.people.standing import expected_of
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.database import Database, Transaction

BATCH = 200
EVERYTHING = 1000
FIRST_TIME = timedelta(days=28)

ChangedHook = Callable[[Transaction, Member, datetime], None]


class OneOnOnes:
    """The engineer's side alone: a manager gets what `sharing` hands over, and nothing else."""

    def __init__(
        self,
        database: Database,
        post_office: PostOffice,
        people: People,
        journal: Journal,
        ladder: Callable[[], Ladder],
        team_id: str,
    ) -> None:
        """`team_id` is the workspace whose pre-reads this bot sends."""
        self._database = database
        self._post_office = post_office
        self._people = people
        self._journal = journal
        self._ladder = ladder
        self._team_id = team_id
        self._changed: list[ChangedHook] = []

    def when_changed(self, hook: ChangedHook) -> None:
        """Runs `hook(tx, engineer, now)` in each transaction that sets one up, or ends one."""
        self._changed.append(hook)

    def meeting_after(self, tx: Transaction, person: Person, moment: datetime) -> datetime | None:
        """The person's first one-on-one strictly after the moment, in UTC; None without any."""
        one = store.find(tx, person.member)
        return one.rhythm.after(moment, person.tz) if one else None

    def find(self, engineer: Member) -> OneOnOne | None:
        """The engineer's one-on-one, or None when none was set up."""
        with self._database.read() as tx:
            return store.find(tx, engineer)

    def set_up(self, engineer: Member, rhythm: Rhythm, now: datetime) -> OneOnOne:
        """Sets up or changes one's own one-on-one; raises NotPlaced."""
        person = self._people.get(engineer)
        new = OneOnOne(engineer, rhythm, next_pre_read(rhythm, person.tz, now))
        with self._database.write() as tx:
            store.save(tx, new)
            self._tell(tx, engineer, now)
        return new

    def end(self, engineer: Member, now: datetime) -> None:
        """No more pre-reads; what was logged and shared stays."""
        with self._database.write() as tx:
            store.remove(tx, engineer)
            self._tell(tx, engineer, now)

    def pre_read(self, person: Person, now: datetime, since: datetime | None = None) -> PreRead:
        """The examples since the last one-on-one, or of four weeks before the first.

        A given `since` wins: a button in an older pre-read still means that pre-read.
        """
        regular = self.find(person.member)
        last = regular and regular.rhythm.before(now, person.tz)
        since = since or last or now - FIRST_TIME
        day = since.astimezone(person.tz).date()
        entries = self._journal.since(person.member, day, since, EVERYTHING)
        ladder = self._ladder()
        expected = expected_of(person, ladder)
        _, quiet = grouped(ladder, entries, expected)
        groups, _ = grouped(ladder, entries[:MOST], expected)
        meeting = regular.rhythm.after(now, person.tz) if regular else None
        return PreRead(since, day, meeting, groups, quiet, len(entries))

    def records_of(self, member: Member) -> Sequence[Section]:
        """When the person's one-on-one is."""
        with self._database.read() as tx:
            return store.records_of(tx, member)

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes it within the transaction."""
        store.remove(tx, member)

    def plan_due(self, now: datetime) -> int:
        """Turns every pre-read due up to `now` into a parcel, or drops one that is too late."""
        planned = 0
        while True:
            with self._database.read() as tx:
                found = store.due(tx, self._team_id, now, BATCH)
            planned += sum(self._plan(one, now) for one in found)
            if len(found) < BATCH:
                return planned

    def _tell(self, tx: Transaction, engineer: Member, now: datetime) -> None:
        for hook in self._changed:
            hook(tx, engineer, now)

    def _plan(self, one: OneOnOne, now: datetime) -> bool:
        person = self._people.find(one.engineer)
        if person is None or not person.active:
            self.end(one.engineer, now)
            return False
        meeting = one.rhythm.after(one.pre_read_due_at, person.tz)
        day = meeting.astimezone(person.tz).date()
        parcel = Parcel(
            recipient=one.engineer,
            kind=PRE_READ,
            key=f"{one.engineer.user_id}|{PRE_READ}|{day.isoformat()}",
            subject=one.engineer.user_id,
            not_before=one.pre_read_due_at,
            expires_at=meeting,
        )
        following = next_pre_read(one.rhythm, person.tz, now)
        with self._database.write() as tx:
            if store.find(tx, one.engineer) != one:
                return False  # changed, ended or erased meanwhile
            store.save(tx, replace(one, pre_read_due_at=following))
            return now < meeting and self._post_office.accept(tx, parcel)
