"""The front door to one-on-ones: set one up, read ahead of it, share a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.journal.journal import Journal
from bot.ladder.model import Ladder
from bot.one_on_ones import store
from bot.one_on_ones.model import (
    MOST,
    PRE_READ,
    SHARED,
    NoManager,
    NothingToShare,
    OneOnOne,
    PreRead,
    PreviewOutdated,
    Snapshot,
    as_items,
    grouped,
)
from bot.one_on_ones.rhythm import Rhythm, next_pre_read
from bot.people.model import Person
from bot.people.people import People
from bot.people.standing import expected_of
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database

BATCH = 200
EVERYTHING = 1000
FIRST_TIME = timedelta(days=28)
SHARE_WINDOW = timedelta(days=7)

PageCount = Callable[[Snapshot], int]


class OneOnOnes:
    """The engineer's side comes first; a manager gets what was shared, and nothing else."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        post_office: PostOffice,
        people: People,
        journal: Journal,
        ladder: Callable[[], Ladder],
        team_id: str,
    ) -> None:
        """`team_id` is the workspace whose pre-reads this bot sends."""
        self._database = database
        self._keys = keys
        self._post_office = post_office
        self._people = people
        self._journal = journal
        self._ladder = ladder
        self._team_id = team_id

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
        return new

    def end(self, engineer: Member) -> None:
        """No more pre-reads; what was logged and shared stays."""
        with self._database.write() as tx:
            store.remove(tx, engineer)

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

    def preview(self, person: Person, read: PreRead, included: frozenset[str]) -> Snapshot:
        """Exactly what the manager would get; raises NoManager or NothingToShare."""
        reader = person.confirmed_manager
        if reader is None and person.may_confirm_manager and person.manager:
            reader = person.member.colleague(person.manager.user_id)
        if reader is None:
            raise NoManager
        items = as_items(read.groups, included)
        if not items:
            raise NothingToShare
        return Snapshot(person.member, reader, items)

    def share(
        self,
        share_id: str,
        person: Person,
        read: PreRead,
        included: frozenset[str],
        digest: str,
        page_count: PageCount,
        now: datetime,
    ) -> Snapshot:
        """Freezes the page and hands it to the post office, once for each `share_id`.

        Raises PreviewOutdated when it is not what the preview showed, and what `preview` raises.
        """
        snapshot = self.preview(person, read, included)
        if snapshot.digest != digest:
            raise PreviewOutdated
        if person.may_confirm_manager:
            self._people.confirm_my_manager(person.member, now)
        with self._database.write() as tx:
            if store.insert_share(tx, self._keys, share_id, snapshot, now):
                self._post(tx, share_id, snapshot, page_count(snapshot), now)
        return snapshot

    def shared(self, share_id: str) -> Snapshot | None:
        """For the post office: what was shared under that id."""
        with self._database.read() as tx:
            return store.share(tx, self._keys, self._team_id, share_id)

    def records_of(self, member: Member) -> Sequence[Section]:
        """The person's one-on-one, and the pages that they shared."""
        with self._database.read() as tx:
            return store.records_of(tx, self._keys, member)

    def erase(self, tx: Any, member: Member) -> None:
        """Removes all of it within the transaction."""
        store.erase(tx, member)

    def plan_due(self, now: datetime) -> int:
        """Turns every pre-read due up to `now` into a parcel, or drops one that is too late."""
        planned = 0
        while True:
            with self._database.read() as tx:
                found = store.due(tx, self._team_id, now, BATCH)
            planned += sum(self._plan(one, now) for one in found)
            if len(found) < BATCH:
                return planned

    def _plan(self, one: OneOnOne, now: datetime) -> bool:
        person = self._people.find(one.engineer)
        if person is None or not person.active:
            self.end(one.engineer)
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

    def _post(self, tx: Any, share_id: str, snapshot: Snapshot, pages: int, now: datetime) -> None:
        for page in range(pages):
            parcel = Parcel(
                recipient=snapshot.reader,
                kind=SHARED,
                key=f"{snapshot.owner.user_id}|{SHARED}|{share_id}|{page:02}",
                subject=f"{share_id}/{page}",
                not_before=now.astimezone(UTC),
                expires_at=now + SHARE_WINDOW,
            )
            self._post_office.accept(tx, parcel)
