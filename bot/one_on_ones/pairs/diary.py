"""Which meeting of a pair is next: out of its rhythm, or out of its calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.one_on_ones.pairs import store
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.planning import with_meeting
from bot.one_on_ones.pairs.rhythm import Meeting, Rhythm, first_after, still_counting
from bot.people.model import Person
from bot.people.people import People
from bot.slack.member import Member
from bot.storage.database import Transaction

Meetings = Callable[[Transaction, Pair], Sequence[Meeting]]


def no_calendar(_tx: Transaction, _pair: Pair) -> Sequence[Meeting]:
    """Where nobody reads calendars."""
    return ()


class Diary:
    """Looks ahead for one pair at a time, within a transaction."""

    def __init__(self, people: People) -> None:
        """Without calendars, until somebody tells of them."""
        self._people = people
        self.calendar: Meetings = no_calendar

    def next(self, tx: Transaction, pair: Pair, moment: datetime) -> Meeting | None:
        """The first meeting strictly after the moment; None where a calendar knows of none."""
        timetable = store.timetable(tx, pair)
        if timetable:
            return timetable.after(moment)
        later = [each for each in self.calendar(tx, pair) if _counts(pair, each)]
        return first_after(later, moment)

    def planned(self, tx: Transaction, pair: Pair, moment: datetime) -> Pair:
        """The pair with the first meeting strictly after the moment, and what is due of it."""
        person = self.engineer(tx, pair.engineer)
        if person is None:
            return pair
        return with_meeting(pair, self.next(tx, pair, moment), person.tz)

    def goes_on(self, tx: Transaction, pair: Pair, rhythm: Rhythm | None, now: datetime) -> None:
        """Keeps what was decided for single days, as far as it counts in the rhythm to come."""
        known = store.moves(tx, pair)
        store.set_moves(tx, pair, still_counting(known, rhythm, pair.stays(now), now))

    def stands(self, tx: Transaction, pair: Pair) -> bool:
        """Whether the calendar has not put the pair's meeting to another time meanwhile."""
        known = {each.slot: each for each in self.calendar(tx, pair)}
        return pair.meeting is not None and known.get(pair.meeting.slot) in (None, pair.meeting)

    def engineer(self, tx: Transaction, member: Member) -> Person | None:
        """The engineer as the transaction sees them; None for somebody not placed any more."""
        return self._people.among(tx, member.team_id, [member.user_id]).get(member.user_id)


def _counts(pair: Pair, meeting: Meeting) -> bool:
    """Not in a pause; a calendar has no zone of its own, so the day begins in UTC."""
    return pair.resumes is None or meeting.starts_at.date() >= pair.resumes
