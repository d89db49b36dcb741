"""The front door to calendars: give one, choose its meeting, and follow it from then on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.logs import happened, raised
from bot.one_on_ones.calendars import store
from bot.one_on_ones.calendars.fetching import Fetching
from bot.one_on_ones.calendars.held import Held, Offer
from bot.one_on_ones.calendars.model import (
    CalendarMeeting,
    CalendarProblem,
    Followed,
    Marks,
    Trouble,
)
from bot.one_on_ones.calendars.pace import (
    LAST_RETRY,
    has_failed,
    is_to_be_told,
    marks_for,
    next_read,
    was_read,
)
from bot.one_on_ones.calendars.reading import MOST_DAYS, meetings, read
from bot.one_on_ones.pairs import store as pair_store
from bot.one_on_ones.pairs.model import Pair, PairNotFound
from bot.one_on_ones.pairs.pairs import Pairs
from bot.one_on_ones.pairs.rhythm import Meeting
from bot.people.model import zone_or_utc
from bot.people.people import People
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database, DatabaseError, Transaction

log = logging.getLogger(__name__)

UNREAD = "calendar unread"
BATCH = 20
AT_ONCE = 4
OFFERED = timedelta(days=62)
AHEAD = timedelta(days=MOST_DAYS)
ANSWER_WINDOW = timedelta(days=14)


class Calendars:
    """A pair without a rhythm meets when its calendar says so."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        post_office: PostOffice,
        pairs: Pairs,
        people: People,
        team_id: str,
    ) -> None:
        """`team_id` is the workspace whose calendars this bot reads."""
        self._database = database
        self._keys = keys
        self._post_office = post_office
        self._pairs = pairs
        self._people = people
        self._team_id = team_id
        self._held = Held()
        self._readers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="calendars")
        self._underway: dict[tuple[Member, str], Future[Offer]] = {}
        self.fetching = Fetching()

    # saying

    def look(self, member: Member, pair_id: str, address: str, now: datetime) -> Offer:
        """Reads an address, and holds what is there until somebody chooses.

        Raises CalendarProblem, PairNotFound.
        """
        self._pairs.get(member, pair_id, now)
        found = self.fetching.read(address, Marks())
        return self._offer(member, pair_id, found.content or b"", address.strip(), found.marks, now)

    def begin(
        self, member: Member, pair_id: str, look: Callable[[], Offer], seconds: float
    ) -> Offer | None:
        """Begins to `look`; what is there, or None when that takes longer than so many seconds.

        A few are read at a time, so that slow servers do not keep every thread of the bot waiting.
        """
        future = self._readers.submit(look)
        wait([future], seconds)
        if future.done():
            return future.result()
        self._underway[member, pair_id] = future
        return None

    def awaited(self, member: Member, pair_id: str) -> Offer | CalendarProblem | None:
        """What took longer, or why it did not come; None when nothing took longer."""
        future = self._underway.pop((member, pair_id), None)
        if future is None:
            return None
        problem = future.exception()
        return problem if isinstance(problem, CalendarProblem) else future.result()

    def look_at_file(self, member: Member, pair_id: str, content: bytes, now: datetime) -> Offer:
        """The same with a file, which is read this once. Raises CalendarProblem, PairNotFound."""
        self._pairs.get(member, pair_id, now)
        return self._offer(member, pair_id, content, "", Marks(), now)

    def follow(
        self, member: Member, pair_id: str, number: int, now: datetime, deed: str = ""
    ) -> Pair:
        """Takes that series of what the member was offered; from now on the pair goes by it.

        The other side is told, once for each deed.
        Raises CalendarForgotten, CalendarProblem, PairNotFound.
        """
        offer = self._held.find(member, pair_id, now)
        if not 0 <= number < len(offer.series):
            raise CalendarProblem(Trouble.SERIES_GONE)
        uid, zone = offer.series[number].uid, self.zone_of(member)
        pair = self._pairs.get(member, pair_id, now)
        found = meetings(offer.content, uid, zone, now, now + AHEAD)
        due = next_read(pair_id, now)
        new = Followed(pair_id, member, offer.address, uid, now, due, offer.marks)
        with self._database.write() as tx:
            self._hold(tx, pair_id)
            store.insert(tx, self._keys, new)
            store.save_meetings(tx, self._team_id, pair.id, found)
        return self._pairs.change(member, pair_id, None, now, deed)

    def follow_address(
        self, member: Member, pair_id: str, address: str, uid: str, now: datetime
    ) -> Pair:
        """Reads and follows in one go; raises as `look` and `follow` do."""
        return self._follow_uid(self.look(member, pair_id, address, now), member, pair_id, uid, now)

    def follow_file(
        self, member: Member, pair_id: str, content: bytes, uid: str, now: datetime
    ) -> Pair:
        """The same with a file."""
        offer = self.look_at_file(member, pair_id, content, now)
        return self._follow_uid(offer, member, pair_id, uid, now)

    # looking

    def of(self, member: Member, pair_id: str, now: datetime) -> Followed | None:
        """How the pair's calendar does, for either side; raises PairNotFound."""
        self._pairs.get(member, pair_id, now)
        return self.find(pair_id)

    def find(self, pair_id: str) -> Followed | None:
        """For the post office: the calendar of that pair."""
        with self._database.read() as tx:
            return store.find(tx, self._keys, self._team_id, pair_id)

    def zone_of(self, member: Member) -> ZoneInfo:
        """By what clock a time without a zone is meant; a manager need not be placed."""
        with self._database.read() as tx:
            return zone_or_utc(self._people.known_zone(tx, member))

    def meetings_of(self, tx: Transaction, pair: Pair) -> Sequence[Meeting]:
        """All that is known of a pair's meetings, past ones too."""
        found = store.meetings(tx, pair.engineer.team_id, pair.id)
        return [Meeting(each.slot, each.starts_at) for each in found]

    # what happens around them

    def read_due(self, now: datetime) -> int:
        """Reads again what is due, over the network; returns how many were read."""
        with self._database.read() as tx:
            found = store.due(tx, self._team_id, now, BATCH)
        return sum(self._read_by_itself(each, now) for each in found)

    def ended(self, tx: Transaction, pair: Pair, _now: datetime) -> None:
        """A pair has ended: its calendar is nobody's business any more."""
        store.remove(tx, pair.engineer.team_id, pair.id)

    def records_of(self, member: Member) -> Sequence[Section]:
        """The calendars that the person gave, and the meetings that were found for them."""
        with self._database.read() as tx:
            own = store.set_by(tx, self._keys, member)
            mine = [pair.id for pair in pair_store.of(tx, member, ended=True)]
            times = [each for i in mine for each in store.meetings(tx, member.team_id, i)]
        rows = tuple((c.address or "a file", c.read_at, c.problem) for c in own)
        met = tuple((each.starts_at, each.ends_at) for each in times)
        return [
            Section("calendars", "Calendars", ("address", "read_at", "problem"), rows),
            Section("calendar_meetings", "Meetings in them", ("starts_at", "ends_at"), met),
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

    # inside

    def _offer(
        self,
        member: Member,
        pair_id: str,
        content: bytes,
        address: str,
        marks: Marks,
        now: datetime,
    ) -> Offer:
        zone = self.zone_of(member)
        found = read(content, zone, now, now + OFFERED)
        offer = Offer.of(content, found.series, address, marks)
        self._held.keep(member, pair_id, offer, now)
        return offer

    def _follow_uid(
        self, offer: Offer, member: Member, pair_id: str, uid: str, now: datetime
    ) -> Pair:
        uids = [each.uid for each in offer.series]
        return self.follow(member, pair_id, uids.index(uid) if uid in uids else -1, now)

    def _hold(self, tx: Transaction, pair_id: str) -> None:
        pair = self._pairs.held(tx, pair_id)
        if pair is None or not pair.is_live:
            raise PairNotFound

    def _read_by_itself(self, pair_id: str, now: datetime) -> bool:
        """Whatever is wrong with one calendar is told in the log, and waits a day."""
        try:
            calendar = self.find(pair_id)
            return calendar is not None and self._read_again(calendar, now)
        except DatabaseError:
            raise  # nothing is wrong with this calendar, and the next beat tries again
        except Exception as error:
            log.error(happened("calendar_broken", **raised(error)))
        with suppress(Exception), self._database.write() as tx:
            store.put_off(tx, self._team_id, pair_id, now + LAST_RETRY)
        return False

    def _read_again(self, calendar: Followed, now: datetime) -> bool:
        pair = self._pairs.find(calendar.pair_id)
        if pair is None or not pair.is_live or pair.rhythm is not None:
            with self._database.write() as tx:
                self._pairs.held(tx, calendar.pair_id)
                store.remove(tx, self._team_id, calendar.pair_id)
            return False
        if not calendar.address:
            self._note(calendar, replace(calendar, next_read_at=next_read(pair.id, now)), None, now)
            return False
        try:
            fetched = self.fetching.read(calendar.address, marks_for(calendar, now))
            content, found = fetched.content, None
            if content is not None:
                zone = self.zone_of(calendar.set_by)
                found = meetings(content, calendar.uid, zone, now, now + AHEAD)
        except CalendarProblem as problem:
            log.info(happened("not_read", trouble=problem.trouble.value, failed=calendar.failed))
            gone = () if problem.trouble is Trouble.SERIES_GONE else None
            self._note(calendar, has_failed(calendar, problem, now), gone, now)
            return False
        whole = content is not None
        self._note(calendar, was_read(calendar, fetched.marks, now, whole=whole), found, now)
        return True

    def _note(
        self,
        before: Followed,
        after: Followed,
        found: Sequence[CalendarMeeting] | None,
        now: datetime,
    ) -> None:
        """Keeps what came of a reading, unless somebody gave another calendar meanwhile."""
        with self._database.write() as tx:
            self._pairs.held(tx, before.pair_id)
            if store.find(tx, self._keys, self._team_id, before.pair_id, lock=True) != before:
                return
            if is_to_be_told(after, now):
                self._post_office.accept(tx, _news(after, now))
                after = replace(after, told=True)
            store.update(tx, self._keys, after)
            if found is not None and self._changed(tx, after.pair_id, found, now):
                self._pairs.meetings_changed(tx, after.pair_id, now)

    def _changed(
        self, tx: Transaction, pair_id: str, found: Sequence[CalendarMeeting], now: datetime
    ) -> bool:
        """What is over stays; of what is to come, the calendar has the last word."""
        known = store.meetings(tx, self._team_id, pair_id)
        new = [each for each in found if each not in known]
        slots = {each.slot for each in found}
        gone = [each.slot for each in known if each.starts_at > now and each.slot not in slots]
        store.save_meetings(tx, self._team_id, pair_id, new)
        store.remove_meetings(tx, self._team_id, pair_id, gone)
        return bool(new or gone)


def count_calendars(database: Database) -> tuple[int, int]:
    """For the operator: how many calendars cannot be read at the moment, and how many there are."""
    with database.read() as tx:
        return store.counts(tx)


def _news(calendar: Followed, now: datetime) -> Parcel:
    user_id = calendar.set_by.user_id
    return Parcel(
        recipient=calendar.set_by,
        kind=UNREAD,
        key=f"{user_id}|{UNREAD}|{calendar.pair_id}|{calendar.failing_since:%Y-%m-%dT%H:%M}",
        subject=calendar.pair_id,
        not_before=now,
        expires_at=now + ANSWER_WINDOW,
    )
