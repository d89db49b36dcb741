"""The front door to the coverage of one's own examples: counted, drawn, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.coverage import store
from bot.coverage.model import NO_NAMES, Coverage, Drawn, coverage_of
from bot.coverage.telling import sections
from bot.journal.journal import Journal, once
from bot.ladder.model import Ladder
from bot.people.people import People
from bot.people.standing import expected_of
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.database import Database, Transaction

TAKEN_IN = timedelta(hours=1)
"""By then Slack has taken in a file; one that it refuses to show later is gone."""


class Coverages:
    """Each person's own, for that person: the journal decides who may count what."""

    def __init__(
        self,
        database: Database,
        people: People,
        journal: Journal,
        ladder: Callable[[], Ladder],
    ) -> None:
        """`ladder` gives the ladder in service at that moment."""
        self._database = database
        self._people = people
        self._journal = journal
        self._ladder = ladder

    def of(self, member: Member, now: datetime) -> Coverage:
        """The last six months on the person's own calendar; opens no example.

        Only where the ladder lost a competency is the journal asked what it was called.
        """
        ladder, person = self._ladder(), self._people.find(member)
        marks = self._journal.marks(member)
        expected = expected_of(person, ladder) if person else ()
        zone = person.tz if person else ZoneInfo("UTC")
        lost = any(ladder.current(mark.competency_id) is None for mark in marks)
        names = self._journal.page(member).competencies if lost else NO_NAMES
        today = now.astimezone(UTC).astimezone(zone).date()
        return coverage_of(ladder, expected, marks, today, names=names)

    def wanted(self, member: Member, deed: str, now: datetime) -> bool:
        """True the first time for each deed, however often Slack repeats it."""
        with self._database.write() as tx:
            return once(tx, member, deed and f"picture {deed}", now)

    def was_sent(self, member: Member, coverage: Coverage, file_id: str, now: datetime) -> None:
        """Remembers the file as the picture of just this coverage."""
        with self._database.write() as tx:
            store.save(tx, member, Drawn(file_id, coverage.digest, now))

    def sent(self, member: Member, coverage: Coverage) -> str:
        """Slack's id of a picture that shows just this coverage; empty without one."""
        with self._database.read() as tx:
            drawn = store.find(tx, member)
        return drawn.file_id if drawn and drawn.digest == coverage.digest else ""

    def was_refused(self, member: Member, now: datetime) -> None:
        """Slack would not show the picture: it is new, and tried again later, or it is gone."""
        with self._database.write() as tx:
            drawn = store.find(tx, member)
            if drawn and now - drawn.made_at > TAKEN_IN:
                store.erase(tx, member)

    def records_of(self, member: Member) -> Sequence[Section]:
        """Which picture the person was sent last."""
        with self._database.read() as tx:
            return sections(store.find(tx, member))

    def erase(self, tx: Transaction, member: Member) -> None:
        """Forgets it within the transaction."""
        store.erase(tx, member)
