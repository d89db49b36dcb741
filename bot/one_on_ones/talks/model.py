"""One meeting that is over or under way, and to which talk a moment belongs. Pure."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.one_on_ones.pairs.model import Pair
from bot.slack.member import Member

STILL_IN_IT = timedelta(hours=24)
IDS = uuid.UUID("c3e0b7b4-5d4e-5a52-8a37-2b9d1c6a90f3")


@dataclass(frozen=True, slots=True)
class Talk:
    """One meeting that is over; not `held` when somebody said that it did not take place.

    `slot` is the meeting's. `agreed` is what both can read and change, `agreed_by` who changed it
    last; `before` is what the other side had written last, for their export alone. Instants in UTC.
    """

    id: str
    pair_id: str
    slot: str
    starts_at: datetime
    held: bool = True
    agreed: str = ""
    agreed_by: Member | None = None
    agreed_at: datetime | None = None
    before: str = ""
    before_by: Member | None = None

    @property
    def version(self) -> str:
        """Changes whenever `agreed` does; empty at first."""
        return self.agreed_at.isoformat() if self.agreed_at else ""

    def rewritten(self, words: str, by: Member, at: datetime) -> Talk:
        """With other words for what was agreed; what the other side wrote last is kept for them."""
        talk = replace(self, agreed=words, agreed_by=by, agreed_at=at)
        if self.agreed_by in (None, by):
            return talk
        return replace(talk, before=self.agreed, before_by=self.agreed_by)

    def in_the_words_of(self, member: Member) -> Talk:
        """The same with nothing that somebody else wrote."""
        talk = self if self.before_by == member else replace(self, before="", before_by=None)
        mine = self.agreed_by == member
        return talk if mine else replace(talk, agreed="", agreed_by=None, agreed_at=None)


def talk_id(pair_id: str, slot: str) -> str:
    """The id of the talk about that meeting of the pair."""
    return uuid.uuid5(IDS, f"talk {pair_id} {slot}").hex


def under_way(pair: Pair, now: datetime) -> Talk | None:
    """The talk of a meeting that has begun and is not over, as far as the heartbeat knows."""
    meeting = pair.meeting
    if not (meeting and pair.runs and meeting.starts_at <= now):
        return None
    return Talk(talk_id(pair.id, meeting.slot), pair.id, meeting.slot, meeting.starts_at)


def in_talk(last: Talk | None, now: datetime) -> str | None:
    """The talk to which what happens now belongs: the last one for a day, later the next one."""
    if last is None or not last.starts_at <= now < last.starts_at + STILL_IN_IT:
        return None
    return last.id
