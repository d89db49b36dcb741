"""Who can read which example, in the hands of a test, as the journal asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.journal.model import SharedWith
from bot.slack.member import Member
from tests.bench import Bench

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)


class Shelf:
    """Keeps in memory what sharing keeps in its tables."""

    def __init__(self) -> None:
        self._known: dict[tuple[Member, str], tuple[SharedWith, ...]] = {}
        self.owner = Member("", "")

    def share(self, entry_id: str, reader: Member, *, live: bool = True) -> None:
        """Shows the owner's example to somebody, or notes that it once was."""
        self._known[self.owner, entry_id] = (SharedWith(reader, AT, live),)

    def shared_with(
        self, owner: Member, entry_ids: Sequence[str]
    ) -> Mapping[str, Sequence[SharedWith]]:
        return {each: self._known.get((owner, each), ()) for each in entry_ids}

    def take_back(self, owner: Member, entry_id: str, now: datetime) -> None:
        was = self._known.get((owner, entry_id), ())
        assert all(each.at <= now for each in was)
        self._known[owner, entry_id] = tuple(replace(each, live=False) for each in was)


def shelf_of(bench: Bench, user: str = "UADA") -> Shelf:
    """Lets the journal ask a new shelf with whom the user's examples are shared."""
    shelf = Shelf()
    shelf.owner = bench.member(user)
    bench.bot.journal.joined_by(shelf)
    return shelf
