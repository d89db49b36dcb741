"""The front door to pre-reads: what an engineer reads ahead of a one-on-one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.journal.grouping import grouped
from bot.journal.journal import Journal
from bot.ladder.model import Ladder
from bot.one_on_ones.model import MOST, PRE_READ, PreRead
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.pairs import Pairs
from bot.one_on_ones.pairs.rhythm import Meeting
from bot.people.model import Person
from bot.people.standing import expected_of
from bot.slack.member import Member
from bot.storage.database import Transaction

EVERYTHING = 1000
FIRST_TIME = timedelta(days=28)


class OneOnOnes:
    """The engineer's side alone: a manager gets what `sharing` hands over, and nothing else."""

    def __init__(
        self,
        post_office: PostOffice,
        pairs: Pairs,
        journal: Journal,
        ladder: Callable[[], Ladder],
    ) -> None:
        """`ladder` gives the ladder in service at that moment."""
        self._post_office = post_office
        self._pairs = pairs
        self._journal = journal
        self._ladder = ladder

    def find(self, engineer: Member) -> Pair | None:
        """The engineer's next one-on-one, or None when none was set up."""
        found = (pair for pair in self._pairs.of(engineer) if pair.engineer == engineer)
        return next(found, None)

    def pre_read(self, person: Person, now: datetime, since: datetime | None = None) -> PreRead:
        """The examples since the last one-on-one, or of four weeks before the first.

        A given `since` wins: a button in an older pre-read still means that pre-read.
        """
        pair = self.find(person.member)
        since = since or (pair and pair.met_at) or now - FIRST_TIME
        day = since.astimezone(person.tz).date()
        entries = self._journal.since(person.member, day, since, EVERYTHING)
        ladder = self._ladder()
        expected = expected_of(person, ladder)
        _, quiet = grouped(ladder, entries, expected)
        groups, _ = grouped(ladder, entries[:MOST], expected)
        meeting = pair.meeting.starts_at if pair and pair.meeting else None
        return PreRead(since, day, meeting, groups, quiet, len(entries))

    def comes_near(self, tx: Transaction, pair: Pair, meeting: Meeting, now: datetime) -> None:
        """Hands the pre-read of a meeting to the post office."""
        parcel = Parcel(
            recipient=pair.engineer,
            kind=PRE_READ,
            key=f"{pair.engineer.user_id}|{PRE_READ}|{pair.id}|{meeting.slot}",
            subject=f"{pair.id}/{meeting.slot}",
            not_before=now,
            expires_at=meeting.starts_at,
        )
        self._post_office.accept(tx, parcel)
