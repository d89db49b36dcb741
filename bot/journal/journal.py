"""The front door to what people did: log, change, delete and list one's own examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.journal import store
from bot.journal.carried import competency_now, counted_now, wording_of
from bot.journal.model import (
    Draft,
    DraftRefused,
    Entry,
    EntryNotFound,
    Pin,
    Source,
    Wording,
    draft_problems,
)
from bot.ladder.model import Ladder, Statement
from bot.people.model import Person
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database

PAGE = 10
EVIDENCE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a person's examples; `number` counts from 0, `wordings` are by their id."""

    entries: tuple[Entry, ...]
    number: int
    total: int
    wordings: Mapping[str, Wording] = field(default_factory=dict)

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
        statement: Statement | None = None,
    ) -> Entry:
        """Saves a draft once, however often Slack sends it; raises DraftRefused.

        A form may be older than the ladder: what took over from its competency is taken instead.
        `statement` is what a nudge had quoted from the ladder.
        """
        draft = self._of_today(draft)
        self._refuse_bad(draft, now)
        rung = (person.track_id, person.level_id) if person else ("", "")
        pin, wording = self._pinned(draft.competency_id, *rung)
        entry = Entry(
            id=entry_id,
            owner=owner,
            competency_id=draft.competency_id,
            text=draft.text,
            link=draft.link,
            happened_on=draft.happened_on,
            source=source,
            pin=replace(pin, statement=statement),
            created_at=now,
            updated_at=now,
            quote=draft.quote,
        )
        with self._database.write() as tx:
            store.keep_wording(tx, owner.team_id, wording)
            if store.insert(tx, self._keys, entry):
                return entry
            return store.find(tx, self._keys, owner, entry_id) or entry

    def edit(self, owner: Member, entry_id: str, draft: Draft, *, now: datetime) -> Entry:
        """Changes an entry of one's own; raises EntryNotFound or DraftRefused.

        It stays pinned as it is unless it moves to another competency.
        """
        draft = self._of_today(draft)
        with self._database.write() as tx:
            before = store.find(tx, self._keys, owner, entry_id)
            if before is None:
                raise EntryNotFound
            stays = competency_now(self._ladder(), before).id
            self._refuse_bad(draft, now, stays)
            after = replace(
                before,
                text=draft.text,
                link=draft.link,
                quote=draft.quote,
                happened_on=draft.happened_on,
                updated_at=now,
            )
            if draft.competency_id != stays:
                after = self._moved(tx, after, draft.competency_id)
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
            return Page(tuple(found), number, total, store.wordings_of(tx, owner.team_id, found))

    def pinned(self, owner: Member, entry_id: str) -> tuple[Entry, Wording | None]:
        """An entry of one's own with the words it was made under; raises EntryNotFound."""
        with self._database.read() as tx:
            entry = store.find(tx, self._keys, owner, entry_id)
            if entry is None:
                raise EntryNotFound
            found = store.wordings_of(tx, owner.team_id, [entry])
        return entry, found.get(entry.pin.wording_id)

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
        """For choosing what to ask: counts in 90 days and the last day, by competency of today."""
        counts = store.counts_since(tx, owner, today - EVIDENCE)
        days = store.last_days(tx, owner)
        groups = counted_now(self._ladder(), days)
        return (
            {now: sum(counts.get(each, 0) for each in ids) for now, ids in groups.items()},
            {now: max(days[each] for each in ids) for now, ids in groups.items()},
        )

    def _pinned(self, competency_id: str, track_id: str, level_id: str) -> tuple[Pin, Wording]:
        ladder = self._ladder()
        wording = wording_of(ladder, competency_id, track_id, level_id)
        pin = Pin(ladder.version, track_id, level_id, wording.id, wording.competency)
        return pin, wording

    def _moved(self, tx: Any, entry: Entry, competency_id: str) -> Entry:
        """Under another competency, at the level the entry was made at, in the words of today."""
        pin, wording = self._pinned(competency_id, entry.pin.track_id, entry.pin.level_id)
        store.keep_wording(tx, entry.owner.team_id, wording)
        return replace(entry, competency_id=competency_id, pin=pin)

    def _of_today(self, draft: Draft) -> Draft:
        current = self._ladder().current(draft.competency_id)
        return replace(draft, competency_id=current.id) if current else draft

    def _refuse_bad(self, draft: Draft, now: datetime, *also: str) -> None:
        known = frozenset([*(c.id for c in self._ladder().competencies), *also])
        if problems := draft_problems(draft, now, known):
            raise DraftRefused(problems)
