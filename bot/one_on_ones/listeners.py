"""Slack in, one-on-ones called, pre-reads and previews out; and the post office's renderer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.delivery.model import Parcel
from bot.one_on_ones import blocks
from bot.one_on_ones.blocks import Act, ShareRef
from bot.one_on_ones.model import PreRead
from bot.one_on_ones.one_on_ones import OneOnOnes
from bot.people.blocks import first_step
from bot.people.model import Person
from bot.people.people import People
from bot.sharing.model import Choice
from bot.slack.blocks import Message, View, message, modal
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import StaleState, unpack
from bot.slack.turn import Turn


class OneOnOneListeners:
    """What an engineer says about their one-on-one."""

    def __init__(
        self,
        one_on_ones: OneOnOnes,
        people: People,
        preview: Callable[[Member, Choice], View],
        note: Callable[[Member], str],
        now: Callable[[], datetime],
    ) -> None:
        """`preview` shows a page before it is shared; `now` is the bot's clock, in UTC.

        `note(member)` is one escaped line for their pre-read, or nothing.
        """
        self._note = note
        self._preview = preview
        self._one_on_ones = one_on_ones
        self._people = people
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the words, buttons and forms that belong to one-on-ones."""
        front.words(["1on1", "1:1", "one-on-one", "1-on-1"], at_once=self.by_word)
        front.button(Act.OPEN, self.by_button)
        front.button(Act.SHARE, self.open_preview)

    def render_pre_read(self, parcel: Parcel, now: datetime) -> Message | None:
        """The pre-read as it stands when it is sent; None for somebody who left."""
        person = self._people.find(parcel.recipient)
        if person is None or not person.active:
            return None
        return self._pre_read(person, now)

    def by_word(self, turn: Turn) -> Message:
        """`/ladder 1on1`."""
        person = self._people.find(turn.member)
        if person is None:
            return message("First tell me where you stand.", first_step())
        return self._pre_read(person, self._now())

    def by_button(self, turn: Turn) -> None:
        """A button "My one-on-one"."""
        answer = self.by_word(turn)
        turn.show(modal("My one-on-one", answer["blocks"]), answer)

    def open_preview(self, turn: Turn) -> None:
        """The button "Share": shows what the manager would see, and shares nothing yet."""
        person = self._people.get(turn.member)
        read = self._read(person, unpack(ShareRef, turn.value).since)
        turn.open(self._preview(turn.member, Choice(tuple(e.id for e in read.entries))))

    def _pre_read(self, person: Person, now: datetime) -> Message:
        read = self._one_on_ones.pre_read(person, now)
        return blocks.pre_read(read, person, self._note(person.member))

    def _read(self, person: Person, since: str) -> PreRead:
        try:
            start = datetime.fromisoformat(since)
        except ValueError:
            raise StaleState from None
        return self._one_on_ones.pre_read(person, self._now(), start)
