"""Slack in, pages called, the page and its forms out: agenda and promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.one_on_ones.page import blocks
from bot.one_on_ones.page.blocks import AboutRef, Act, Do, Field, FormState, LineRef, PageRef
from bot.one_on_ones.page.desk import PageDesk, deed_of, form_state, on_page
from bot.one_on_ones.pairs.model import Pair
from bot.slack.acks import Errors
from bot.slack.blocks import View
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import unpack
from bot.slack.turn import Turn

WordsOf = Callable[[Member, str, str, str], str]


class PageListeners:
    """What either side does on the page."""

    def __init__(self, desk: PageDesk, words_of: WordsOf) -> None:
        """`words_of(member, pair_id, kind, about)` are those of what is worth asking, not escaped;
        empty where there is no such thing any more.
        """
        self._desk = desk
        self._pages = desk.pages
        self._now = desk.now
        self._words_of = words_of

    def register(self, front: Front) -> None:
        """Takes the words, buttons and forms that belong to agenda and promises."""
        front.words(["page", "agenda"], later=self.open, alone=True)
        front.button(Act.OPEN, self.open)
        front.button(Act.TURN, self.turn)
        front.button(Act.ADD, self.add)
        front.button(Act.PUT_ON, self.put_on)
        front.button(Act.ITEM, self.on_item)
        front.button(Act.UNTICK, self.untick)
        front.form(Act.SAVE_AGENDA, self.save_agenda, self._desk.refresh_behind)
        front.form(Act.REMOVE, self.remove, self._desk.refresh_behind)
        front.button(Act.ADD_PROMISE, self.add_promise)
        front.button(Act.PROMISE, self.on_promise)
        front.button(Act.REOPEN, self.reopen)
        front.form(Act.SAVE_PROMISE, self.save_promise, self._desk.refresh_behind)
        front.form(Act.DROP, self.drop, self._dropped)

    def open(self, turn: Turn) -> None:
        """`/ladder page`, or a button that leads there."""
        turn.open(self._desk.view(turn.member, unpack(PageRef, turn.value)))

    def turn(self, turn: Turn) -> None:
        """Further down a list, or to the page of another one-on-one."""
        turn.refresh(self._desk.view(turn.member, unpack(PageRef, turn.value)))

    # the agenda

    def add(self, turn: Turn) -> None:
        """The form for a new line."""
        pair = self._pair(turn, unpack(PageRef, turn.value).pair)
        turn.open(blocks.agenda_form(pair, form_state(turn, pair.id)))

    def put_on(self, turn: Turn) -> None:
        """The same from a message, filled with what is worth asking."""
        ref = unpack(AboutRef, turn.value)
        pair = self._pair(turn, ref.pair)
        words = self._words_of(turn.member, pair.id, ref.kind, ref.about)
        opened = str(turn.action.get("action_ts") or "")
        turn.open(blocks.agenda_form(pair, FormState(pair.id, opened=opened), words))

    def on_item(self, turn: Turn) -> None:
        """The three dots at a line."""
        ref = unpack(LineRef, turn.value)
        if ref.do == Do.DISCUSSED:
            ticked = self._pages.discussed(turn.member, ref.item, self._now())
            self._desk.refresh(turn, blocks.ticked_row(ticked))
            return
        if ref.do == Do.NOT_YET:
            self.untick(turn)
            return
        pair, item = self._pages.agenda_item(turn.member, ref.item, self._now())
        state = form_state(turn, pair.id, item.id)
        views = {
            Do.EDIT.value: lambda: blocks.agenda_form(pair, state, item.text),
            Do.REMOVE.value: lambda: blocks.remove_form(item, state),
        }
        turn.open(views.get(ref.do, lambda: blocks.whole(item))())

    def untick(self, turn: Turn) -> None:
        """Undoes the tick of a line."""
        self._pages.not_discussed(turn.member, unpack(LineRef, turn.value).item, self._now())
        self._desk.refresh(turn)

    def save_agenda(self, turn: Turn) -> View | None:
        """The form of a line was submitted."""
        state, text, now = unpack(FormState, turn.state), turn.answer(Field.TEXT), self._now()
        deed = deed_of(turn, state)
        if state.item:
            self._pages.edit_agenda(turn.member, state.item, text, deed, now)
        else:
            self._pages.add_agenda(turn.member, state.pair, text, deed, now)
        return self._desk.after(turn, "*On your agenda.*")

    def remove(self, turn: Turn) -> View | None:
        """Removing a line was confirmed."""
        self._pages.remove_agenda(turn.member, unpack(FormState, turn.state).item, self._now())
        return self._desk.after(turn, "*Removed.*")

    # promises

    def add_promise(self, turn: Turn) -> None:
        """The form for a new promise."""
        pair = self._pair(turn, unpack(PageRef, turn.value).pair)
        turn.open(blocks.promise_form(pair, turn.member, form_state(turn, pair.id)))

    def on_promise(self, turn: Turn) -> None:
        """The three dots at a promise."""
        ref = unpack(LineRef, turn.value)
        if ref.do == Do.DONE:
            kept = self._pages.done(turn.member, ref.item, self._now())
            self._desk.refresh(turn, blocks.closed_row(kept))
            return
        pair, item = self._pages.action_item(turn.member, ref.item, self._now())
        state = form_state(turn, pair.id, item.id)
        views = {
            Do.EDIT.value: lambda: blocks.promise_form(pair, turn.member, state, item),
            Do.DROP.value: lambda: blocks.drop_form(pair, item, state),
        }
        turn.open(views.get(ref.do, lambda: blocks.whole(item))())

    def reopen(self, turn: Turn) -> None:
        """The button "Undo" at a promise that was just closed."""
        self._pages.reopen(turn.member, unpack(LineRef, turn.value).item, self._now())
        self._desk.refresh(turn)

    def save_promise(self, turn: Turn) -> View | Errors | None:
        """The form of a promise was submitted."""
        state, now, me = unpack(FormState, turn.state), self._now(), turn.member
        owner = me.colleague(turn.answer(Field.OWNER) or me.user_id)
        text, due_on, deed = turn.answer(Field.TEXT), _due_on(turn), deed_of(turn, state)
        if due_on and due_on < self._desk.today(me) and due_on != self._due_before(me, state.item):
            return Errors({Field.DUE: "That day is over. Choose one that is still to come."})
        if state.item:
            words = text if _holds(turn, Field.TEXT) else None
            self._pages.edit_promise(me, state.item, owner, words, due_on, deed, now)
        else:
            self._pages.promise(me, state.pair, owner, text, due_on, deed, now)
        return self._desk.after(turn, "*Promise saved.*")

    def drop(self, turn: Turn) -> View | None:
        """A promise is given up, and why."""
        item_id = unpack(FormState, turn.state).item
        self._pages.drop(turn.member, item_id, turn.answer(Field.REASON), self._now())
        return self._desk.after(turn, "*Dropped.*")

    def _dropped(self, turn: Turn) -> None:
        state = unpack(FormState, turn.state)
        if not on_page(turn, state):
            return
        _, item = self._pages.action_item(turn.member, state.item, self._now())
        self._desk.refresh_behind(turn, None if item.is_open else blocks.closed_row(item))

    def _due_before(self, member: Member, item_id: str) -> date | None:
        if not item_id:
            return None
        return self._pages.action_item(member, item_id, self._now())[1].due_on

    def _pair(self, turn: Turn, pair_id: str) -> Pair:
        return self._pages.page(turn.member, pair_id, self._now()).pair


def _due_on(turn: Turn) -> date | None:
    text = turn.answer(Field.DUE)
    return date.fromisoformat(text) if text else None


def _holds(turn: Turn, block_id: str) -> bool:
    return any(block.get("block_id") == block_id for block in turn.view.get("blocks") or [])
