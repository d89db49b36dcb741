"""The front door to the page that both sides of a one-on-one fill, each once per deed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from bot.one_on_ones.page import store
from bot.one_on_ones.page.model import (
    AGENDA_MOST,
    IDS,
    PROMISES_MOST,
    ActionItem,
    AgendaItem,
    AgreedMeanwhile,
    ClosedMeanwhile,
    Note,
    Page,
    PageFull,
    PageNotFound,
    Past,
    State,
    Talk,
    in_talk,
    past,
    sides,
    talk_id,
)
from bot.one_on_ones.page.telling import sections
from bot.one_on_ones.pairs import store as pair_store
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.pairs import Pairs
from bot.one_on_ones.pairs.rhythm import Meeting
from bot.privacy.policy import Action, Actor, Subject, Ties, can
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database, Transaction
from bot.storage.once import first_time

T = TypeVar("T")
HISTORY = 5
AGENDA_FULL = f"The agenda holds {AGENDA_MOST} things. Tick or remove one first."
PROMISES_FULL = f"There are {PROMISES_MOST} open promises. Close one first."


class Pages:
    """One method for each thing that a side can see or say; PageNotFound for whoever may not.

    A page of a pair that has ended is its engineer's to read, and nobody's to change.
    """

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        pairs: Pairs,
        ties: Callable[[Transaction, Member], Ties],
        actor: Callable[[Member], Actor],
        team_id: str,
    ) -> None:
        """`ties` are the managers and leads around an engineer, as a transaction sees them."""
        self._database = database
        self._keys = keys
        self._pairs = pairs
        self._ties = ties
        self._actor = actor
        self._team_id = team_id

    # looking

    def of(self, member: Member, now: datetime) -> list[Pair]:
        """The live pairs whose page the member uses, the next meeting first."""
        actor, found = self._actor(member), self._pairs.of(member)
        with self._database.read() as tx:
            return [pair for pair in found if pair.runs and self._may(tx, actor, pair, now)]

    def page(self, member: Member, pair_id: str, now: datetime) -> Page:
        """The page as it stands."""
        actor = self._actor(member)
        with self._database.read() as tx:
            pair = self._pair(tx, actor, pair_id, now)
            waiting = store.agenda(tx, self._keys, pair, waiting=True)
            return Page(
                pair=pair,
                agenda=tuple(item for item in waiting if not item.discussed_at),
                discussed=tuple(item for item in waiting if item.discussed_at),
                promises=tuple(store.promises(tx, self._keys, pair, only_open=True)),
                last=self._last(tx, pair),
                note=store.note(tx, self._keys, pair, member),
            )

    def history(
        self, member: Member, pair_id: str, number: int, now: datetime, size: int = HISTORY
    ) -> tuple[list[Past], int]:
        """One page of past talks (0 is the latest), and how many talks there are in all."""
        actor = self._actor(member)
        with self._database.read() as tx:
            pair = self._pair(tx, actor, pair_id, now)
            found = store.held_talks(tx, self._keys, pair, size, number * size)
            return self._pasts(tx, pair, found), store.count_talks(tx, pair)

    def past(self, member: Member, talk_id: str, now: datetime) -> tuple[Pair, Past]:
        """One talk, held or not, with what belongs to it so far."""
        actor = self._actor(member)
        with self._database.read() as tx:
            talk = self._talk(tx, talk_id)
            pair = self._pair(tx, actor, talk.pair_id, now)
            return pair, self._pasts(tx, pair, [talk])[0]

    def agenda_item(self, member: Member, item_id: str, now: datetime) -> tuple[Pair, AgendaItem]:
        """One line of an agenda."""
        actor = self._actor(member)
        with self._database.read() as tx:
            item = self._agenda_item(tx, item_id)
            return self._pair(tx, actor, item.pair_id, now), item

    def action_item(self, member: Member, item_id: str, now: datetime) -> tuple[Pair, ActionItem]:
        """One promise, open or closed."""
        actor = self._actor(member)
        with self._database.read() as tx:
            item = self._action_item(tx, item_id)
            return self._pair(tx, actor, item.pair_id, now), item

    def promises_of(self, member: Member, now: datetime) -> list[tuple[Pair, ActionItem]]:
        """What the member owes and has not closed, in pairs whose page they use; oldest first."""
        pairs = {pair.id: pair for pair in self.of(member, now)}
        with self._database.read() as tx:
            owed = store.promises_of(tx, self._keys, member)
        return [(pairs[item.pair_id], item) for item in owed if item.pair_id in pairs]

    def between(self, pair: Pair, tx: Transaction | None = None) -> list[ActionItem]:
        """The open promises of both sides, oldest first; whose eyes they are for is not checked."""
        if tx is not None:
            return store.promises(tx, self._keys, pair, only_open=True)
        with self._database.read() as own:
            return store.promises(own, self._keys, pair, only_open=True)

    # the agenda

    def add_agenda(
        self, member: Member, pair_id: str, text: str, deed: str, now: datetime
    ) -> AgendaItem:
        """Puts something on the agenda; raises PageFull."""
        item = AgendaItem(_new_id(deed), pair_id, member, text, now)

        def add(tx: Transaction, pair: Pair) -> None:
            if store.count_agenda(tx, pair) >= AGENDA_MOST:
                raise PageFull(AGENDA_FULL)
            store.add_agenda(tx, self._keys, pair, item)

        self._write(member, pair_id, add, now, deed)
        return item

    def edit_agenda(
        self, member: Member, item_id: str, text: str, deed: str, now: datetime
    ) -> AgendaItem:
        """Other words for a line of one's own."""

        def edit(tx: Transaction, pair: Pair, item: AgendaItem) -> AgendaItem:
            edited = replace(_own(item, member), text=text)
            store.rewrite_agenda(tx, self._keys, pair, edited)
            return edited

        return self._with_agenda(member, item_id, edit, now, deed)

    def remove_agenda(self, member: Member, item_id: str, now: datetime) -> AgendaItem:
        """Takes away a line of one's own that no talk holds yet."""

        def remove(tx: Transaction, _pair: Pair, item: AgendaItem) -> AgendaItem:
            if item.talk_id:
                raise PageNotFound
            store.remove_agenda(tx, _own(item, member))
            return item

        return self._with_agenda(member, item_id, remove, now)

    def discussed(self, member: Member, item_id: str, now: datetime) -> AgendaItem:
        """Ticks a line of either side; doing it again changes nothing."""

        def tick(tx: Transaction, pair: Pair, item: AgendaItem) -> AgendaItem:
            if item.discussed_at:
                return item
            talk = in_talk(self._last(tx, pair), now)
            ticked = replace(item, discussed_at=now, talk_id=talk)
            store.tick_agenda(tx, ticked)
            return ticked

        return self._with_agenda(member, item_id, tick, now)

    def not_discussed(self, member: Member, item_id: str, now: datetime) -> AgendaItem:
        """Undoes the tick: the line is on the agenda again."""

        def untick(tx: Transaction, _pair: Pair, item: AgendaItem) -> AgendaItem:
            again = replace(item, discussed_at=None, talk_id=None)
            store.tick_agenda(tx, again)
            return again

        return self._with_agenda(member, item_id, untick, now)

    # promises

    def promise(
        self,
        member: Member,
        pair_id: str,
        owner: Member,
        text: str,
        due_on: date | None,
        deed: str,
        now: datetime,
    ) -> ActionItem:
        """Writes down what `owner`, either side, is going to do; raises PageFull."""
        item = ActionItem(_new_id(deed), pair_id, owner, member, text, due_on, now)

        def add(tx: Transaction, pair: Pair) -> None:
            if owner not in sides(pair):
                raise PageNotFound
            self._room_for_a_promise(tx, pair)
            made_in = in_talk(self._last(tx, pair), now)
            store.add_promise(tx, self._keys, pair, replace(item, made_in=made_in))

        self._write(member, pair_id, add, now, deed)
        return item

    def edit_promise(
        self,
        member: Member,
        item_id: str,
        owner: Member,
        text: str | None,
        due_on: date | None,
        deed: str,
        now: datetime,
    ) -> ActionItem:
        """Another owner or date from either side, other words from its author alone.

        `text` is None where the words stay. Raises ClosedMeanwhile.
        """

        def edit(_tx: Transaction, pair: Pair, item: ActionItem) -> ActionItem:
            if owner not in sides(pair) or (text is not None and item.author != member):
                raise PageNotFound
            if not item.is_open:
                raise ClosedMeanwhile
            words = item.text if text is None else text
            return replace(item, owner=owner, text=words, due_on=due_on)

        return self._with_promise(member, item_id, edit, now, deed)

    def done(self, member: Member, item_id: str, now: datetime) -> ActionItem:
        """A promise of either side was kept; raises ClosedMeanwhile for one that was dropped."""
        return self._close(member, item_id, State.DONE, "", now)

    def drop(self, member: Member, item_id: str, reason: str, now: datetime) -> ActionItem:
        """A promise of either side is given up, and why; raises ClosedMeanwhile for a kept one."""
        return self._close(member, item_id, State.DROPPED, reason, now)

    def reopen(self, member: Member, item_id: str, now: datetime) -> ActionItem:
        """Undoes `done` and `drop`; an open one stays as it is. Raises PageFull."""

        def again(tx: Transaction, pair: Pair, item: ActionItem) -> ActionItem:
            if item.is_open:
                return item
            self._room_for_a_promise(tx, pair)
            opened = replace(item, state=State.OPEN, reason="", closed_at=None, closed_by=None)
            return replace(opened, closed_in=None)

        return self._with_promise(member, item_id, again, now)

    # talks

    def agree(
        self,
        member: Member,
        talk_id: str,
        text: str,
        deed: str,
        now: datetime,
        *,
        over: str | None = None,
    ) -> Talk:
        """What was agreed, for both to read; raises AgreedMeanwhile.

        `over` is the version of the talk that the member saw; None writes over any.
        """
        actor = self._actor(member)
        with self._database.write() as tx:
            pair, talk = self._held(tx, actor, talk_id, now)
            if not first_time(tx, self._team_id, deed, now):
                return talk
            if over is not None and over != talk.version:
                raise AgreedMeanwhile
            agreed = replace(talk, agreed=text, agreed_by=member, agreed_at=now)
            store.agree(tx, self._keys, pair, agreed)
        return agreed

    def did_not_take_place(self, member: Member, talk_id: str, now: datetime) -> Talk:
        """What was ticked in it is back on the agenda; the rest waits for the next talk."""
        actor = self._actor(member)
        with self._database.write() as tx:
            pair, talk = self._held(tx, actor, talk_id, now)
            was_last = talk == self._last(tx, pair)
            store.set_held(tx, pair, talk, held=False)
            store.loosen(tx, pair, talk)
            before = self._last(tx, pair)
            if was_last:
                self._pairs.did_not_meet(tx, pair.id, before.starts_at if before else None)
        return replace(talk, held=False)

    def took_place(self, tx: Transaction, pair: Pair, meeting: Meeting, now: datetime) -> None:  # noqa: ARG002
        """For `pairs.when_over`: the meeting becomes a talk, once; what is open is carried over."""
        talk = Talk(talk_id(pair.id, meeting.slot), pair.id, meeting.slot, meeting.starts_at)
        if pair.runs and store.add_talk(tx, pair, talk):
            store.gather(tx, pair, talk)

    # notes

    def note(self, member: Member, pair_id: str, now: datetime) -> Note | None:
        """What the member keeps for themselves about the pair; nobody else gets at it."""
        return self.page(member, pair_id, now).note

    def write_note(self, member: Member, pair_id: str, text: str, deed: str, now: datetime) -> None:
        """Puts it in the place of what was there; an empty text removes it."""

        def write(tx: Transaction, pair: Pair) -> None:
            store.write_note(tx, self._keys, pair, Note(pair.id, member, text, now))

        self._write(member, pair_id, write, now, deed)

    # about one person

    def records_of(self, member: Member) -> Sequence[Section]:
        """Their pages as engineers, what they wrote and owe on others', and their own notes."""
        with self._database.read() as tx:
            return sections(
                store.talks_of(tx, self._keys, member),
                store.agenda_of(tx, self._keys, member),
                store.promises_about(tx, self._keys, member),
                store.notes_of(tx, self._keys, member),
            )

    def erase(self, tx: Transaction, member: Member) -> None:
        """Their pages as engineers whole; on others' what they wrote and owe, and their notes."""
        store.erase(tx, member)

    # inside

    def _may(self, tx: Transaction, actor: Actor, pair: Pair, now: datetime) -> bool:
        subject = pair.subject(self._ties(tx, pair.engineer))
        own_note = Subject(actor.member)
        return can(actor, Action.USE_SHARED_PAGE, subject, now) and can(
            actor, Action.READ_NOTE, own_note, now
        )

    def _pair(
        self, tx: Transaction, actor: Actor, pair_id: str, now: datetime, *, fill: bool = False
    ) -> Pair:
        """The pair; to `fill` its page it has to be live, and nobody else changes it meanwhile."""
        pair = pair_store.find(tx, self._team_id, pair_id, lock=fill)
        if pair is None or (fill and not pair.runs) or not self._may(tx, actor, pair, now):
            raise PageNotFound
        return pair

    def _write(
        self,
        member: Member,
        pair_id: str,
        write: Callable[[Transaction, Pair], None],
        now: datetime,
        deed: str,
    ) -> None:
        actor = self._actor(member)
        with self._database.write() as tx:
            pair = self._pair(tx, actor, pair_id, now, fill=True)
            if first_time(tx, self._team_id, deed, now):
                write(tx, pair)

    def _with_agenda(
        self,
        member: Member,
        item_id: str,
        change: Callable[[Transaction, Pair, AgendaItem], AgendaItem],
        now: datetime,
        deed: str = "",
    ) -> AgendaItem:
        actor = self._actor(member)
        with self._database.write() as tx:
            seen = self._agenda_item(tx, item_id)
            pair = self._pair(tx, actor, seen.pair_id, now, fill=True)
            item = self._agenda_item(tx, item_id)
            return change(tx, pair, item) if first_time(tx, self._team_id, deed, now) else item

    def _with_promise(
        self,
        member: Member,
        item_id: str,
        change: Callable[[Transaction, Pair, ActionItem], ActionItem],
        now: datetime,
        deed: str = "",
    ) -> ActionItem:
        actor = self._actor(member)
        with self._database.write() as tx:
            seen = self._action_item(tx, item_id)
            pair = self._pair(tx, actor, seen.pair_id, now, fill=True)
            item = self._action_item(tx, item_id)
            if not first_time(tx, self._team_id, deed, now):
                return item
            changed = change(tx, pair, item)
            store.save_promise(tx, self._keys, pair, changed)
            return changed

    def _close(
        self, member: Member, item_id: str, state: State, reason: str, now: datetime
    ) -> ActionItem:
        def close(tx: Transaction, pair: Pair, item: ActionItem) -> ActionItem:
            if item.state is state:
                return item
            if not item.is_open:
                raise ClosedMeanwhile
            talk = in_talk(self._last(tx, pair), now)
            closed = replace(item, state=state, reason=reason, closed_at=now, closed_by=member)
            return replace(closed, closed_in=talk)

        return self._with_promise(member, item_id, close, now)

    def _held(
        self, tx: Transaction, actor: Actor, talk_id: str, now: datetime
    ) -> tuple[Pair, Talk]:
        pair = self._pair(tx, actor, self._talk(tx, talk_id).pair_id, now, fill=True)
        talk = self._talk(tx, talk_id)
        if not talk.held:
            raise PageNotFound
        return pair, talk

    def _room_for_a_promise(self, tx: Transaction, pair: Pair) -> None:
        if store.count_promises(tx, pair) >= PROMISES_MOST:
            raise PageFull(PROMISES_FULL)

    def _last(self, tx: Transaction, pair: Pair) -> Talk | None:
        return next(iter(store.held_talks(tx, self._keys, pair, 1)), None)

    def _pasts(self, tx: Transaction, pair: Pair, found: Sequence[Talk]) -> list[Past]:
        agenda = store.agenda(tx, self._keys, pair, waiting=False)
        promises = store.promises(tx, self._keys, pair, only_open=False)
        return [past(talk, agenda, promises) for talk in found]

    def _talk(self, tx: Transaction, talk_id: str) -> Talk:
        return _there(store.find_talk(tx, self._keys, self._team_id, talk_id))

    def _agenda_item(self, tx: Transaction, item_id: str) -> AgendaItem:
        return _there(store.find_agenda(tx, self._keys, self._team_id, item_id))

    def _action_item(self, tx: Transaction, item_id: str) -> ActionItem:
        return _there(store.find_promise(tx, self._keys, self._team_id, item_id))


def _there(found: T | None) -> T:
    if found is None:
        raise PageNotFound
    return found


def _own(item: AgendaItem, member: Member) -> AgendaItem:
    if item.author != member:
        raise PageNotFound
    return item


def _new_id(deed: str) -> str:
    return (uuid.uuid5(IDS, deed) if deed else uuid.uuid4()).hex
