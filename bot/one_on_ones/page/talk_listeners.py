"""Slack in, pages called, forms out: own notes, and what was agreed."""

from __future__ import annotations

from dataclasses import replace

from bot.one_on_ones.page import blocks
from bot.one_on_ones.page.blocks import Act, Field, FormState, PageRef, TalkRef
from bot.one_on_ones.page.desk import PageDesk, deed_of, form_state
from bot.one_on_ones.page.model import AgreedMeanwhile
from bot.slack.blocks import View
from bot.slack.front import Front
from bot.slack.state import unpack
from bot.slack.turn import Turn


class TalkListeners:
    """What either side writes down about a talk, for both or for themselves."""

    def __init__(self, desk: PageDesk) -> None:
        """`desk` draws the page behind the forms."""
        self._desk = desk
        self._pages = desk.pages
        self._now = desk.now

    def register(self, front: Front) -> None:
        """Takes the buttons and forms that belong to talks and notes."""
        front.button(Act.NOTE, self.open_note)
        front.form(Act.SAVE_NOTE, self.save_note, self._desk.refresh_behind)
        front.button(Act.AGREED, self.open_agreed)
        front.form(Act.SAVE_AGREED, self.save_agreed, self._desk.refresh_behind)

    def open_note(self, turn: Turn) -> None:
        """One's own notes, to be read alone once the one-on-one has ended."""
        page = self._pages.page(turn.member, unpack(PageRef, turn.value).pair, self._now())
        if page.pair.is_live:
            turn.open(blocks.note_form(page.note, form_state(turn, page.pair.id)))
        else:
            turn.open(blocks.note_to_read(page.note))

    def save_note(self, turn: Turn) -> View | None:
        """One's own notes were submitted; empty means that they are deleted."""
        state, text = unpack(FormState, turn.state), turn.answer(Field.TEXT)
        deed = deed_of(turn, state)
        self._pages.write_note(turn.member, state.pair, text, deed, self._now())
        said = "*Saved.* Only you see it." if text else "*Empty.* Nothing is kept."
        return self._desk.after(turn, said)

    def open_agreed(self, turn: Turn) -> None:
        """What was agreed in the latest talk, to be read and changed."""
        talk_id = unpack(TalkRef, turn.value).talk
        pair, past = self._pages.past(turn.member, talk_id, self._now())
        state = form_state(turn, pair.id, talk_id, past.talk.version)
        turn.open(blocks.agreed_form(pair, past.talk, state))

    def save_agreed(self, turn: Turn) -> View | None:
        """It was submitted; what the other side wrote meanwhile is shown first."""
        state, text, now = unpack(FormState, turn.state), turn.answer(Field.TEXT), self._now()
        deed, version = deed_of(turn, state), state.version
        try:
            self._pages.agree(turn.member, state.item, text, deed, now, over=version)
        except AgreedMeanwhile:
            pair, past = self._pages.past(turn.member, state.item, now)
            again = replace(state, version=past.talk.version)
            return blocks.agreed_form(pair, past.talk, again, text, past.talk.agreed)
        return self._desk.after(turn, "*Saved.*" if text else "*Empty.* Nothing is kept.")
