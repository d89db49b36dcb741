"""Slack in, what came by itself answered; and the post office's renderers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.delivery.model import Parcel
from bot.one_on_ones.page.model import ActionItem
from bot.one_on_ones.reminding import blocks
from bot.one_on_ones.reminding.blocks import Act, Do, Field, Ref
from bot.one_on_ones.reminding.closing import Closing
from bot.one_on_ones.reminding.following import Said
from bot.one_on_ones.reminding.preparing import Preparing
from bot.one_on_ones.reminding.reminders import Reminders
from bot.one_on_ones.reminding.wrapping_up import WrappingUp
from bot.slack.acks import Errors
from bot.slack.blocks import Message, View
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import StaleState, unpack
from bot.slack.turn import Turn


class RemindingListeners:
    """Each press changes one thing, and the message then shows what is left."""

    def __init__(
        self,
        preparing: Preparing,
        wrapping_up: WrappingUp,
        reminders: Reminders,
        closing: Closing,
        theirs: Callable[[Member, str, str], bool],
        said: Callable[[Said], None],
        now: Callable[[], datetime],
    ) -> None:
        """`theirs` tells whether the message at a channel and timestamp was sent to somebody.

        `said` hears of the note that was put into such a message.
        """
        self._preparing = preparing
        self._wrapping_up = wrapping_up
        self._reminders = reminders
        self._closing = closing
        self._theirs = theirs
        self._said = said
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the buttons, menus and the form below what comes by itself."""
        front.button(Act.ITEM, self.choose)
        front.button(Act.DONE, self.done)
        front.button(Act.DROP, self.open_drop)
        front.form(Act.SAVE, self.drop, self.after_drop)
        front.button(Act.DISCUSSED, self.discussed)
        front.button(Act.NOT_MET, self.did_not_meet)
        front.button(Act.LATER, self.later)
        front.button(Act.STOP, self.stop)
        front.button(Act.AGAIN, self.remind_again)

    # for the post office

    def render_preparation(self, parcel: Parcel, now: datetime) -> Message | None:
        """What the partner prepares by; None where there is nothing."""
        found = self._preparing.find(parcel, now)
        return blocks.preparation(found) if found else None

    def render_wrap_up(self, parcel: Parcel, now: datetime) -> Message | None:
        """What one side can close; None where nothing is open."""
        found = self._wrapping_up.find(parcel.recipient, parcel.subject, now)
        return blocks.wrap_up(found) if found and found.is_open else None

    def render_reminder(self, parcel: Parcel, now: datetime) -> Message | None:
        """What somebody promised; None when it is settled, or not wanted any more."""
        found = self._reminders.find(parcel.recipient, parcel.subject, now)
        return blocks.reminder(found) if found else None

    def render_closed(self, _parcel: Parcel) -> Message:
        """What stands in the place of each of them once the page is closed to its reader."""
        return blocks.closed()

    # pressed

    def choose(self, turn: Turn) -> None:
        """The menu at one promise."""
        chosen = unpack(Ref, turn.value).do
        if chosen not in set(Do):
            raise StaleState
        (self.done if chosen == Do.DONE else self.open_drop)(turn)

    def done(self, turn: Turn) -> None:
        """The promise was kept."""
        ref = unpack(Ref, turn.value)
        promise = self._closing.done(turn.member, ref.item, self._now())
        self._say(turn, self._after(turn.member, ref, promise), promise)

    def open_drop(self, turn: Turn) -> None:
        """Asks why it is dropped; one that is closed already is told instead."""
        ref, (channel, ts) = unpack(Ref, turn.value), turn.message_place
        promise = self._closing.find(turn.member, ref.item, self._now())
        if promise.is_open:
            here = Ref(ref.talk, ref.pair, ref.item, "", channel, ts)
            turn.open(blocks.drop_form(here, f"“{blocks.brief(promise.text)}”"))
        else:
            self._say(turn, self._after(turn.member, ref, promise), promise)

    def drop(self, turn: Turn) -> View | Errors | None:
        """The form was submitted: the promise is given up."""
        ref, reason = unpack(Ref, turn.state), turn.answer(Field.REASON)
        if not reason:
            return Errors({Field.REASON: "Please say in a few words why."})
        self._closing.drop(turn.member, ref.item, reason, self._now())
        return None

    def after_drop(self, turn: Turn) -> None:
        """The message that the form was opened from follows."""
        ref = unpack(Ref, turn.state)
        if turn.answer(Field.REASON) and self._theirs(turn.member, ref.channel, ref.ts):
            promise = self._closing.find(turn.member, ref.item, self._now())
            shown = self._after(turn.member, ref, promise)
            turn.client.chat_update(channel=ref.channel, ts=ref.ts, **shown)
            note = blocks.what_came_of(promise, turn.member)
            self._said(Said((ref.channel, ref.ts), note, shown))

    def discussed(self, turn: Turn) -> None:
        """A line of the agenda was talked about."""
        ref = unpack(Ref, turn.value)
        self._wrapping_up.discussed(turn.member, ref.item, self._now())
        self._say(turn, self._wrap_up(turn.member, ref.talk))

    def did_not_meet(self, turn: Turn) -> None:
        """The button "We did not meet", confirmed."""
        ref = unpack(Ref, turn.value)
        self._wrapping_up.did_not_meet(turn.member, ref.talk, self._now())
        self._say(turn, self._wrap_up(turn.member, ref.talk))

    def later(self, turn: Turn) -> None:
        """The button "Later" below a reminder."""
        pair_id = unpack(Ref, turn.value).pair
        next_at = self._reminders.heard(turn.member, self._now())
        turn.replace(blocks.later(pair_id, next_at))

    def stop(self, turn: Turn) -> None:
        """No more reminders."""
        self._reminders.heard(turn.member, self._now(), stopped=True)
        turn.replace(blocks.stopped(unpack(Ref, turn.value).pair))

    def remind_again(self, turn: Turn) -> None:
        """The way back."""
        self._reminders.heard(turn.member, self._now())
        turn.replace(blocks.resumed(unpack(Ref, turn.value).pair))

    # inside

    def _say(self, turn: Turn, shown: Message, promise: ActionItem | None = None) -> None:
        """In the place of the message with the button."""
        turn.replace(shown)
        note = blocks.what_came_of(promise, turn.member) if promise else ""
        self._said(Said(turn.message_place, note, shown))

    def _after(self, member: Member, ref: Ref, promise: ActionItem) -> Message:
        note = blocks.what_came_of(promise, member)
        if ref.talk:
            return self._wrap_up(member, ref.talk, note)
        self._reminders.heard(member, self._now())
        found = self._reminders.about(member, promise.pair_id, self._now())
        if found is None:
            return blocks.over()
        if found.promises:
            return blocks.reminder(found, note)
        return blocks.settled(found, note)

    def _wrap_up(self, member: Member, talk_id: str, note: str = "") -> Message:
        found = self._wrapping_up.find(member, talk_id, self._now())
        if found is None:
            return blocks.over()
        return blocks.as_it_stands(found, note)
