"""The front door to what people did: log, change, delete and find one's own examples."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.journal import store
from bot.journal.carried import competency_now, counted_now, wording_of
from bot.journal.drafts import store as drafts
from bot.journal.looking import SEARCHED, having
from bot.journal.model import (
    PAGE,
    TEXT_CHARS,
    Draft,
    DraftRefused,
    Entry,
    EntryChanged,
    EntryNotFound,
    Intake,
    Mark,
    Opened,
    Page,
    Pin,
    SharedWith,
    Sharing,
    Sought,
    Tally,
    Version,
    Wording,
    draft_problems,
    entry_of,
    with_sentence,
)
from bot.journal.telling import sections
from bot.journal.wordings import store as wordings
from bot.ladder.model import Ladder
from bot.people.model import Person
from bot.privacy.policy import Action, Actor, Subject, can
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database, Transaction
from bot.storage.once import first_time

CHOICES = 200
EVIDENCE = timedelta(days=90)
EVERYTHING = Sought()
ANY_MOMENT = datetime.min.replace(tzinfo=UTC)
"""Nobody is granted an example itself, so who may read one does not depend on the time."""


class Journal:
    """Entries, each seen and changed by its author only."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        ladder: Callable[[], Ladder],
        actor: Callable[[Member], Actor] = Actor,
    ) -> None:
        """`ladder` gives the ladder in service, `actor` what kind of account a member has.

        `actor` may ask the database, or Slack, so it is called outside of transactions.
        """
        self._database = database
        self._keys = keys
        self._ladder = ladder
        self._actor = actor
        self._sharing: Sharing | None = None

    def joined_by(self, sharing: Sharing) -> None:
        """Tells the journal whom to ask with whom examples are shared."""
        self._sharing = sharing

    def log(self, intake: Intake, person: Person | None, *, now: datetime) -> Entry:
        """Saves an example once, however often Slack sends it; raises DraftRefused.

        A form may be older than the ladder: what took over from its competency is taken instead.
        Raises EntryNotFound for one that came in before and was deleted meanwhile.
        """
        draft, owner = self._of_today(intake.draft), intake.owner
        actor = self._actor(owner)
        if not can(actor, Action.WRITE_ENTRY, Subject(owner), now):
            raise EntryNotFound
        self._refuse_bad(draft, now)
        rung = (person.track_id, person.level_id) if person else ("", "")
        pin, wording = self._pinned(draft.competency_id, *rung)
        entry = entry_of(intake, draft, replace(pin, statement=intake.statement), now)
        with self._database.write() as tx:
            if not once(tx, owner, intake.deed, now):
                return self._own(tx, actor, entry.id)
            wordings.keep(tx, owner.team_id, wording)
            if not store.insert(tx, self._keys, entry):
                return self._own(tx, actor, entry.id)
            drafts.drop(tx, owner, intake.written)
        return entry

    def add(
        self, owner: Member, entry_id: str, sentence: str, deed: str, *, now: datetime
    ) -> Entry:
        """Adds a sentence to an entry of one's own, once for each deed.

        Raises EntryNotFound, and DraftRefused when it would not fit any more.
        """
        actor = self._actor(owner)
        with self._database.write() as tx:
            before = self._own(tx, actor, entry_id, Action.WRITE_ENTRY)
            if not once(tx, owner, deed, now):
                return before
            after = replace(before, text=with_sentence(before.text, sentence))
            if len(after.text) > TEXT_CHARS:
                much = len(after.text) - TEXT_CHARS
                raise DraftRefused({"more": f"That is {much:,} characters more than fit."})
            return self._replaced(tx, before, after, now)

    def check(self, draft: Draft, *, now: datetime) -> None:
        """Raises DraftRefused for anything to mend before a competency is even looked for."""
        some = self._ladder().competencies[0].id
        self._refuse_bad(replace(draft, competency_id=some), now)

    def undo(self, owner: Member, entry_id: str, stamp: str, *, now: datetime) -> Entry | None:
        """Takes back what led to the state that `stamp` names; None when the example went with it.

        Raises EntryNotFound, and EntryChanged when it was changed or shared since.
        """
        actor = self._actor(owner)
        is_shared = any(each.live for each in self.shared_with(owner, entry_id))
        with self._database.write() as tx:
            if not once(tx, owner, f"undo {entry_id} {stamp}", now):
                return store.find(tx, self._keys, owner, entry_id)
            after = self._own(tx, actor, entry_id, Action.WRITE_ENTRY)
            before = store.take_version(tx, self._keys, after)
            is_new = after.updated_at == after.created_at and not is_shared
            if after.stamp != stamp or not (before or is_new):
                raise EntryChanged
            if before:
                store.update(tx, self._keys, before)
            else:
                store.delete(tx, owner, entry_id)
        return before

    def edit(self, owner: Member, entry_id: str, draft: Draft, *, now: datetime) -> Entry:
        """Changes an entry of one's own; raises EntryNotFound or DraftRefused.

        It stays pinned as it is unless it moves to another competency.
        """
        draft, actor = self._of_today(draft), self._actor(owner)
        with self._database.write() as tx:
            before = self._own(tx, actor, entry_id, Action.WRITE_ENTRY)
            stays = competency_now(self._ladder(), before).id
            self._refuse_bad(draft, now, stays)
            after = replace(
                before,
                text=draft.text,
                link=draft.link,
                quote=draft.quote,
                happened_on=draft.happened_on,
            )
            if draft.competency_id != stays:
                after = self._moved(tx, after, draft.competency_id)
            return self._replaced(tx, before, after, now)

    def versions(self, owner: Member, entry_id: str) -> tuple[Entry, list[Version]]:
        """An entry with how it stood before, the newest first; raises EntryNotFound."""
        actor = self._actor(owner)
        with self._database.read() as tx:
            entry = self._own(tx, actor, entry_id)
            return entry, store.versions_of(tx, self._keys, actor, entry_id)

    def bring_back(self, owner: Member, entry_id: str, version_id: str, *, now: datetime) -> Entry:
        """Lets an entry stand as it did, pin and all; raises EntryNotFound.

        What stood there until now becomes an earlier version itself.
        """
        actor = self._actor(owner)
        with self._database.write() as tx:
            before = self._own(tx, actor, entry_id, Action.WRITE_ENTRY)
            known = store.versions_of(tx, self._keys, actor, entry_id)
            found = next((each.was for each in known if each.id == version_id), None)
            if found is None:
                raise EntryNotFound
            after = replace(found, updated_at=before.updated_at, asked_at=before.asked_at)
            return self._replaced(tx, before, after, now)

    def delete(self, owner: Member, entry_id: str) -> None:
        """Removes an entry of one's own for good, and its history; raises EntryNotFound."""
        actor = self._actor(owner)
        with self._database.write() as tx:
            self._own(tx, actor, entry_id, Action.WRITE_ENTRY)
            store.delete(tx, owner, entry_id)

    def take_back(self, owner: Member, entry_id: str, *, now: datetime) -> None:
        """Lets nobody read an entry of one's own any more; raises EntryNotFound."""
        self.get(owner, entry_id)
        if self._sharing:
            self._sharing.take_back(owner, entry_id, now)

    def get(self, owner: Member, entry_id: str) -> Entry:
        """An entry of one's own; raises EntryNotFound."""
        actor = self._actor(owner)
        with self._database.read() as tx:
            return self._own(tx, actor, entry_id)

    def find(self, owner: Member, entry_id: str) -> Entry | None:
        """An entry of one's own, where it is there."""
        try:
            return self.get(owner, entry_id)
        except EntryNotFound:
            return None

    def open(self, owner: Member, entry_id: str) -> Opened:
        """An entry of one's own with what is known about it; raises EntryNotFound."""
        actor = self._actor(owner)
        with self._database.read() as tx:
            entry = self._own(tx, actor, entry_id)
            wording = wordings.of_entries(tx, owner.team_id, [entry]).get(entry.pin.wording_id)
            versions = store.count_versions(tx, actor, entry_id)
        return Opened(entry, wording, versions, self.shared_with(owner, entry_id))

    def shared_with(self, owner: Member, entry_id: str) -> tuple[SharedWith, ...]:
        """With whom an entry of one's own was shared, oldest first."""
        return tuple(self._shared(owner, [entry_id]).get(entry_id, ()))

    def page(self, owner: Member, number: int = 0, sought: Sought = EVERYTHING) -> Page:
        """One's own examples, the latest day first; a page that is gone gives the last one."""
        actor = self._actor(owner)
        with self._database.read() as tx:
            counts = store.counts_since(tx, actor, date.min)
            counted = counted_now(self._ladder(), counts)
            under = counted.get(sought.competency_id, ()) if sought.competency_id else None
            ids = store.ids_within(tx, actor, sought.since, under)
            names = self._names(tx, owner.team_id, counts)
        ids = self._by_sharing(owner, ids, sought.shared)
        found = self._by_words(actor, ids[:SEARCHED], sought.words, names) if sought.words else ids
        number = max(0, min(number, (len(found) - 1) // PAGE))
        return replace(
            self.these(owner, found[number * PAGE : (number + 1) * PAGE]),
            number=number,
            total=len(found),
            kept=sum(counts.values()),
            competencies={now: names[each[0]] for now, each in counted.items()},
            unsearched=max(0, len(ids) - SEARCHED) if sought.words else 0,
        )

    def these(self, owner: Member, ids: Sequence[str]) -> Page:
        """Those of the ids that are still one's own, as one page."""
        actor = self._actor(owner)
        with self._database.read() as tx:
            found = store.chosen(tx, self._keys, actor, ids)
            words = wordings.of_entries(tx, owner.team_id, found)
        shared = self._shared(owner, [entry.id for entry in found])
        return Page(tuple(found), 0, len(found), words, shared)

    def marks(self, owner: Member, since: date | None = None) -> list[Mark]:
        """One's own examples of that day and later, latest first, with nothing of them opened."""
        actor = self._actor(owner)
        with self._database.read() as tx:
            return store.marks(tx, actor, since)

    def latest(self, owner: Member, number: int) -> list[Entry]:
        """The newest of one's own, by the day on which each happened."""
        actor = self._actor(owner)
        with self._database.read() as tx:
            return store.newest(tx, self._keys, actor, limit=number)

    def records_of(self, member: Member) -> Sequence[Section]:
        """Every example that the member wrote, and how each stood before."""
        with self._database.read() as tx:
            entries = store.newest(tx, self._keys, Actor(member))
            versions = store.versions(tx, self._keys, Actor(member))
        return sections(entries, versions)

    def erase(self, tx: Transaction, member: Member) -> None:
        """Removes all of it within the transaction."""
        store.erase(tx, member)

    def since(self, owner: Member, day: date, moment: datetime, limit: int) -> list[Entry]:
        """What happened after `day`, or was logged from `moment` on; latest first."""
        actor = self._actor(owner)
        with self._database.read() as tx:
            return store.since(tx, self._keys, actor, day, moment, limit=limit)

    def chosen(self, owner: Member, ids: Sequence[str]) -> list[Entry]:
        """Those of the ids that are still one's own."""
        actor = self._actor(owner)
        with self._database.read() as tx:
            return store.chosen(tx, self._keys, actor, ids)

    def evidence(
        self, tx: Transaction, team_id: str, owner_ids: Collection[str], today: date
    ) -> dict[str, Tally]:
        """For choosing what to ask each of them: what they have, by competency of today."""
        rows: dict[str, dict[str, tuple[int, date]]] = {}
        for owner_id, under, count, last in store.tallies(tx, team_id, owner_ids, today - EVIDENCE):
            rows.setdefault(owner_id, {})[under] = (count, last)
        return {owner_id: self._tally(each) for owner_id, each in rows.items()}

    def choices(self, owner: Member) -> list[tuple[str, str]]:
        """The latest 200 choices, newest first: a competency's id, and the text put under it."""
        actor = self._actor(owner)
        with self._database.read() as tx:
            found = store.newest(tx, self._keys, actor, limit=CHOICES)
        return [(entry.competency_id, entry.text) for entry in found]

    def _tally(self, known: Mapping[str, tuple[int, date]]) -> Tally:
        groups = counted_now(self._ladder(), known)
        return Tally(
            {now: sum(known[each][0] for each in ids) for now, ids in groups.items()},
            {now: max(known[each][1] for each in ids) for now, ids in groups.items()},
        )

    def _own(
        self, tx: Transaction, actor: Actor, entry_id: str, action: Action = Action.READ_ENTRY
    ) -> Entry:
        """The entry, locked where it is to be changed; raises EntryNotFound before it is opened."""
        if actor.member and _is_allowed(tx, actor, entry_id, action):
            locks = action is Action.WRITE_ENTRY
            if found := store.find(tx, self._keys, actor.member, entry_id, lock=locks):
                return found
        raise EntryNotFound

    def _replaced(self, tx: Transaction, before: Entry, after: Entry, now: datetime) -> Entry:
        """Keeps what stood there; an edit that changes nothing leaves no trace."""
        if after == before:
            return before
        after = replace(after, updated_at=now)
        store.keep_version(tx, self._keys, before, now)
        store.update(tx, self._keys, after)
        return after

    def _shared(self, owner: Member, ids: Sequence[str]) -> Mapping[str, Sequence[SharedWith]]:
        return self._sharing.shared_with(owner, ids) if self._sharing and ids else {}

    def _by_sharing(self, owner: Member, ids: list[str], shared: bool | None) -> list[str]:
        if shared is None:
            return ids
        known = self._shared(owner, ids)
        return [each for each in ids if any(to.live for to in known.get(each, ())) is shared]

    def _by_words(
        self, actor: Actor, ids: list[str], typed: str, names: Mapping[str, str]
    ) -> list[str]:
        """Opens what was written in memory, to look through it and forget it again."""
        with self._database.read() as tx:
            written = store.texts(tx, self._keys, actor, ids)
            found = having(
                ((each, f"{text}\n{names[under]}") for each, under, text in written), typed
            )
        return [each for each in ids if each in found]

    def _names(
        self, tx: Transaction, team_id: str, competency_ids: Iterable[str]
    ) -> dict[str, str]:
        """What each is called today; of what the ladder lost, the name that it had."""
        current = {each: self._ladder().current(each) for each in competency_ids}
        lost = [each for each, now in current.items() if now is None]
        then = wordings.names_then(tx, team_id, lost) if lost else {}
        return {each: now.name if now else then.get(each, each) for each, now in current.items()}

    def _pinned(self, competency_id: str, track_id: str, level_id: str) -> tuple[Pin, Wording]:
        ladder = self._ladder()
        wording = wording_of(ladder, competency_id, track_id, level_id)
        pin = Pin(ladder.version, track_id, level_id, wording.id, wording.competency)
        return pin, wording

    def _moved(self, tx: Transaction, entry: Entry, competency_id: str) -> Entry:
        """Under another competency, at the level the entry was made at, in the words of today."""
        pin, wording = self._pinned(competency_id, entry.pin.track_id, entry.pin.level_id)
        wordings.keep(tx, entry.owner.team_id, wording)
        return replace(entry, competency_id=competency_id, pin=pin)

    def _of_today(self, draft: Draft) -> Draft:
        """Under the competency that took over, its links one a line."""
        current = self._ladder().current(draft.competency_id)
        competency_id = current.id if current else draft.competency_id
        return replace(draft, competency_id=competency_id, link="\n".join(draft.link.split()))

    def _refuse_bad(self, draft: Draft, now: datetime, *also: str) -> None:
        known = frozenset([*(c.id for c in self._ladder().competencies), *also])
        if problems := draft_problems(draft, now, known):
            raise DraftRefused(problems)


def once(tx: Transaction, owner: Member, deed: str, now: datetime) -> bool:
    """True the first time that the owner does this; nobody else can have done it for them."""
    return first_time(tx, owner.team_id, deed and f"{owner.user_id} {deed}", now)


def _is_allowed(tx: Transaction, actor: Actor, entry_id: str, action: Action) -> bool:
    """The same work for an entry of somebody else's as for one that never was."""
    owner = store.owner_of(tx, actor.member.team_id, entry_id) if actor.member else None
    return can(actor, action, Subject(owner), ANY_MOMENT)
