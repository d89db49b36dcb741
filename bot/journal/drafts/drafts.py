"""The front door to drafts: take a message in, let it change, let go of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.journal.drafts import store
from bot.journal.drafts.model import KEPT, KIND, DraftGone, Written
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database, Transaction
from bot.storage.once import first_time


class Drafts:
    """Drafts, each seen by its author only; the question about one goes through the post office."""

    def __init__(self, database: Database, keys: KeyRing, post_office: PostOffice) -> None:
        """`keys` seal what people wrote."""
        self._database = database
        self._keys = keys
        self._post_office = post_office

    def take(self, draft: Written, deed: str, now: datetime) -> None:
        """Keeps a message and asks what to do with it, once, however often Slack sends it."""
        question = question_about(draft)
        with self._database.write() as tx:
            if not first_time(tx, draft.owner.team_id, deed, now):
                return
            store.insert(tx, self._keys, draft)
            self._post_office.accept(tx, question)
        self._post_office.send_at_once(question, now)

    def is_first(self, owner: Member, deed: str, now: datetime) -> bool:
        """True the first time: what is only answered, and not kept, is answered once too."""
        with self._database.write() as tx:
            return first_time(tx, owner.team_id, deed, now)

    def rewrite(self, draft: Written) -> bool:
        """The message was edited in Slack; False when it is no draft any more."""
        with self._database.write() as tx:
            return store.rewrite(tx, self._keys, draft)

    def question_place(self, draft: Written) -> tuple[str, str] | None:
        """Channel and timestamp of the question about it, once that was sent."""
        return self._post_office.place_of(question_about(draft))

    def is_first_question(self, owner: Member) -> bool:
        """Whether the owner was never asked about a message before."""
        return not self._post_office.has_reached(owner, KIND)

    def find(self, owner: Member, draft_id: str, now: datetime) -> Written | None:
        """A draft of one's own; None when it was decided about, or is older than a week."""
        with self._database.read() as tx:
            found = store.find(tx, self._keys, owner, draft_id)
        return found if found and found.written_at > now - KEPT else None

    def get(self, owner: Member, draft_id: str, now: datetime) -> Written:
        """A draft of one's own; raises DraftGone."""
        found = self.find(owner, draft_id, now)
        if found is None:
            raise DraftGone
        return found

    def drop(self, owner: Member, draft_id: str) -> bool:
        """Lets go of it for good; False when it was gone already."""
        with self._database.write() as tx:
            return store.drop(tx, owner, draft_id)

    def forget_old(self, now: datetime) -> int:
        """Drops what nobody decided about within a week; returns how many."""
        with self._database.write() as tx:
            return store.drop_before(tx, now - KEPT)

    def records_of(self, member: Member) -> Sequence[Section]:
        """What the member wrote to the bot and has not decided about."""
        with self._database.read() as tx:
            found = store.of_owner(tx, self._keys, member)
        rows = tuple((each.written_at, each.text) for each in found)
        title = "Messages to the bot that are not saved yet"
        return [Section("drafts", title, ("written_at", "text"), rows)]

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes every draft of the member."""
        store.drop_all(tx, member)


def question_about(draft: Written) -> Parcel:
    """The parcel that asks what to do with a message; it outlives the draft by nothing."""
    since = draft.written_at
    key = f"{KIND}|{draft.id}"
    return Parcel(draft.owner, KIND, key, draft.id, since, since + KEPT)
