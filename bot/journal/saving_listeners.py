"""Slack in, an example saved, its confirmation out, and at most one question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.journal import blocks
from bot.journal.blocks import Act, EntryRef, Field, FormState
from bot.journal.forms import Forms, anew, draft_in
from bot.journal.journal import Journal
from bot.journal.model import (
    Draft,
    DraftRefused,
    Entry,
    EntryNotFound,
    Intake,
    Source,
    entry_from,
)
from bot.ladder.model import Ladder, Statement
from bot.people.people import People
from bot.slack.acks import Errors
from bot.slack.blocks import Message, View, notice
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import unpack
from bot.slack.turn import Turn

Logged = Callable[[Member, str], Message | None]
Quoted = Callable[[Member, str, str], Statement | None]
Theirs = Callable[[Member, str, str], bool]


class SavingListeners:
    """The form for a new example submitted, and the one question about it."""

    def __init__(
        self,
        journal: Journal,
        forms: Forms,
        people: People,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
        logged: Logged,
        quoted: Quoted,
        theirs: Theirs,
    ) -> None:
        """`theirs(member, channel, ts)` tells whether the bot sent that message to the member.

        `logged(member, nudge_id)` records that a nudge was answered and gives its new text.

        `quoted(member, nudge_id, competency_id)` is the statement that the nudge put before them.
        """
        self._journal = journal
        self._forms = forms
        self._people = people
        self._ladder = ladder
        self._now = now
        self._logged = logged
        self._quoted = quoted
        self._theirs = theirs

    def register(self, front: Front) -> None:
        """Takes the form, and the buttons of its confirmation."""
        front.form(Act.SAVE, self.save, self.after_save)
        front.form(Act.ADD, self.add, self.after_add)
        front.button(Act.ANSWER, self.answer)

    def save(self, turn: Turn) -> View | Errors:
        """The form for a new example was submitted."""
        state = unpack(FormState, turn.state)
        draft = draft_in(turn, self._forms.day(turn.member))
        try:
            if not draft.competency_id:
                return self._ask_for_competency(turn, draft, state)
            intake, person = self._intake(turn, draft, state), self._people.find(turn.member)
            entry = self._journal.log(intake, person, now=self._now())
        except DraftRefused as refusal:
            return Errors(refusal.problems)
        except EntryNotFound:
            return notice("Not saved again", "That example was removed, and stays removed.")
        return blocks.saved(entry, self._ladder(), state)

    def after_save(self, turn: Turn) -> None:
        """The question in the messages with the bot, if there was one, got its answer."""
        state = unpack(FormState, turn.state)
        if state.channel or state.nudge:
            self._follow(turn, state, self._journal.find(turn.member, _entry_id(turn, state)))

    def answer(self, turn: Turn) -> None:
        """The button below the one question about a thin example."""
        entry = self._journal.get(turn.member, unpack(EntryRef, turn.value).entry)
        if entry.question:
            channel, ts = turn.message_place
            turn.open(blocks.follow_up_form(entry, FormState(channel=channel, ts=ts)))
        else:
            turn.tell("You have added to it already, or changed it. `/ladder examples` shows it.")

    def add(self, turn: Turn) -> View | Errors:
        """The one question was answered, or left empty."""
        state, sentence = unpack(FormState, turn.state), turn.answer(Field.MORE)
        try:
            entry = self._journal.get(turn.member, state.entry)
            if sentence:
                entry = self._journal.add(
                    turn.member, state.entry, sentence, turn.deed, now=self._now()
                )
        except DraftRefused as refusal:
            return Errors(refusal.problems)
        except EntryNotFound:
            return notice("Not found", "That example is not there any more, so nothing changed.")
        return blocks.saved(entry, self._ladder(), ask=False)

    def after_add(self, turn: Turn) -> None:
        """The confirmation in the messages with the bot follows."""
        state = unpack(FormState, turn.state)
        if state.channel:
            self._follow(turn, state, self._journal.find(turn.member, state.entry))

    def _ask_for_competency(self, turn: Turn, draft: Draft, state: FormState) -> View | Errors:
        """The form once more, with a suggestion; raises DraftRefused for its other problems."""
        self._journal.check(draft, now=self._now())
        filled = self._forms.advised(turn.member, self._forms.filled_in(turn))
        if not filled.competency_id or state.suggested:
            return Errors({Field.COMPETENCY: blocks.UNTOLD})
        return self._forms.draw(filled, anew(replace(state, suggested=1)))

    def _intake(self, turn: Turn, draft: Draft, state: FormState) -> Intake:
        asked = (turn.member, state.nudge, draft.competency_id)
        return Intake(
            id=_entry_id(turn, state),
            owner=turn.member,
            draft=draft,
            source=Source(state.source),
            deed=f"draft {state.written}" if state.written else turn.deed,
            written=state.written,
            statement=self._quoted(*asked) if state.nudge else None,
        )

    def _follow(self, turn: Turn, state: FormState, entry: Entry | None) -> None:
        """The form names the place: what stands with somebody else stays as it is."""
        if entry is None:
            return
        answered = self._logged(turn.member, state.nudge) if state.nudge else None
        if not self._theirs(turn.member, state.channel, state.ts):
            return
        shown = blocks.saved_message(entry, self._ladder(), ask=False)
        if answered:
            shown = blocks.with_ways_back(answered, entry)
        turn.client.chat_update(channel=state.channel, ts=state.ts, **shown)


def _entry_id(turn: Turn, state: FormState) -> str:
    """Made from the form's own id, or the draft's, so that what comes twice is one example."""
    return entry_from(turn.member, state.written or turn.view["id"])
