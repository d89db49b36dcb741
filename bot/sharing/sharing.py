"""The front door to sharing: preview a page, share it, read it, take it back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from bot.delivery.model import IN_DOUBT, State
from bot.delivery.post_office import PostOffice
from bot.journal.grouping import grouped
from bot.journal.journal import Journal
from bot.journal.model import SharedWith
from bot.ladder.model import Ladder
from bot.people.model import Person, ProposalGone
from bot.people.people import People
from bot.people.standing import expected_of
from bot.privacy.policy import Action, Actor, Grant, Subject, Ties, can
from bot.privacy.records import Section
from bot.sharing import store
from bot.sharing.model import (
    MOST,
    Choice,
    Circle,
    Drawing,
    How,
    NoReader,
    NothingToShare,
    Part,
    PreviewOutdated,
    Reader,
    Reading,
    Share,
    ShareNotFound,
    Sketch,
    Snapshot,
    TakenBack,
    Told,
    Why,
    as_items,
    candidates,
)
from bot.sharing.posting import page_keys, parcel_of
from bot.sharing.telling import sections
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database, Transaction
from bot.storage.once import first_time

SHARE_IDS = uuid.UUID("2b1c9c1e-52a2-5f0e-a7c6-6d1f0b8f7b10")
EVERYTHING = 1_000_000


class EndedPair(Protocol):
    """Two people who met for one-on-ones, and do so no more."""

    @property
    def engineer(self) -> Member:
        """Whose page it was."""

    @property
    def partner(self) -> Member | None:
        """Whom they met."""


class Sharing:
    """Pages that leave the owner's side: each for one named person, until it is taken back."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        post_office: PostOffice,
        people: People,
        circle: Circle,
        journal: Journal,
        ladder: Callable[[], Ladder],
        drawing: Drawing,
    ) -> None:
        """`ladder` gives the ladder in service at that moment."""
        self._database = database
        self._keys = keys
        self._post_office = post_office
        self._people = people
        self._circle = circle
        self._journal = journal
        self._ladder = ladder
        self._drawing = drawing

    # before anything leaves

    def readers(self, owner: Member, now: datetime) -> list[Reader]:
        """Everybody whom the owner may name: exactly those whom the policy would let read."""
        if not self._may(owner, Action.SHARE, Subject(owner), now):
            return []
        person = self._people.find(owner)
        with self._database.read() as tx:
            ties = self._circle.ties(tx, owner)
        found = candidates(owner, ties, _imported(person))
        return [reader for reader in found if self._may_be_named(owner, ties, reader, now)]

    def sketch(self, owner: Member, choice: Choice, now: datetime) -> Sketch:
        """Exactly what the reader would get, as far as one modal can show it.

        Raises NoReader, for whoever is not there or not allowed alike, and NothingToShare.
        """
        reader = self._reader(owner, choice.reader, now)
        person = self._people.find(owner)
        entries = self._journal.chosen(owner, choice.ids[:MOST])
        ladder = self._ladder()
        groups, _ = grouped(ladder, entries, expected_of(person, ladder) if person else ())
        items = as_items(groups, quotes=choice.quotes)
        ordered = [entry for group in groups for entry in group.entries]
        for number in range(len(ordered), 0, -1):
            snapshot = Snapshot(owner, reader.member, items[:number])
            if self._drawing.fits(snapshot):
                kept = tuple(ordered[:number])
                return Sketch(snapshot, reader, kept, len(ordered) - number)
        raise NothingToShare

    def share(
        self, deed: str, owner: Member, choice: Choice, digest: str, now: datetime
    ) -> tuple[Share, int]:
        """Freezes the page and hands it to the post office, once for each `deed`.

        Gives the share and how many examples it holds. Raises PreviewOutdated when it is not what
        the preview showed, and what `sketch` raises.
        """
        share_id = uuid.uuid5(SHARE_IDS, f"{owner.team_id} {deed}").hex
        if before := self._shared_before(owner, share_id):
            return before
        sketch = self.sketch(owner, choice, now)
        if sketch.digest != digest:
            raise PreviewOutdated
        if sketch.reader.part is Part.IMPORTED:
            with suppress(ProposalGone):  # the same share, sent twice, has confirmed them already
                self._people.confirm_my_manager(owner, now)
        share = Share(share_id, owner, sketch.snapshot.reader, now)
        reader = self._circle.actor(share.reader)
        with self._database.write() as tx:
            if first_time(tx, owner.team_id, deed, now):
                self._give(tx, share, sketch, reader)
                return share, len(sketch.entries)
        if before := self._shared_before(owner, share_id):
            return before
        raise ShareNotFound

    # what the owner can look at and undo

    def mine(self, owner: Member, page: int, size: int, now: datetime) -> tuple[list[Told], int]:
        """One page of what the owner shared, the latest first, and how many there are in all."""
        if not self._may(owner, Action.READ_READINGS, Subject(owner), now):
            return [], 0
        with self._database.read() as tx:
            found = store.of_owner(tx, owner, size, page * size)
            return [self._told(tx, share, now) for share in found], store.count_of_owner(tx, owner)

    def unshare(self, owner: Member, share_id: str, now: datetime) -> TakenBack:
        """Ends a grant of one's own; ending it again changes nothing. Raises ShareNotFound."""
        actor = self._circle.actor(owner)
        with self._database.write() as tx:
            share = store.find(tx, owner.team_id, share_id)
            if share is None or not can(actor, Action.SHARE, Subject(share.owner), now):
                raise ShareNotFound
            were = self._end(tx, share, Why.TAKEN_BACK, now)
            ended = store.find(tx, owner.team_id, share_id) or share
            told = self._told(tx, ended, now)
        sent = bool(told.when(How.DELIVERED))
        unsure = bool(were & {*IN_DOUBT, State.UNCONFIRMED})
        return TakenBack(told, unsent=not sent and not unsure, unsure=unsure)

    def shown_to(self, owner: Member, reader: Member) -> list[str]:
        """The ids of the owner's examples that somebody was ever shown; some may be gone."""
        with self._database.read() as tx:
            return store.entries_shown_to(tx, owner, reader)

    # what the journal asks

    def shared_with(
        self, owner: Member, entry_ids: Sequence[str]
    ) -> Mapping[str, Sequence[SharedWith]]:
        """With whom each was shared, oldest first, ended ones too; ids never shared are absent."""
        with self._database.read() as tx:
            found = store.holding(tx, owner, entry_ids)
        with_whom: dict[str, list[SharedWith]] = {}
        for entry_id, share in found:
            seen = SharedWith(share.reader, share.shared_at, share.ended_at is None)
            with_whom.setdefault(entry_id, []).append(seen)
        return with_whom

    def take_back(self, owner: Member, entry_id: str, now: datetime) -> None:
        """Ends every live grant on a page that holds the example; none is no error."""
        with self._database.write() as tx:
            for _, share in store.holding(tx, owner, [entry_id]):
                self._end(tx, share, Why.TAKEN_BACK, now)

    # reading

    def with_me(
        self, reader: Member, page: int, size: int, now: datetime
    ) -> tuple[list[Told], int]:
        """One page of what others share with the reader now, and how many there are in all."""
        if not self._may(reader, Action.READ_SNAPSHOT, Subject(reader), now):
            return [], 0
        with self._database.read() as tx:
            led = self._circle.led_by(tx, reader)
            found = store.readable_by(tx, reader, led, now, size, page * size)
            total = store.count_readable_by(tx, reader, led, now)
            return [self._told(tx, share, now) for share in found], total

    def given_by(self, reader: Member, now: datetime) -> dict[Member, int]:
        """How many pages each owner shares with the reader now; who shares none is not there."""
        if not self._may(reader, Action.READ_SNAPSHOT, Subject(reader), now):
            return {}
        with self._database.read() as tx:
            led = self._circle.led_by(tx, reader)
            return store.counts_readable_by(tx, reader, led, now)

    def open(
        self, member: Member, share_id: str, deed: str, now: datetime
    ) -> tuple[Share, Snapshot]:
        """The page, for its owner or its reader; the latter's opening is logged with it.

        Raises ShareNotFound for everybody else, and once it has ended.
        """
        return self._read(member, share_id, How.OPENED, deed, now)

    def mark(self, member: Member, share_id: str, now: datetime) -> tuple[Share, Snapshot]:
        """The reader says that they read the page; once is enough. Raises ShareNotFound."""
        return self._read(member, share_id, How.MARKED, "", now)

    # for the post office

    def deliverable(self, team_id: str, share_id: str, now: datetime) -> Snapshot | None:
        """What to deliver; None when its grant has ended, or its reader may not read any more."""
        share = self.find(team_id, share_id)
        if share is None:
            return None
        reader = self._circle.actor(share.reader)
        with self._database.read() as tx:
            return self._snapshot(tx, share) if self._readable(tx, share, reader, now) else None

    def find(self, team_id: str, share_id: str) -> Share | None:
        """The grant of that id, ended or not, without what stands on the page."""
        with self._database.read() as tx:
            return store.find(tx, team_id, share_id)

    def delivered(self, tx: Transaction, team_id: str, share_id: str, now: datetime) -> None:
        """Logs, once, that a page stands in its reader's messages."""
        if share := store.find(tx, team_id, share_id):
            _log(tx, share, How.DELIVERED, now)

    def first_to_tell(self, share: Share, what: str, now: datetime) -> bool:
        """True once for each page and thing to tell, however many messages it is made of."""
        with self._database.write() as tx:
            return first_time(tx, share.owner.team_id, f"told {what} {share.id}", now)

    # what happens around it

    def when_manager_changed(
        self,
        tx: Transaction,
        engineer: Member,
        old: Member | None,
        new: Member | None,  # noqa: ARG002
        now: datetime,
    ) -> None:
        """Ends, in the transaction of the change, every grant whose reader may not read any more.

        That is the old manager, and their own manager: also for those whom the engineer manages.
        """
        owners = [engineer.user_id, *store.reports_of(tx, engineer)]
        for share in store.live_of(tx, engineer.team_id, owners):
            lost = share.owner == engineer and share.reader == old
            if lost or not self._readable(tx, share, Actor(share.reader), now):
                self._end(tx, share, Why.MANAGER_CHANGED, now)

    def when_pair_ended(self, tx: Transaction, pair: EndedPair, now: datetime) -> None:
        """Ends, in the transaction of its end, what the engineer shares with whom they met.

        A manager keeps what they have as the manager.
        """
        for share in store.live_of(tx, pair.engineer.team_id, [pair.engineer.user_id]):
            theirs = share.reader == pair.partner
            if theirs and not self._readable(tx, share, Actor(share.reader), now):
                self._end(tx, share, Why.NO_MORE_ONE_ON_ONES, now)

    def when_manager_erased(self, tx: Transaction, manager: Member, now: datetime) -> None:
        """Ends what the manager's reports share with that one's own manager.

        Whoever manages their next manager has no part in what was shared before.
        """
        for share in store.live_of(tx, manager.team_id, store.reports_of(tx, manager)):
            ties = self._circle.ties(tx, share.owner)
            left = Ties(former=ties.former, leads=ties.leads - {manager})
            reader = Actor(share.reader)
            if not can(reader, Action.READ_SNAPSHOT, share.subject(left), now):
                self._end(tx, share, Why.MANAGER_CHANGED, now)

    def records_of(self, member: Member) -> Sequence[Section]:
        """What the member shared and who read it, and what they were given and opened."""
        with self._database.read() as tx:
            own = store.of_owner(tx, member, EVERYTHING)
            pages = [(share, store.items(tx, self._keys, share)) for share in own]
            log = store.readings_about(tx, member)
            return sections(pages, log, store.readings_by(tx, member))

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes what the member shared, what others shared with them, and the log of both.

        What stands in somebody's messages is closed there.
        """
        mine = store.live_of(tx, member.team_id, [member.user_id])
        for share in [*mine, *store.live_to(tx, member)]:
            self._post_office.take_back(tx, member.team_id, page_keys(share))
        store.erase(tx, member)

    # inside

    def _may_be_named(self, owner: Member, ties: Ties, reader: Reader, now: datetime) -> bool:
        if reader.part is Part.IMPORTED:  # sharing confirms them first
            ties = Ties(manager=reader.member)
        subject = Subject(owner, ties, Grant(reader.member, now))
        return self._may(reader.member, Action.READ_SNAPSHOT, subject, now)

    def _reader(self, owner: Member, user_id: str, now: datetime) -> Reader:
        managing = (Part.MANAGER, Part.IMPORTED)
        for reader in self.readers(owner, now):
            if reader.member.user_id == user_id or (not user_id and reader.part in managing):
                return reader
        raise NoReader

    def _give(self, tx: Transaction, share: Share, sketch: Sketch, reader: Actor) -> None:
        """Raises NoReader, and so undoes it all, when the reader was lost this very moment."""
        store.hold_relation(tx, share.owner)
        if not self._readable(tx, share, reader, share.shared_at):
            raise NoReader
        entry_ids = [entry.id for entry in sketch.entries]
        store.insert(tx, self._keys, share, sketch.snapshot, entry_ids)
        _log(tx, share, How.SHARED, share.shared_at)
        for page in range(self._drawing.page_count(sketch.snapshot)):
            self._post_office.accept(tx, parcel_of(share, page))

    def _read(
        self, member: Member, share_id: str, how: How, deed: str, now: datetime
    ) -> tuple[Share, Snapshot]:
        actor = self._circle.actor(member)
        with self._database.write() as tx:
            share = store.find(tx, member.team_id, share_id)
            if share is None or not self._readable(tx, share, actor, now):
                raise ShareNotFound
            if member != share.owner:
                _log(tx, share, how, now, deed)
            return share, self._snapshot(tx, share)

    def _end(self, tx: Transaction, share: Share, why: Why, now: datetime) -> set[State]:
        """Ends the grant with its line in the log; returns how far its messages had come."""
        if not store.end(tx, share, why, now):
            return set()
        _log(tx, share, How.ENDED, now)
        return self._post_office.take_back(tx, share.owner.team_id, page_keys(share))

    def _told(self, tx: Transaction, share: Share, now: datetime) -> Told:
        log = store.readings_of(tx, share)
        number = len(store.items(tx, self._keys, share))
        still = self._readable(tx, share, Actor(share.reader), now)
        return Told(share, number, tuple(log), still)

    def _shared_before(self, owner: Member, share_id: str) -> tuple[Share, int] | None:
        with self._database.read() as tx:
            share = store.find(tx, owner.team_id, share_id)
            if share is None or share.owner != owner:
                return None
            return share, len(store.items(tx, self._keys, share))

    def _snapshot(self, tx: Transaction, share: Share) -> Snapshot:
        return Snapshot(share.owner, share.reader, store.items(tx, self._keys, share))

    def _readable(self, tx: Transaction, share: Share, actor: Actor, now: datetime) -> bool:
        """Actors are found before a transaction begins: Slack may have to be asked."""
        subject = share.subject(self._circle.ties(tx, share.owner))
        return can(actor, Action.READ_SNAPSHOT, subject, now)

    def _may(self, member: Member, action: Action, subject: Subject, now: datetime) -> bool:
        return can(self._circle.actor(member), action, subject, now)


def _imported(person: Person | None) -> Member | None:
    if person and person.may_confirm_manager and person.manager:
        return person.member.colleague(person.manager.user_id)
    return None


def _log(tx: Transaction, share: Share, how: How, now: datetime, deed: str = "") -> None:
    store.log(tx, Reading(share.id, share.owner, share.reader, how, now), deed)
