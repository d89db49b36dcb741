"""The front door to what people did: log, change, delete and list one's own examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.journal import store
from bot.journal.carried import competency_now, counted_now, wording_of
from bot.journal.drafts import store as drafts
from bot.journal.model import (
    TEXT_CHARS,
    Draft,
    DraftRefused,
    Entry,
    EntryChanged,
    EntryNotFound,
    Intake,
    Pin,
    Wording,
    draft_problems,
    with_sentence,
)
from bot.journal.thin import follow_up
from bot.ladder.model import Ladder
from bot.people.model import Person
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database
from bot.storage.once import first_time

PAGE = 10
CHOICES = 200
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

    def log(self, intake: Intake, person: Person | None, *, now: datetime) -> Entry:
        """Saves an example once, however often Slack sends it; raises DraftRefused.

        A form may be older than the ladder: what took over from its competency is taken instead.
        Raises EntryNotFound for one that came in before and was deleted meanwhile.
        """
        draft, owner = self._of_today(intake.draft), intake.owner
        self._refuse_bad(draft, now)
        rung = (person.track_id, person.level_id) if person else ("", "")
        pin, wording = self._pinned(draft.competency_id, *rung)
        entry = _entry(intake, draft, replace(pin, statement=intake.statement), now)
        with self._database.write() as tx:
            if not first_time(tx, owner.team_id, intake.deed, now):
                return self._own(tx, owner, entry.id)
            store.keep_wording(tx, owner.team_id, wording)
            if not store.insert(tx, self._keys, entry):
                return self._own(tx, owner, entry.id)
            drafts.drop(tx, owner, intake.written)
        return entry

    def add(self, owner: Member, entry_id: str, sentence: str, deed: str, *, now: datetime) -> Entry:
        """Adds a sentence to an entry of one's own, once for each deed.

        Raises EntryNotFound, and DraftRefused when it would not fit any more.
        """
        with self._database.write() as tx:
            before = self._own(tx, owner, entry_id)
            if not first_time(tx, owner.team_id, deed, now):
                return before
            after = replace(before, text=with_sentence(before.text, sentence), updated_at=now)
            if len(after.text) > TEXT_CHARS:
                much = len(after.text) - TEXT_CHARS
                raise DraftRefused({"more": f"That is {much:,} characters more than fit."})
            store.update(tx, self._keys, after)
        return after

    def check(self, draft: Draft, *, now: datetime) -> None:
        """Raises DraftRefused for anything to mend before a competency is even looked for."""
        some = self._ladder().competencies[0].id
        self._refuse_bad(replace(draft, competency_id=some), now)

    def undo(self, owner: Member, entry_id: str, stamp: str, *, now: datetime) -> Entry | None:
        """Takes back what led to the state that `stamp` names; None when the example went with it.

        Raises EntryNotFound, and EntryChanged when it was changed since.
        """
        with self._database.write() as tx:
            if not first_time(tx, owner.team_id, f"undo {entry_id} {stamp}", now):
                return store.find(tx, self._keys, owner, entry_id)
            after = self._own(tx, owner, entry_id)
            if after.stamp != stamp:
                raise EntryChanged
            if after.updated_at == after.created_at:
                store.delete(tx, owner, entry_id)
                return None
            return self._as_before(tx, after)

    def edit(self, owner: Member, entry_id: str, draft: Draft, *, now: datetime) -> Entry:
        """Changes an entry of one's own; raises EntryNotFound or DraftRefused.

        It stays pinned as it is unless it moves to another competency.
        """
        draft = self._of_today(draft)
        with self._database.write() as tx:
            before = self._own(tx, owner, entry_id)
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
            return self._own(tx, owner, entry_id)

    def find(self, owner: Member, entry_id: str) -> Entry | None:
        """An entry of one's own, where it is there."""
        with self._database.read() as tx:
            return store.find(tx, self._keys, owner, entry_id)

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
            entry = self._own(tx, owner, entry_id)
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

    def choices(self, owner: Member) -> list[tuple[str, str]]:
        """The latest 200 choices, newest first: a competency's id, and the text put under it."""
        with self._database.read() as tx:
            found = store.newest(tx, self._keys, owner, limit=CHOICES)
        return [(entry.competency_id, entry.text) for entry in found]

    def _own(self, tx: Any, owner: Member, entry_id: str) -> Entry:
        found = store.find(tx, self._keys, owner, entry_id)
        if found is None:
            raise EntryNotFound
        return found

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


def _entry(intake: Intake, draft: Draft, pin: Pin, now: datetime) -> Entry:
    """The entry as it is saved; where it is thin, saving it is also when its author is asked."""
    return Entry(
        id=intake.id,
        owner=intake.owner,
        competency_id=draft.competency_id,
        text=draft.text,
        link=draft.link,
        happened_on=draft.happened_on,
        source=intake.source,
        pin=pin,
        created_at=now,
        updated_at=now,
        quote=draft.quote,
        asked_at=now if follow_up(draft.text) else None,
    )
