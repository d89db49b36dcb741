"""Messages that somebody marked with an emoji: each asked about once, however often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.slack.member import Member
from bot.storage.database import Database
from bot.storage.once import first_time

KIND = "marked"
ASKED_FOR = timedelta(days=2)
OWN = "own"


@dataclass(frozen=True, slots=True)
class Mark:
    """`about` is the message, as `C…/ts`; `own` where the one who marked it wrote it."""

    about: str
    own: bool = False


class Marks:
    """Keeps nothing but the parcel, which names the message by its ids."""

    def __init__(self, database: Database, post_office: PostOffice) -> None:
        """The question goes through the post office."""
        self._database = database
        self._post_office = post_office

    def take(self, member: Member, mark: Mark, deed: str, now: datetime) -> None:
        """Asks the member about the message, unless they were asked about it before."""
        key = f"{member.user_id}|{KIND}|{mark.about}"
        subject = f"{mark.about}/{OWN if mark.own else ''}"
        question = Parcel(member, KIND, key, subject, now, now + ASKED_FOR)
        with self._database.write() as tx:
            if not first_time(tx, member.team_id, deed, now):
                return
            if not self._post_office.accept(tx, question):
                return
        self._post_office.send_at_once(question, now)


def mark_of(parcel: Parcel) -> Mark:
    """What a parcel asks about."""
    about, _, own = parcel.subject.rpartition("/")
    return Mark(about, own == OWN)
