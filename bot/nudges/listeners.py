"""Slack in, a nudge answered with its buttons, answers out; and the renderer of the post office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery.model import Parcel
from bot.ladder.model import Ladder
from bot.nudges import blocks
from bot.nudges.blocks import SAID, Act, NudgeRef, Preference
from bot.nudges.model import Answer, Nudge
from bot.nudges.nudges import Nudges
from bot.nudges.when.manners import Cadence, Manners
from bot.people.people import People
from bot.people.standing import expectation_of, rung_of
from bot.slack.blocks import Message
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import StaleState, unpack
from bot.slack.turn import Turn

A_MONTH = timedelta(days=30)


class NudgeListeners:
    """What people say to a nudge by pressing a button."""

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
        """Takes the buttons of the question."""
        front.button(Act.NOTHING, self.nothing)
        front.button(Act.OTHER, self.other)
        front.button(Act.LATER, self.later)
        front.button(Act.NOT_RELEVANT, self.not_relevant)
        front.button(Act.PREFER, self.prefer)
        front.button(Act.STOP, self.stop)

    def render(self, parcel: Parcel, now: datetime) -> Message | None:
        """The question, for the post office; None when it is not to be asked any more.

        Slack is asked first who the person is by now: it may have told nobody while no bot ran.
        """
        before = self._people.find(parcel.recipient)
        self._people.look_up(parcel.recipient, now)
        found = self._nudges.find(parcel.subject, now)
        if found is None or before is None:
            return None
        elsewhere = self._people.get(parcel.recipient).zone != before.zone
        if elsewhere and not self._nudges.is_at_work(parcel.recipient, now):
            return None
        return self.question(found)

    def question(self, nudge: Nudge) -> Message | None:
        """The question as it stands; None when the ladder has lost what it is about."""
        if nudge.about_preferences:
            return blocks.preferences(nudge, self._nudges.schedule(nudge.member))
        person, ladder = self._people.get(nudge.member), self._ladder()
        expectation = expectation_of(person, ladder, nudge.competency_id)
        if expectation is None:
            return None
        return blocks.question(nudge, person, expectation.competency, rung_of(person, ladder))

    def logged(self, member: Member, nudge_id: str) -> Message:
        """An example was saved from a nudge: what now stands in its place."""
        return self.answered(self._nudges.answer(member, nudge_id, Answer.LOGGED, self._now()))

    def nothing(self, turn: Turn) -> None:
        """The button "Nothing this time", which is an answer like any other."""
        self._answer(turn, Answer.NOTHING)

    def later(self, turn: Turn) -> None:
        """The button "Later": asked again on the next working day."""
        self._answer(turn, Answer.LATER)

    def other(self, turn: Turn) -> None:
        """The button "Something else": the same message asks about the next best competency."""
        ref = unpack(NudgeRef, turn.value)
        turn.replace(self.something_else(turn.member, ref.nudge, ref.competency))

    def something_else(self, member: Member, nudge_id: str, instead_of: str) -> Message:
        """The question about something else, or that everything was offered."""
        nudge = self._nudges.something_else(member, nudge_id, instead_of, self._now())
        shown = self.question(nudge) if nudge.answer is Answer.NONE else None
        return shown or self.answered(nudge)

    def not_relevant(self, turn: Turn) -> None:
        """The button "Not relevant to my role": set aside for six months, with a way back."""
        ref = unpack(NudgeRef, turn.value)
        turn.replace(self.set_aside(turn.member, ref.nudge, ref.competency))

    def set_aside(self, member: Member, nudge_id: str, competency_id: str) -> Message:
        """Sets the competency aside, and says until when."""
        nudge, until = self._nudges.not_relevant(member, nudge_id, competency_id, self._now())
        if nudge.answer is not Answer.NOT_RELEVANT:
            return self.answered(nudge)
        competency = self._ladder().current(competency_id)
        return blocks.set_aside(competency, competency_id, until, self._next(member))

    def prefer(self, turn: Turn) -> None:
        """A button below the question about how often to ask."""
        nudge_id = unpack(NudgeRef, turn.value).nudge
        chosen = str(turn.action.get("action_id")).partition(":")[2]
        if chosen not in set(Preference):
            raise StaleState
        member, now = turn.member, self._now()
        nudge = self._nudges.answer(member, nudge_id, Answer.CHOSE, now)
        today = now.astimezone(self._people.get(member).tz).date()
        manners = self._nudges.schedule(member).manners
        if chosen == Preference.PAUSE:
            manners = replace(manners, paused_until=today + A_MONTH)
        else:
            manners = _every(manners, Cadence.OFF if chosen == Preference.STOP else Cadence(chosen))
        self._nudges.change(member, manners, now)
        turn.replace(self.answered(nudge))

    def stop(self, turn: Turn) -> None:
        """The button "Stop asking", confirmed."""
        turn.replace(self.stopped(turn.member))

    def stopped(self, member: Member) -> Message:
        """Stops, and says how to come back."""
        manners = self._nudges.schedule(member).manners
        self._nudges.change(member, _every(manners, Cadence.OFF), self._now())
        return blocks.stopped()

    def answered(self, nudge: Nudge) -> Message:
        """What stands in the place of an answered nudge, with what comes next."""
        competency = self._ladder().current(nudge.competency_id)
        return blocks.answered(competency, f"{SAID[nudge.answer]} {self._next(nudge.member)}")

    def note(self, member: Member) -> str:
        """For the pre-read: that the bot has stopped asking; empty while it asks, or is off."""
        coming = self._nudges.coming(member, self._now())
        return blocks.stopped_words(coming)

    def _answer(self, turn: Turn, said: Answer) -> None:
        nudge_id = unpack(NudgeRef, turn.value).nudge
        turn.replace(self.answered(self._nudges.answer(turn.member, nudge_id, said, self._now())))

    def _next(self, member: Member) -> str:
        return blocks.next_words(self._nudges.coming(member, self._now()))


def _every(manners: Manners, cadence: Cadence) -> Manners:
    return replace(manners, rhythm=replace(manners.rhythm, cadence=cadence), paused_until=None)
