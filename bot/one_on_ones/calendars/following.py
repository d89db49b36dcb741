"""A calendar is read again and again, and what has changed in it is followed."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.logs import happened, raised
from bot.one_on_ones.calendars import store
from bot.one_on_ones.calendars.continuing import course
from bot.one_on_ones.calendars.fetching import Fetched, Fetching
from bot.one_on_ones.calendars.model import (
    CalendarMeeting,
    CalendarProblem,
    Choice,
    Due,
    Followed,
    Marks,
    Trouble,
)
from bot.one_on_ones.calendars.pace import (
    CLAIMED,
    LAST_RETRY,
    has_failed,
    is_to_be_told,
    marks_for,
    next_read,
    was_read,
)
from bot.one_on_ones.calendars.readers import Readers
from bot.one_on_ones.calendars.reading import MOST_DAYS
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.pairs import Pairs
from bot.people.model import zone_or_utc
from bot.people.people import People
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database, DatabaseError, Transaction

log = logging.getLogger(__name__)

UNREAD = "calendar unread"
OVER = "calendar over"
BATCH = 20
AHEAD = timedelta(days=MOST_DAYS)
ANSWER_WINDOW = timedelta(days=14)


class Following:
    """What happens to calendars on schedule, while nobody looks."""

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
        self._readers = Readers()
        self._underway: dict[tuple[Member, str], Future[Choice]] = {}
        self.fetching = Fetching()

    def find(self, pair_id: str) -> Followed | None:
        """For the post office: the calendar of that pair."""
        with self._database.read() as tx:
            return store.find(tx, self._keys, self._team_id, pair_id)

    def zone_of(self, member: Member) -> ZoneInfo:
        """By what clock a time without a zone is meant; a manager need not be placed."""
        with self._database.read() as tx:
            return zone_or_utc(self._people.known_zone(tx, member))

    def read_due(self, now: datetime) -> int:
        """Reads again what is due, a few at a time; returns how many were read."""
        with self._database.read() as tx:
            found = store.due(tx, self._team_id, now, BATCH)
        begun = [
            self._readers.schedule(each.set_by, partial(self._read_by_itself, each, now))
            for each in found
        ]
        return sum(reading.result() for reading in begun if reading)

    def _read_by_itself(self, due: Due, now: datetime) -> bool:
        """Whatever is wrong with one calendar is told in the log, and waits a day."""
        with self._database.write() as tx:
            self._pairs.held(tx, due.pair_id)
            if not store.claim(tx, due, now + CLAIMED):
                return False
        try:
            calendar = self.find(due.pair_id)
            return calendar is not None and self._read_again(calendar, now)
        except DatabaseError:
            raise  # nothing is wrong with this calendar, and it is tried again in some minutes
        except Exception as error:
            log.error(happened("calendar_broken", **raised(error)))
        with suppress(Exception), self._database.write() as tx:
            store.put_off(tx, self._team_id, due.pair_id, now + LAST_RETRY)
        return False

    def _read_again(self, calendar: Followed, now: datetime) -> bool:
        pair = self._pairs.find(calendar.pair_id)
        if pair is None or not pair.is_live or pair.rhythm is not None:
            with self._database.write() as tx:
                self._pairs.held(tx, calendar.pair_id)
                store.remove(tx, self._team_id, calendar.pair_id)
            return False
        more = self._knows_more(pair, now)
        if calendar.address:
            marks = marks_for(calendar, now) if more else Marks()
            return self._fetch_again(calendar, marks, now)
        after = replace(calendar, next_read_at=next_read(pair.id, now))
        self._note(calendar, after, None, now, over=not more)
        return False

    def _fetch_again(self, calendar: Followed, marks: Marks, now: datetime) -> bool:
        began = time.monotonic()
        try:
            fetched = self.fetching.read(calendar.address, marks)
            took = time.monotonic() - began
            after, found = self._understood(calendar, fetched, now, took)
        except CalendarProblem as problem:
            log.info(happened("not_read", trouble=problem.trouble.value, failed=calendar.failed))
            took = time.monotonic() - began
            gone = () if problem.trouble is Trouble.SERIES_GONE else None
            self._note(calendar, has_failed(calendar, problem, now, took), gone, now)
            return False
        self._note(calendar, after, found, now, over=found == ())
        return True

    def _understood(
        self, calendar: Followed, fetched: Fetched, now: datetime, took: float
    ) -> tuple[Followed, Sequence[CalendarMeeting] | None]:
        """The calendar as it stands then, and its meetings; None when nothing has changed."""
        if fetched.content is None:
            return was_read(calendar, fetched.marks, now, took, whole=False), None
        zone = self.zone_of(calendar.set_by)
        found = course(fetched.content, calendar.uid, zone, now, now + AHEAD)
        after = was_read(calendar, fetched.marks, now, took, whole=True)
        return replace(after, uid=found.uid), found.meetings

    def _knows_more(self, pair: Pair, now: datetime) -> bool:
        """Whether a meeting is ahead; if not, it matters whether there is a new series."""
        with self._database.read() as tx:
            known = store.meetings(tx, self._team_id, pair.id)
        return any(each.starts_at > now for each in known)

    def _note(
        self,
        before: Followed,
        after: Followed,
        found: Sequence[CalendarMeeting] | None,
        now: datetime,
        *,
        over: bool = False,
    ) -> None:
        """Keeps what came of a reading, unless somebody gave another calendar meanwhile."""
        with self._database.write() as tx:
            self._pairs.held(tx, before.pair_id)
            if store.find(tx, self._keys, self._team_id, before.pair_id, lock=True) != before:
                return
            if is_to_be_told(after, now):
                since = f"{after.failing_since:%Y-%m-%dT%H:%M}"
                self._post_office.accept(tx, _news(after, UNREAD, since, now))
                after = replace(after, told=True)
            if over:
                self._post_office.accept(tx, _news(after, OVER, self._last(tx, after), now))
                after = replace(after, problem=Trouble.SERIES_OVER)
            store.update(tx, self._keys, after)
            if found is not None and self._changed(tx, after.pair_id, found, now):
                self._pairs.meetings_changed(tx, after.pair_id, now)

    def _last(self, tx: Transaction, calendar: Followed) -> str:
        """Names the end of a series, which is told once."""
        known = store.meetings(tx, self._team_id, calendar.pair_id)
        return f"{known[-1].starts_at:%Y-%m-%dT%H:%M}" if known else "never"

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


def _news(calendar: Followed, kind: str, since: str, now: datetime) -> Parcel:
    return Parcel(
        recipient=calendar.set_by,
        kind=kind,
        key=f"{calendar.set_by.user_id}|{kind}|{calendar.pair_id}|{since}",
        subject=calendar.pair_id,
        not_before=now,
        expires_at=now + ANSWER_WINDOW,
    )
