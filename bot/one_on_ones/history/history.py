"""The front door to the past of a pair: read it talk by talk, or take it along as a document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.one_on_ones.history.model import Chronicle, EmptyPeriod, SharedPage, Wanted
from bot.one_on_ones.notes.model import Note
from bot.one_on_ones.notes.notes import Notes
from bot.one_on_ones.page.model import Past
from bot.one_on_ones.page.pages import HISTORY, Pages
from bot.one_on_ones.pairs.model import Pair
from bot.people.model import zone_or_utc
from bot.people.people import People
from bot.sharing.model import Item, Told
from bot.sharing.sharing import Sharing
from bot.slack.member import Member

AT_ONCE = 50


class History:
    """What both remember; each side sees of it what they may see of the page at that moment."""

    def __init__(self, pages: Pages, notes: Notes, sharing: Sharing, people: People) -> None:
        """Reads through the doors of others alone, and keeps nothing."""
        self._pages = pages
        self._notes = notes
        self._sharing = sharing
        self._people = people

    def pairs_of(self, member: Member, now: datetime) -> list[Pair]:
        """Whose past the member can read: their live pairs, then those of theirs that ended."""
        return [*self._pages.of(member, now), *self._pages.ended_of(member)]

    def noted(self, member: Member, now: datetime) -> list[Pair]:
        """The pairs that ended and of which the member kept a note, the latest first."""
        return self._notes.of_ended(member, now)

    def note(self, member: Member, pair_id: str, now: datetime) -> tuple[Pair, Note]:
        """The member's own note of one of them, to read; raises NoteNotFound."""
        return self._notes.of_one(member, pair_id, now)

    def talks(
        self, member: Member, pair_id: str, number: int, now: datetime
    ) -> tuple[Pair, list[Past], int]:
        """One page of past talks (0 is the latest), and how many there are; raises PageNotFound."""
        pair = self._pages.page(member, pair_id, now).pair
        pasts, total = self._pages.history(member, pair_id, number, now)
        return pair, pasts, total

    def chronicle(self, member: Member, wanted: Wanted, deed: str, now: datetime) -> Chronicle:
        """All of it; for a partner, taking a shared page along counts as opening it.

        Raises PageNotFound, and EmptyPeriod.
        """
        if wanted.since and wanted.until and wanted.until < wanted.since:
            raise EmptyPeriod
        page = self._pages.page(member, wanted.pair_id, now)
        person = self._people.find(member)
        zone = person.tz if person else zone_or_utc("UTC")
        pasts = [
            past
            for past in self._all_talks(member, page.pair, now)
            if wanted.holds(past.talk.starts_at, zone)
        ]
        shared = [
            SharedPage(told.share.shared_at, self._opened(member, told, deed, now))
            for told in self._shared_between(member, page.pair, now)
            if wanted.holds(told.share.shared_at, zone)
        ]
        shared.sort(key=lambda each: each.shared_at)
        return Chronicle(member, page, tuple(reversed(pasts)), tuple(shared), wanted, zone, now)

    def _all_talks(self, member: Member, pair: Pair, now: datetime) -> Iterator[Past]:
        number, total = 0, 1
        while number * HISTORY < total:
            pasts, total = self._pages.history(member, pair.id, number, now)
            yield from pasts
            number += 1

    def _shared_between(self, member: Member, pair: Pair, now: datetime) -> Iterator[Told]:
        """Live pages from the engineer to the partner, as the member may know of them."""
        number, total = 0, 1
        listed = self._sharing.mine if member == pair.engineer else self._sharing.with_me
        while number * AT_ONCE < total:
            found, total = listed(member, number, AT_ONCE, now)
            for told in found:
                share = told.share
                if told.open and (share.owner, share.reader) == (pair.engineer, pair.partner):
                    yield told
            number += 1

    def _opened(self, member: Member, told: Told, deed: str, now: datetime) -> tuple[Item, ...]:
        _, snapshot = self._sharing.open(member, told.share.id, f"{deed} {told.share.id}", now)
        return snapshot.items
