"""The front door to calendars: give one, choose its meeting, and follow it from then on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import wait
from datetime import datetime, timedelta

from bot.one_on_ones.calendars import store
from bot.one_on_ones.calendars.continuing import course
from bot.one_on_ones.calendars.following import AHEAD, Following
from bot.one_on_ones.calendars.held import KEPT, Offer
from bot.one_on_ones.calendars.model import (
    MOST_SERIES,
    CalendarForgotten,
    CalendarProblem,
    Choice,
    Followed,
    Marks,
    Trouble,
    key_of,
)
from bot.one_on_ones.calendars.pace import next_read
from bot.one_on_ones.calendars.reading import read
from bot.one_on_ones.pairs import store as pair_store
from bot.one_on_ones.pairs.model import Pair, PairNotFound
from bot.one_on_ones.pairs.rhythm import Meeting
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.database import Database, Transaction
from bot.storage.once import was_done

OFFERED = timedelta(days=62)


class Calendars(Following):
    """A pair without a rhythm meets when its calendar says so."""

    # saying

    def look(self, member: Member, pair_id: str, address: str, now: datetime) -> Choice:
        """Reads an address, and holds what is there until somebody chooses.

        Raises CalendarProblem, PairNotFound.
        """
        self._pairs.get(member, pair_id, now)
        found = self.fetching.read(address, Marks())
        return self._offer(member, pair_id, found.content or b"", address.strip(), found.marks, now)

    def begin(
        self, member: Member, pair_id: str, look: Callable[[], Choice], seconds: float
    ) -> Choice | None:
        """Begins to `look`; what is there, or None when that takes longer than so many seconds.

        Raises CalendarProblem also while another calendar of theirs is being read.
        """
        future = self._readers.ask(member, look)
        wait([future], seconds)
        if future.done():
            return future.result()
        self._underway[member, pair_id] = future
        return None

    def awaited(self, member: Member, pair_id: str) -> Choice | CalendarProblem | None:
        """What took longer, or why it did not come; None when nothing took longer."""
        future = self._underway.pop((member, pair_id), None)
        if future is None:
            return None
        problem = future.exception()
        return problem if isinstance(problem, CalendarProblem) else future.result()

    def look_at_file(self, member: Member, pair_id: str, content: bytes, now: datetime) -> Choice:
        """The same with a file, which is read this once. Raises CalendarProblem, PairNotFound."""
        self._pairs.get(member, pair_id, now)
        return self._offer(member, pair_id, content, "", Marks(), now)

    def follow(self, member: Member, pair_id: str, key: str, now: datetime, deed: str = "") -> Pair:
        """Takes the series of that key from what the member was offered; the pair goes by it.

        The other side is told, once for each deed, and the offer is dropped.
        Raises CalendarForgotten, CalendarProblem, PairNotFound.
        """
        with self._database.read() as tx:
            offer = store.offer(tx, self._keys, member, pair_id, now - KEPT)
            done = offer is None and was_done(tx, self._team_id, deed)
        pair = self._pairs.get(member, pair_id, now) if offer or done else None
        if pair is None:
            raise CalendarForgotten
        return pair if offer is None else self._follow(member, pair, offer, key, now, deed)

    def follow_address(
        self, member: Member, pair_id: str, address: str, uid: str, now: datetime
    ) -> Pair:
        """Reads and follows in one go; raises as `look` and `follow` do."""
        self.look(member, pair_id, address, now)
        return self.follow(member, pair_id, key_of(uid), now)

    def follow_file(
        self, member: Member, pair_id: str, content: bytes, uid: str, now: datetime
    ) -> Pair:
        """The same with a file."""
        self.look_at_file(member, pair_id, content, now)
        return self.follow(member, pair_id, key_of(uid), now)

    def forget_offers(self, now: datetime) -> int:
        """Drops what nobody chose from within half an hour; returns how many."""
        with self._database.write() as tx:
            return store.drop_offers_before(tx, now - KEPT)

    # looking

    def of(self, member: Member, pair_id: str, now: datetime) -> Followed | None:
        """How the pair's calendar does, for either side; raises PairNotFound."""
        self._pairs.get(member, pair_id, now)
        return self.find(pair_id)

    def meetings_of(self, tx: Transaction, pair: Pair) -> Sequence[Meeting]:
        """All that is known of a pair's meetings, past ones too."""
        found = store.meetings(tx, pair.engineer.team_id, pair.id)
        return [Meeting(each.slot, each.starts_at) for each in found]

    # what happens around them

    def ended(self, tx: Transaction, pair: Pair, _now: datetime) -> None:
        """A pair has ended: its calendar is nobody's business any more."""
        store.remove(tx, pair.engineer.team_id, pair.id)
        for side in (pair.engineer, pair.partner):
            if side:
                store.drop_offers(tx, side, pair.id)

    def records_of(self, member: Member) -> Sequence[Section]:
        """The calendars that the person gave, and the meetings that were found for them."""
        with self._database.read() as tx:
            own = store.set_by(tx, self._keys, member)
            mine = [pair.id for pair in pair_store.of(tx, member, ended=True)]
            times = [each for i in mine for each in store.meetings(tx, member.team_id, i)]
            offers = store.offers_of(tx, self._keys, member)
        rows = tuple((c.address or "a file", c.read_at, c.problem) for c in own)
        given = tuple((offer.address or "a file", at) for at, offer in offers)
        met = tuple((each.starts_at, each.ends_at) for each in times)
        return [
            Section("calendars", "Calendars", ("address", "read_at", "problem"), rows),
            Section("calendar_meetings", "Meetings in them", ("starts_at", "ends_at"), met),
            Section("calendar_offers", "Calendars to choose from", ("address", "given_at"), given),
        ]

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes the calendars that the person gave, and those of the pairs that go with them.

        It has to come before the pairs themselves.
        """
        for pair in pair_store.of(tx, member, ended=True):
            if pair.engineer == member:
                store.remove(tx, member.team_id, pair.id)
        for calendar in store.set_by(tx, self._keys, member):
            store.remove(tx, member.team_id, calendar.pair_id)
        store.drop_offers(tx, member)

    # inside

    def _offer(
        self,
        member: Member,
        pair_id: str,
        content: bytes,
        address: str,
        marks: Marks,
        now: datetime,
    ) -> Choice:
        zone = self.zone_of(member)
        found = read(content, zone, now, now + OFFERED)
        uids = tuple(each.uid for each in found.series[:MOST_SERIES])
        offer = Offer(address, marks, uids, found.content)
        self._pairs.get(member, pair_id, now)  # which may have ended while we read
        with self._database.write() as tx:
            store.hold(tx, self._keys, member, pair_id, offer, now)
        return found.series

    def _follow(
        self, member: Member, pair: Pair, offer: Offer, key: str, now: datetime, deed: str
    ) -> Pair:
        uid = next((each for each in offer.uids if key_of(each) == key), None)
        if uid is None:
            raise CalendarProblem(Trouble.SERIES_GONE)
        found = course(offer.content, uid, self.zone_of(member), now, now + AHEAD)
        due = next_read(pair.id, now)
        new = Followed(pair.id, member, offer.address, found.uid, now, due, offer.marks)
        with self._database.write() as tx:
            self._hold(tx, pair.id)
            store.insert(tx, self._keys, new)
            store.save_meetings(tx, self._team_id, pair.id, found.meetings)
        pair = self._pairs.change(member, pair.id, None, now, deed)
        with self._database.write() as tx:  # after the deed, which stands for it from then on
            store.drop_offers(tx, member)
        return pair

    def _hold(self, tx: Transaction, pair_id: str) -> None:
        pair = self._pairs.held(tx, pair_id)
        if pair is None or not pair.is_live:
            raise PairNotFound


def count_calendars(database: Database) -> tuple[int, int]:
    """For the operator: how many calendars cannot be read at the moment, and how many there are."""
    with database.read() as tx:
        return store.counts(tx)
