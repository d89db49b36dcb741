"""Slack in, one-on-ones called, pre-reads and previews out; and the post office's renderer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.delivery.model import Parcel
from bot.one_on_ones import blocks
from bot.one_on_ones.blocks import Act, Field, ShareRef
from bot.one_on_ones.model import PreRead
from bot.one_on_ones.one_on_ones import OneOnOnes
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.pairs import Pairs
from bot.one_on_ones.pairs.rhythm import Cadence, Rhythm
from bot.people.blocks import first_step
from bot.people.model import Person
from bot.people.people import People
from bot.sharing.model import Choice
from bot.slack.acks import Errors
from bot.slack.blocks import Message, View, message, modal, notice
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import StaleState, unpack
from bot.slack.turn import Turn

SOONEST_GUESS = timedelta(days=2)


class OneOnOneListeners:
    """What an engineer says about their one-on-one."""

    def __init__(
        self,
        one_on_ones: OneOnOnes,
        pairs: Pairs,
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
        self._pairs = pairs
        self._people = people
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the words, buttons and forms that belong to one-on-ones."""
        front.words(["1on1", "1:1", "one-on-one", "1-on-1"], at_once=self.by_word)
        front.button(Act.OPEN, self.by_button)
        front.button(Act.SHARE, self.open_preview)
        front.button(Act.SET_UP, self.open_set_up)
        front.form(Act.SAVE, self.save)
        front.button(Act.END, self.end)

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

    def open_set_up(self, turn: Turn) -> None:
        """The form for when the talk takes place."""
        person = self._people.get(turn.member)
        one = self._one_on_ones.find(turn.member)
        now = self._now()
        upcoming = one.starts_at if one else now + SOONEST_GUESS
        turn.open(blocks.set_up(one, person, upcoming.astimezone(person.tz).date()))

    def save(self, turn: Turn) -> View | Errors:
        """The set-up form was submitted."""
        person = self._people.get(turn.member)
        today = self._now().astimezone(person.tz).date()
        first = turn.answer_date(Field.FIRST, today)
        if problem := _date_problem(first, today):
            return Errors({Field.FIRST: problem})
        rhythm = Rhythm(
            first,
            time.fromisoformat(turn.answer(Field.AT) or "14:00"),
            Cadence(turn.answer(Field.WEEKS) or Cadence.WEEKLY),
            person.zone,
        )
        return blocks.set_up_saved(self._saved(person, rhythm))

    def end(self, turn: Turn) -> None:
        """The button "No more pre-reads"."""
        if one := self._one_on_ones.find(turn.member):
            self._pairs.end(turn.member, one.id, self._now())
        turn.refresh(notice("Done", "No more pre-reads. `/ladder 1on1` still works any time."))

    def _saved(self, person: Person, rhythm: Rhythm) -> Pair:
        one, member, now = self._one_on_ones.find(person.member), person.member, self._now()
        if one:
            return self._pairs.change(member, one.id, rhythm, now)
        return self._pairs.propose(member, member, person.confirmed_manager, rhythm, now)

    def _pre_read(self, person: Person, now: datetime) -> Message:
        read = self._one_on_ones.pre_read(person, now)
        return blocks.pre_read(read, person, self._note(person.member))

    def _read(self, person: Person, since: str) -> PreRead:
        try:
            start = datetime.fromisoformat(since)
        except ValueError:
            raise StaleState from None
        return self._one_on_ones.pre_read(person, self._now(), start)


def _date_problem(first: date, today: date) -> str:
    if first < today:
        return "That day is over. Choose the next one that is still to come."
    if first > today + timedelta(days=366):
        return "That is more than a year away. Choose the next one."
    return ""
