"""The front door to what people did: log, change, delete and list one's own examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.journal import store
from bot.journal.model import (
    Draft,
    DraftRefused,
    Entry,
    EntryNotFound,
    Pin,
    Source,
    draft_problems,
)
from bot.ladder.model import Ladder
from bot.people.model import Person
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database

PAGE = 10
EVIDENCE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a person's examples; `number` counts from 0."""

    entries: tuple[Entry, ...]
    number: int
    total: int

    @property
    def has_older(self) -> bool:
        """True when there is another page after this one."""
        return (self.number + 1) * PAGE < self.total


class Journal:
    """Entries, each seen and changed by its author only."""

    def __init__(self, database: Database, keys: KeyRing, ladder: Callable[[], Ladder]) -> None:
        """`ladder` gives the ladder in service at that moment."""
        self._database = database
        self._keys = keys
        self._ladder = ladder

    def log(
        self,
        entry_id: str,
        owner: Member,
        draft: Draft,
        source: Source,
        person: Person | None,
        *,
        now: datetime,
    ) -> Entry:
        """Saves a draft once, however often Slack sends it; raises DraftRefused."""
        self._refuse_bad(draft, now)
        entry = Entry(
            id=entry_id,
            owner=owner,
            competency_id=draft.competency_id,
            text=draft.text,
            link=draft.link,
            happened_on=draft.happened_on,
            source=source,
            pin=self._pin(person),
            created_at=now,
            updated_at=now,
        )
        with self._database.write() as tx:
            if store.insert(tx, self._keys, entry):
                return entry
            return store.find(tx, self._keys, owner, entry_id) or entry

    def edit(self, owner: Member, entry_id: str, draft: Draft, *, now: datetime) -> Entry:
        """Changes an entry of one's own; raises EntryNotFound or DraftRefused."""
        self._refuse_bad(draft, now)
        with self._database.write() as tx:
            before = store.find(tx, self._keys, owner, entry_id)
            if before is None:
                raise EntryNotFound
            after = replace(
                before,
                competency_id=draft.competency_id,
                text=draft.text,
                link=draft.link,
                happened_on=draft.happened_on,
                updated_at=now,
            )
            store.update(tx, self._keys, after)
        return after

    def delete(self, owner: Member, entry_id: str) -> None:
        """Removes an entry of one's own for good; raises EntryNotFound."""
        with self._database.write() as tx:
            if not store.delete(tx, owner, entry_id):
                raise EntryNotFound

    def get(self, owner: Member, entry_id: str) -> Entry:
        """An entry of one's own; raises EntryNotFound."""
        with self._database.read() as tx:
            entry = store.find(tx, self._keys, owner, entry_id)
        if entry is None:
            raise EntryNotFound
        return entry

    def has(self, owner: Member, entry_id: str) -> bool:
        """True when the owner has that entry."""
        with self._database.read() as tx:
            return store.find(tx, self._keys, owner, entry_id) is not None

    def page(self, owner: Member, number: int = 0) -> Page:
        """One's own examples, the latest day first; a page that is gone gives the last one."""
        with self._database.read() as tx:
            total = store.count(tx, owner)
            number = max(0, min(number, (total - 1) // PAGE))
            found = store.newest(tx, self._keys, owner, limit=PAGE, offset=number * PAGE)
        return Page(tuple(found), number, total)

    def since(self, owner: Member, day: date, moment: datetime, limit: int) -> list[Entry]:
        """What happened after `day`, or was logged from `moment` on; latest first."""
        with self._database.read() as tx:
            return store.since(tx, self._keys, owner, day, moment, limit=limit)

    def chosen(self, owner: Member, ids: Sequence[str]) -> list[Entry]:
        """Those of the ids that are still one's own."""
        with self._database.read() as tx:
            return store.chosen(tx, self._keys, owner, ids)

    def evidence(
        self, tx: Any, owner: Member, today: date
    ) -> tuple[dict[str, int], dict[str, date]]:
        """For choosing what to ask: counts in 90 days and the last day, by competency."""
        since = today - EVIDENCE
        return store.counts_since(tx, owner, since), store.last_days(tx, owner)

    def _pin(self, person: Person | None) -> Pin:
        version = self._ladder().version
        return Pin(version, person.track_id, person.level_id) if person else Pin(version)

    def _refuse_bad(self, draft: Draft, now: datetime) -> None:
        known = frozenset(c.id for c in self._ladder().competencies)
        if problems := draft_problems(draft, now, known):
            raise DraftRefused(problems)
