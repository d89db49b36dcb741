"""Slack in, nudges called, answers out; and the renderer of the post office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time

from bot.delivery.model import Parcel
from bot.ladder.model import Ladder
from bot.nudges import blocks
from bot.nudges.blocks import Act, Field, NudgeRef
from bot.nudges.cadence import Cadence, Rhythm
from bot.nudges.model import Answer
from bot.nudges.nudges import Nudges
from bot.people.people import People
from bot.people.standing import expectation_of, rung_of
from bot.slack.blocks import Message, View
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import unpack
from bot.slack.turn import Turn


class NudgeListeners:
    """What people say to a nudge, and when they want to be asked."""

    def __init__(
        self,
        nudges: Nudges,
        people: People,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
    ) -> None:
        """`now` is the bot's clock, in UTC."""
        self._nudges = nudges
        self._people = people
        self._ladder = ladder
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the word, buttons and form that belong to nudges."""
        front.words(["nudges", "nudge"], later=self.open_settings)
        front.button(Act.NOTHING, self.nothing)
        front.button(Act.LATER, self.later)
        front.button(Act.SETTINGS, self.open_settings)
        front.button(Act.STOP, self.stop)
        front.form(Act.SAVE, self.save)

    def render(self, parcel: Parcel, _now: datetime) -> Message | None:
        """The question, for the post office; None when it is not to be asked any more."""
        found = self._nudges.find(parcel.subject)
        if found is None:
            return None
        nudge, person = found
        ladder = self._ladder()
        expectation = expectation_of(person, ladder, nudge.competency_id)
        if expectation is None:
            return None
        return blocks.question(nudge, person, expectation.competency, rung_of(person, ladder))

    def logged(self, member: Member, nudge_id: str) -> Message:
        """An example was saved from a nudge: what now stands in its place."""
        return self._answered(member, nudge_id, Answer.LOGGED, "Logged, thank you.")

    def nothing(self, turn: Turn) -> None:
        """The button "Nothing this time", which is an answer like any other."""
        nudge_id = unpack(NudgeRef, turn.value).nudge
        turn.replace(self._answered(turn.member, nudge_id, Answer.NOTHING, "Nothing this time."))

    def later(self, turn: Turn) -> None:
        """The button "Later": asked again on the next working day."""
        nudge_id = unpack(NudgeRef, turn.value).nudge
        turn.replace(self._answered(turn.member, nudge_id, Answer.LATER, "Later, then."))

    def stop(self, turn: Turn) -> None:
        """The button "Stop asking", confirmed."""
        rhythm = self._nudges.schedule(turn.member).rhythm
        self._nudges.change(turn.member, replace(rhythm, cadence=Cadence.OFF), self._now())
        turn.replace(blocks.stopped())

    def open_settings(self, turn: Turn) -> None:
        """The form for one's own schedule; raises NotPlaced, since it needs a time zone."""
        person = self._people.get(turn.member)
        turn.open(blocks.settings(self._nudges.schedule(turn.member), person.zone))

    def save(self, turn: Turn) -> View:
        """The form was submitted."""
        rhythm = Rhythm(
            weekday=int(turn.answer(Field.WEEKDAY) or 3),
            at=time.fromisoformat(turn.answer(Field.AT) or "11:30"),
            cadence=Cadence(turn.answer(Field.CADENCE) or Cadence.WEEKLY),
        )
        return blocks.settings_saved(self._nudges.change(turn.member, rhythm, self._now()))

    def _answered(self, member: Member, nudge_id: str, said: Answer, words: str) -> Message:
        nudge = self._nudges.answer(member, nudge_id, said, self._now())
        following = blocks.next_words(self._nudges.schedule(member))
        competency = self._ladder().current(nudge.competency_id)
        return blocks.answered(competency, f"{words} {following}")
