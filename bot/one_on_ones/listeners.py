"""Slack in, pairs called, the form for when the talk takes place out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.one_on_ones import blocks
from bot.one_on_ones.blocks import Act, Field
from bot.one_on_ones.one_on_ones import OneOnOnes
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.pairs import Pairs
from bot.one_on_ones.pairs.rhythm import Cadence, Rhythm
from bot.people.model import Person
from bot.people.people import People
from bot.slack.acks import Errors
from bot.slack.blocks import View, notice
from bot.slack.front import Front
from bot.slack.turn import Turn

SOONEST_GUESS = timedelta(days=2)


class OneOnOneListeners:
    """What an engineer says about their one-on-one."""

    def __init__(
        self,
        one_on_ones: OneOnOnes,
        pairs: Pairs,
        people: People,
        now: Callable[[], datetime],
    ) -> None:
        """`now` is the bot's clock, in UTC."""
        self._one_on_ones = one_on_ones
        self._pairs = pairs
        self._people = people
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the buttons and forms that belong to when they meet."""
        front.button(Act.SET_UP, self.open_set_up)
        front.form(Act.SAVE, self.save)
        front.button(Act.END, self.end)

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


def _date_problem(first: date, today: date) -> str:
    if first < today:
        return "That day is over. Choose the next one that is still to come."
    if first > today + timedelta(days=366):
        return "That is more than a year away. Choose the next one."
    return ""
