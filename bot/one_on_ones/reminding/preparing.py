"""Preparation: what a partner gets ahead of a one-on-one, of what both sides may know."""

from __future__ import annotations

from datetime import datetime

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.one_on_ones.page.model import Page, PageNotFound
from bot.one_on_ones.page.pages import Pages
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Meeting
from bot.one_on_ones.reminding.model import PREPARATION, Preparation
from bot.one_on_ones.reminding.moments import prepare_at
from bot.one_on_ones.reminding.where import zone
from bot.people.people import People
from bot.sharing.model import Told
from bot.sharing.sharing import Sharing
from bot.slack.member import Member
from bot.storage.database import Database, Transaction

MOST_PAGES = 100


class Preparing:
    """Nothing of it tells whether the engineer has logged or prepared anything."""

    def __init__(
        self,
        database: Database,
        post_office: PostOffice,
        people: People,
        pages: Pages,
        sharing: Sharing,
    ) -> None:
        """`sharing` knows what was shared with the partner."""
        self._database = database
        self._post_office = post_office
        self._people = people
        self._pages = pages
        self._sharing = sharing

    def comes_near(self, tx: Transaction, pair: Pair, meeting: Meeting, now: datetime) -> None:
        """For `pairs.when_near`: hands the partner's preparation to the post office."""
        partner = pair.partner
        if partner is None or not pair.is_shared:
            return
        theirs = zone(tx, self._people, partner, pair.engineer)
        person = f"{partner.user_id}|{PREPARATION}|{pair.engineer.user_id}"
        parcel = Parcel(
            recipient=partner,
            kind=PREPARATION,
            key=f"{person}|{pair.id}|{meeting.slot}",
            subject=f"{pair.id}/{meeting.slot}",
            not_before=prepare_at(meeting.starts_at, theirs, now),
            expires_at=meeting.starts_at,
        )
        self._post_office.accept(tx, parcel)

    def find(self, parcel: Parcel, now: datetime) -> Preparation | None:
        """What they read as it stands; None where there is nothing, or no such meeting any more."""
        pair_id, _, slot = parcel.subject.partition("/")
        try:
            page = self._pages.page(parcel.recipient, pair_id, now)
        except PageNotFound:
            return None
        pair = page.pair
        comes = pair.meeting if pair.meeting and pair.meeting.slot == slot else None
        if not pair.is_shared or pair.partner != parcel.recipient or comes is None:
            return None
        found = self._found(page, comes, parcel.recipient, now)
        return None if found.is_empty or comes.starts_at <= now else found

    def _found(self, page: Page, meeting: Meeting, partner: Member, now: datetime) -> Preparation:
        with self._database.read() as tx:
            here = zone(tx, self._people, partner, page.pair.engineer)
        return Preparation(
            pair=page.pair,
            starts_at=meeting.starts_at,
            today=now.astimezone(here).date(),
            zone=here,
            agenda=page.agenda,
            mine=tuple(each for each in page.promises if each.owner == partner),
            theirs=tuple(each for each in page.promises if each.owner != partner),
            shared=tuple(self._shared(page.pair, partner, now)),
        )

    def _shared(self, pair: Pair, partner: Member, now: datetime) -> list[Told]:
        """Pages that the engineer shared since they last met, the latest first."""
        given, _ = self._sharing.with_me(partner, 0, MOST_PAGES, now)
        return [
            told
            for told in given
            if told.share.owner == pair.engineer
            and (pair.met_at is None or told.share.shared_at > pair.met_at)
        ]
