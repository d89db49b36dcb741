"""Two people who meet for one-on-ones, how far that has come, and the meeting that is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.one_on_ones.pairs.rhythm import Meeting, Rhythm
from bot.privacy.policy import Subject, Ties
from bot.slack.member import Member

QUESTION = "one-on-one?"
NEWS = "one-on-one news"
ASK_AGAIN_AFTER = timedelta(days=7)


class State(StrEnum):
    """Only a confirmed pair with a partner opens anything to that partner."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    ENDED = "ended"


class Why(StrEnum):
    """Why a pair ended."""

    BY_ENGINEER = "engineer"
    BY_PARTNER = "partner"
    DECLINED = "declined"
    MANAGER_CHANGED = "manager changed"
    LEFT = "left"


class News(StrEnum):
    """What the other side hears, by the post office."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CHANGED = "changed"
    MOVED = "moved"
    SKIPPED = "skipped"
    PAUSED = "paused"
    ENDED = "ended"
    LEFT = "left"
    MANAGER_CHANGED = "manager changed"


@dataclass(frozen=True, slots=True)
class Pair:
    """An engineer and whom they meet: a manager, a lead, or nobody, who prepares alone.

    `rhythm` is None when a calendar decides; `meeting` is the next one that is not over, if any.
    `met_at` is when they last met, and `pre_read_slot` the meeting whose pre-read was taken care
    of. `asked_at` is when the other side was last asked to confirm. Instants in UTC.
    """

    id: str
    engineer: Member
    partner: Member | None
    state: State
    proposed_by: Member
    rhythm: Rhythm | None
    created_at: datetime
    resumes: date | None = None
    meeting: Meeting | None = None
    pre_read_due_at: datetime | None = None
    pre_read_slot: str = ""
    over_due_at: datetime | None = None
    met_at: datetime | None = None
    ended_at: datetime | None = None
    why: Why | None = None
    asked_at: datetime | None = None

    @property
    def starts_at(self) -> datetime:
        """When they meet next; when the pair was made, where nobody knows."""
        return self.meeting.starts_at if self.meeting else self.created_at

    @property
    def is_live(self) -> bool:
        """False once it has ended."""
        return self.state is not State.ENDED

    @property
    def is_shared(self) -> bool:
        """True while both fill one page: confirmed, with a partner."""
        return self.state is State.CONFIRMED and self.partner is not None

    @property
    def runs(self) -> bool:
        """True while there are pre-reads: a partner's proposal waits for the engineer's yes."""
        by_engineer = self.state is State.PROPOSED and self.proposed_by == self.engineer
        return self.state is State.CONFIRMED or by_engineer

    @property
    def asked(self) -> Member | None:
        """Whose answer is awaited."""
        return self.other(self.proposed_by) if self.state is State.PROPOSED else None

    def is_known_to(self, member: Member) -> bool:
        """Whether the member is on a side of it; a partner only once they were asked."""
        asked = member == self.partner and self.asked_at is not None
        return member == self.engineer or asked

    def other(self, member: Member) -> Member | None:
        """Whom that side of the pair meets; None also for somebody who is on neither side."""
        if member == self.engineer:
            return self.partner
        return self.engineer if member == self.partner else None

    def stays(self, now: datetime) -> Meeting | None:
        """The next meeting, where both agreed to move it: another rhythm does not take it away."""
        meeting = self.meeting
        if self.rhythm is None or meeting is None or meeting.starts_at <= now or self.asked:
            return None
        usual = self.rhythm.meeting_on(date.fromisoformat(meeting.slot))
        return None if meeting == usual else meeting

    def may_ask_again(self, now: datetime) -> bool:
        """A question that stays open is not repeated by itself, and at most once a week at all."""
        return self.asked is not None and (
            self.asked_at is None or now - self.asked_at >= ASK_AGAIN_AFTER
        )

    def may_move(self, member: Member) -> bool:
        """Whether that side may move or skip a meeting: of a pair that is confirmed, or of one
        that the engineer goes by already.
        """
        return self.state is State.CONFIRMED or (self.runs and member == self.engineer)

    def subject(self, ties: Ties) -> Subject:
        """For the policy: the engineer's page, open to the partner of a pair that is confirmed."""
        return Subject(self.engineer, ties, partner=self.partner if self.is_shared else None)


class PairNotFound(Exception):
    """There is no such pair, or it is not this person's: both look the same."""


class PairExists(Exception):
    """The two have a one-on-one already."""


class PartnerRefused(Exception):
    """That person cannot be met; the text is a sentence without names."""
