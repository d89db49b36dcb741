"""Slack in, people called, forms and questions out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.ladder.model import Ladder
from bot.people import blocks
from bot.people.blocks import Act, EngineerRef, Field
from bot.people.model import ManagerRefused, Relation
from bot.people.people import People
from bot.people.standing import rung_of
from bot.slack.blocks import Block, Message, View
from bot.slack.front import Errors, Front
from bot.slack.profiles import read_profile
from bot.slack.state import unpack
from bot.slack.turn import Turn, say


class PeopleListeners:
    """Placing oneself, and the two sides of naming a manager."""

    def __init__(
        self,
        people: People,
        post_office: PostOffice,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
        ways_on: Callable[[], list[Block]],
    ) -> None:
        """`ways_on` gives the buttons to offer once somebody is placed."""
        self._people = people
        self._post_office = post_office
        self._ladder = ladder
        self._now = now
        self._ways_on = ways_on

    def register(self, front: Front) -> None:
        """Takes the words, buttons, form and event that belong to people."""
        front.words(["place", "start"], later=self.open_form)
        front.button(Act.PLACE, self.open_form)
        front.form(Act.SAVE, self.save, self.after_save)
        front.button(Act.YES, self.confirm)
        front.button(Act.NO, self.decline)
        front.event("user_change", self.follow)

    def open_form(self, turn: Turn) -> None:
        """The placement form, filled with what is known."""
        turn.open(blocks.placement(self._ladder(), self._people.find(turn.member)))

    def save(self, turn: Turn) -> View | Errors:
        """The form was submitted; a rung that the ladder has lost meanwhile is refused."""
        ladder = self._ladder()
        track_id, _, level_id = turn.answer(Field.RUNG).partition("/")
        rung = ladder.rung(track_id, level_id)
        if rung is None:
            return Errors({Field.RUNG: "The ladder has no such level any more. Choose another."})
        try:
            person = self._people.place_myself(
                turn.member, track_id, rung[1].id, turn.answer(Field.MANAGER), self._now()
            )
        except ManagerRefused as refusal:
            return Errors({Field.MANAGER: str(refusal)})
        return blocks.placed(person, ladder, self._ways_on())

    def after_save(self, turn: Turn) -> None:
        """Sends the question to a manager who was just named, and learns the person's zone."""
        self._post_office.send_due(self._now())
        self._people.look_up(turn.member, self._now())

    def render_question(self, parcel: Parcel, _now: datetime) -> Message | None:
        """For the post office: the question to a manager; None when it no longer stands."""
        person = self._people.find(parcel.recipient.colleague(parcel.subject))
        manager = person.manager if person else None
        if person is None or manager is None or manager.relation is not Relation.PROPOSED:
            return None
        if manager.user_id != parcel.recipient.user_id:
            return None
        return blocks.question_to_manager(person.member, rung_of(person, self._ladder()))

    def confirm(self, turn: Turn) -> None:
        """The manager says yes."""
        self._answer(turn, yes=True)

    def decline(self, turn: Turn) -> None:
        """The manager says no."""
        self._answer(turn, yes=False)

    def follow(self, turn: Turn) -> None:
        """Slack says that somebody's zone changed, or that their account was closed."""
        profile = read_profile(turn.event.get("user") or {})
        self._people.follow(turn.member.colleague(profile.user_id), profile, self._now())

    def _answer(self, turn: Turn, *, yes: bool) -> None:
        engineer = turn.member.colleague(unpack(EngineerRef, turn.value).engineer)
        self._people.answer_manager(turn.member, engineer, yes=yes, now=self._now())
        turn.replace(blocks.manager_answered(engineer, yes=yes))
        told = blocks.told_engineer(turn.member, yes=yes)
        say(turn.client, engineer.user_id, told)
