"""The front door to the page that both sides of a one-on-one fill, each thing once per deed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.one_on_ones.notes import store as notes
from bot.one_on_ones.notes.model import Note
from bot.one_on_ones.page import store
from bot.one_on_ones.page.access import Access, ActorOf, TiesOf
from bot.one_on_ones.page.lines import Lines
from bot.one_on_ones.page.model import (
    REASON_MOST,
    TEXT_MOST,
    ActionItem,
    AgendaItem,
    AgreedInIt,
    AgreedMeanwhile,
    ClosedMeanwhile,
    Page,
    PageNotFound,
    Past,
    State,
    new_id,
    own,
    sides,
    worded,
)
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.pairs import Pairs
from bot.one_on_ones.pairs.rhythm import Meeting
from bot.one_on_ones.talks import store as talks
from bot.one_on_ones.talks.model import Talk, in_talk, talk_id, under_way
from bot.privacy.records import Section
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database, Transaction

PromiseHook = Callable[[Transaction, Pair, ActionItem, Member, datetime], None]
HISTORY = 5


class Pages:
    """PageNotFound for whoever may not; once a pair has ended its engineer may still read."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        pairs: Pairs,
        ties: TiesOf,
        actor: ActorOf,
        team_id: str,
    ) -> None:
        """`ties` are the managers and leads around an engineer, as a transaction sees them."""
        self._access = Access(database, ties, actor, team_id)
        self._lines = Lines(keys, team_id)
        self._database = database
        self._keys = keys
        self._pairs = pairs
        self._team_id = team_id
        self._promised: list[PromiseHook] = []

    def when_promised(self, hook: PromiseHook) -> None:
        """Runs `hook(tx, pair, promise, by, now)` in each transaction that changes a promise.

        The promise is as it stands afterwards, `by` is whoever changed it.
        """
        self._promised.append(hook)

    def after_changes(self, hook: Callable[[Pair, Member], None]) -> None:
        """Runs `hook(pair, by)` once it is committed that a line, a promise or a talk changed."""
        self._access.changed.append(hook)

    # looking

    def of(self, member: Member, now: datetime) -> list[Pair]:
        """The live pairs whose page the member uses, the next meeting first."""
        return self._access.used(member, self._pairs.of(member), now)

    def ended_of(self, engineer: Member) -> list[Pair]:
        """The engineer's pairs that are over and leave something to read, the latest first."""
        with self._database.read() as tx:
            left = store.written_on(tx, engineer) | notes.kept_about(tx, engineer)
        every = reversed(self._pairs.all_of(engineer))
        return [pair for pair in every if not pair.is_live and (pair.met_at or pair.id in left)]

    def page(self, member: Member, pair_id: str, now: datetime) -> Page:
        """The page as it stands."""
        with self._access.reading(member, pair_id, now) as (tx, pair):
            waiting = store.agenda(tx, self._keys, pair, waiting=True)
            last, begun = self._lines.last(tx, pair), under_way(pair, now)
            return Page(
                pair=pair,
                agenda=tuple(item for item in waiting if not item.discussed_at),
                discussed=tuple(item for item in waiting if item.discussed_at),
                promises=tuple(store.promises(tx, self._keys, pair, only_open=True)),
                last=last if begun is None or (last and last.id == begun.id) else begun,
                note=notes.find(tx, self._keys, pair, member),
            )

    def history(
        self, member: Member, pair_id: str, number: int, now: datetime, size: int = HISTORY
    ) -> tuple[list[Past], int]:
        """One page of past talks (0 is the latest), and how many talks there are in all."""
        with self._access.reading(member, pair_id, now) as (tx, pair):
            found = talks.held(tx, self._keys, pair, size, number * size)
            return self._lines.pasts(tx, pair, found), talks.count(tx, pair)

    def past(self, member: Member, talk_id: str, now: datetime) -> tuple[Pair, Past]:
        """One talk, held or not or still under way, with what belongs to it so far."""
        find = self._lines.talk(member, talk_id, now)
        with self._access.looking(member, find, now) as (tx, pair, talk):
            return pair, self._lines.pasts(tx, pair, [talk])[0]

    def agenda_item(self, member: Member, item_id: str, now: datetime) -> tuple[Pair, AgendaItem]:
        """One line of an agenda."""
        with self._access.looking(member, self._lines.agenda(item_id), now) as (_, pair, item):
            return pair, item

    def action_item(self, member: Member, item_id: str, now: datetime) -> tuple[Pair, ActionItem]:
        """One promise, open or closed."""
        with self._access.looking(member, self._lines.promise(item_id), now) as (_, pair, item):
            return pair, item

    def promises_of(self, member: Member, now: datetime) -> list[tuple[Pair, ActionItem]]:
        """What the member owes and has not closed, in pairs whose page they use; oldest first."""
        pairs = {pair.id: pair for pair in self.of(member, now)}
        with self._database.read() as tx:
            owed = store.promises_of(tx, self._keys, member)
        return [(pairs[item.pair_id], item) for item in owed if item.pair_id in pairs]

    def between(self, pair: Pair, tx: Transaction | None = None) -> list[ActionItem]:
        """The open promises of both sides, oldest first; whose eyes they are for is not checked."""
        if tx is None:
            with self._database.read() as own:
                return self.between(pair, own)
        return store.promises(tx, self._keys, pair, only_open=True)

    # the agenda

    def add_agenda(
        self, member: Member, pair_id: str, text: str, deed: str, now: datetime
    ) -> AgendaItem:
        """Puts it on the agenda unless these words wait there; raises PageFull, TextRefused."""
        item = AgendaItem(new_id(deed), pair_id, member, worded(text), now)
        with self._access.filling(member, pair_id, now) as (tx, pair):
            if self._access.is_first(tx, deed, now):
                return self._lines.put_on(tx, pair, item)
        return item

    def edit_agenda(
        self, member: Member, item_id: str, text: str, deed: str, now: datetime
    ) -> AgendaItem:
        """Other words for a line of one's own; raises TextRefused."""
        find = self._lines.agenda(item_id)
        with self._access.changing(member, find, now) as (tx, pair, item):
            edited = replace(own(item, member), text=worded(text))
            if self._access.is_first(tx, deed, now):
                store.rewrite_agenda(tx, self._keys, pair, edited)
            return edited

    def remove_agenda(self, member: Member, item_id: str, now: datetime) -> AgendaItem:
        """Takes away a line of one's own that no talk holds yet."""
        with self._access.changing(member, self._lines.agenda(item_id), now) as (tx, _, item):
            if item.talk_id:
                raise PageNotFound
            store.remove_agenda(tx, own(item, member))
            return item

    def discussed(self, member: Member, item_id: str, now: datetime) -> AgendaItem:
        """Ticks a line of either side; doing it again changes nothing."""
        find = self._lines.agenda(item_id)
        with self._access.changing(member, find, now) as (tx, pair, item):
            if item.discussed_at:
                return item
            talk = in_talk(self._lines.last(tx, pair), now)
            ticked = replace(item, discussed_at=now, talk_id=talk)
            store.tick_agenda(tx, ticked)
            return ticked

    def not_discussed(self, member: Member, item_id: str, now: datetime) -> AgendaItem:
        """Undoes the tick: the line is on the agenda again. Raises PageFull."""
        find = self._lines.agenda(item_id)
        with self._access.changing(member, find, now) as (tx, pair, item):
            if item.discussed_at is None:
                return item
            self._lines.require_place(tx, pair)
            again = replace(item, discussed_at=None, talk_id=None)
            store.tick_agenda(tx, again)
            return again

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
        """Writes down what `owner`, either side, is going to do; raises PageFull, TextRefused."""
        item = ActionItem(new_id(deed), pair_id, owner, member, worded(text), due_on, now)
        with self._access.filling(member, pair_id, now) as (tx, pair):
            if owner not in sides(pair):
                raise PageNotFound
            if self._access.is_first(tx, deed, now):
                self._lines.require_room(tx, pair)
                item = replace(item, made_in=in_talk(self._lines.last(tx, pair), now))
                store.add_promise(tx, self._keys, pair, item)
                self._tell(tx, pair, item, member, now)
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

        `text` is None where the words stay. Raises ClosedMeanwhile and TextRefused.
        """

        def edit(_: Transaction, pair: Pair, item: ActionItem) -> ActionItem:
            if owner not in sides(pair) or (text is not None and item.author != member):
                raise PageNotFound
            if not item.is_open:
                raise ClosedMeanwhile
            words = item.text if text is None else worded(text)
            return replace(item, owner=owner, text=words, due_on=due_on)

        return self._change(member, item_id, edit, now, deed)

    def done(self, member: Member, item_id: str, now: datetime) -> ActionItem:
        """A promise of either side was kept; raises ClosedMeanwhile for one that was dropped."""
        return self._close(member, item_id, State.DONE, "", now)

    def drop(self, member: Member, item_id: str, reason: str, now: datetime) -> ActionItem:
        """A promise of either side is given up, and why, in at most 300 characters.

        Raises TextRefused, and ClosedMeanwhile for one that was kept.
        """
        return self._close(member, item_id, State.DROPPED, worded(reason, REASON_MOST), now)

    def reopen(self, member: Member, item_id: str, now: datetime) -> ActionItem:
        """Undoes `done` and `drop`; an open one stays as it is. Raises PageFull."""

        def again(tx: Transaction, pair: Pair, item: ActionItem) -> ActionItem:
            if item.is_open:
                return item
            self._lines.require_room(tx, pair)
            opened = replace(item, state=State.OPEN, reason="", closed_at=None, closed_by=None)
            return replace(opened, closed_in=None)

        return self._change(member, item_id, again, now)

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
        """What was agreed, for both to read; empty where nothing was. Raises TextRefused.

        `over` is the version of the talk that the member saw: raises AgreedMeanwhile when there is
        a later one. None writes over any.
        """
        words = worded(text, TEXT_MOST) if text else ""
        find = self._lines.talk(member, talk_id, now)
        with self._access.changing(member, find, now) as (tx, pair, talk):
            if not talk.held:
                raise PageNotFound
            if not self._access.is_first(tx, deed, now):
                return talk
            if over not in (None, talk.version):
                raise AgreedMeanwhile
            agreed = talk.rewritten(words, member, now)
            talks.add(tx, pair, talk)
            talks.agree(tx, self._keys, pair, agreed)
            return agreed

    def did_not_take_place(self, member: Member, talk_id: str, now: datetime) -> Talk:
        """What was ticked in it is back on the agenda; the rest waits for the next talk.

        Raises AgreedInIt while what was agreed in it is written down: it would be lost to both.
        """
        find = self._lines.talk(member, talk_id, now)
        with self._access.changing(member, find, now) as (tx, pair, talk):
            last = self._lines.last(tx, pair)
            if not talk.held or last is None:
                raise PageNotFound
            if talk.agreed:
                raise AgreedInIt
            talks.set_held(tx, pair, talk, held=False)
            store.loosen(tx, pair, talk)
            if last.id == talk.id:
                before = self._lines.last(tx, pair)
                self._pairs.did_not_meet(tx, pair, before.starts_at if before else None)
            return replace(talk, held=False)

    def took_place(self, tx: Transaction, pair: Pair, meeting: Meeting, now: datetime) -> None:  # noqa: ARG002
        """For `pairs.when_over`: the meeting becomes a talk, once; what is open is carried over."""
        talk = Talk(talk_id(pair.id, meeting.slot), pair.id, meeting.slot, meeting.starts_at)
        if pair.runs and not talks.add(tx, pair, talk):
            talks.set_start(tx, pair, talk)
        kept = self._lines.last(tx, pair)
        if kept and kept.id == talk.id:
            store.gather(tx, pair, talk)

    # notes

    def note(self, member: Member, pair_id: str, now: datetime) -> Note | None:
        """What the member keeps for themselves about the pair; nobody else gets at it."""
        with self._access.reading(member, pair_id, now) as (tx, pair):
            return notes.find(tx, self._keys, pair, member)

    def write_note(self, member: Member, pair_id: str, text: str, deed: str, now: datetime) -> None:
        """Puts it in the place of what was there; an empty text removes it. Raises TextRefused."""
        words = worded(text) if text else ""
        with self._access.filling(member, pair_id, now) as (tx, pair):
            if self._access.is_first(tx, deed, now):
                notes.write(tx, self._keys, pair, Note(pair.id, member, words, now))

    # about one person

    def records_of(self, member: Member) -> Sequence[Section]:
        """Their pages as engineers, what they wrote and owe on others', and their own notes."""
        with self._database.read() as tx:
            return self._lines.about(tx, member)

    def erase(self, tx: Transaction, member: Member) -> None:
        """Their pages as engineers whole; on others' what they wrote and owe, and their notes."""
        talks.erase(tx, member)
        store.erase(tx, member)
        notes.erase(tx, member)

    # inside

    def _change(
        self,
        member: Member,
        item_id: str,
        change: Callable[[Transaction, Pair, ActionItem], ActionItem],
        now: datetime,
        deed: str = "",
    ) -> ActionItem:
        find = self._lines.promise(item_id)
        with self._access.changing(member, find, now) as (tx, pair, item):
            if self._access.is_first(tx, deed, now):
                item = change(tx, pair, item)
                store.save_promise(tx, self._keys, pair, item)
                self._tell(tx, pair, item, member, now)
            return item

    def _tell(
        self, tx: Transaction, pair: Pair, promise: ActionItem, by: Member, now: datetime
    ) -> None:
        for hook in self._promised:
            hook(tx, pair, promise, by, now)

    def _close(
        self, member: Member, item_id: str, state: State, reason: str, now: datetime
    ) -> ActionItem:
        def close(tx: Transaction, pair: Pair, item: ActionItem) -> ActionItem:
            if item.state is state:
                return item
            if not item.is_open:
                raise ClosedMeanwhile
            talk = in_talk(self._lines.last(tx, pair), now)
            closed = replace(item, state=state, reason=reason, closed_at=now, closed_by=member)
            return replace(closed, closed_in=talk)

        return self._change(member, item_id, close, now)
