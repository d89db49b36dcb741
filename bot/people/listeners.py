"""Slack in, people called, forms and questions out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.delivery.model import Parcel
from bot.delivery.post_office import PostOffice
from bot.ladder.model import Ladder
from bot.people import blocks
from bot.people.accounts import Accounts
from bot.people.blocks import Act, EngineerRef, Field, ManagerRef
from bot.people.model import EngineerRefused, ManagerRefused, News
from bot.people.people import People
from bot.people.standing import rung_of
from bot.slack.acks import Errors
from bot.slack.blocks import Block, Message, View
from bot.slack.front import Front
from bot.slack.profiles import read_profile
from bot.slack.state import StaleState, unpack
from bot.slack.turn import Turn


class PeopleListeners:
    """Placing oneself, and the two sides of naming a manager."""

    def __init__(
        self,
        people: People,
        accounts: Accounts,
        post_office: PostOffice,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
        ways_on: Callable[[], list[Block]],
    ) -> None:
        """`ways_on` gives the buttons to offer once somebody is placed."""
        self._people = people
        self._accounts = accounts
        self._post_office = post_office
        self._ladder = ladder
        self._now = now
        self._ways_on = ways_on

    def register(self, front: Front) -> None:
        """Takes the words, buttons, forms and event that belong to people."""
        front.words(["place", "start"], later=self.open_form)
        front.button(Act.PLACE, self.open_form)
        front.form(Act.SAVE, self.save, self.after_save)
        front.button(Act.YES, self.accept)
        front.button(Act.NO, self.decline)
        front.button(Act.MY_YES, self.confirm_mine)
        front.button(Act.MY_NO, self.decline_mine)
        front.button(Act.PROPOSE, self.open_proposal)
        front.form(Act.PROPOSED, self.propose, self.deliver)
        front.event("user_change", self.follow, by_slack=True)

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
                turn.member,
                track_id,
                rung[1].id,
                turn.answer(Field.MANAGER),
                self._now(),
                turn.deed,
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
        engineer = parcel.recipient.colleague(parcel.subject)
        person = self._people.find(engineer)
        if person is None or self._people.ties(engineer).named != parcel.recipient:
            return None
        return blocks.question_to_manager(person.member, rung_of(person, self._ladder()))

    def render_to_engineer(self, parcel: Parcel, _now: datetime) -> Message | None:
        """For the post office: whether the proposed manager is one; None when it is settled."""
        person = self._people.find(parcel.recipient)
        question = person.question if person else None
        if person is None or question is None or question.user_id != parcel.subject:
            return None
        return blocks.question_to_engineer(person)

    def render_news(self, parcel: Parcel, _now: datetime) -> Message:
        """For the post office: what became of a relation that the recipient is a part of."""
        news, *ids = parcel.subject.split()
        about = [parcel.recipient.colleague(user_id) for user_id in ids]
        return blocks.news(News(news), about)

    def accept(self, turn: Turn) -> None:
        """Whom an engineer named says yes."""
        self._answer(turn, yes=True)

    def decline(self, turn: Turn) -> None:
        """Whom an engineer named says no."""
        self._answer(turn, yes=False)

    def confirm_mine(self, turn: Turn) -> None:
        """The engineer says yes to whom somebody else proposed."""
        self._decide(turn, yes=True)

    def decline_mine(self, turn: Turn) -> None:
        """The engineer says no to whom somebody else proposed."""
        self._decide(turn, yes=False)

    def open_proposal(self, turn: Turn) -> None:
        """The form to propose somebody's manager; for others the button is as good as retired."""
        if not self._people.managers.may_propose(turn.member, self._now()):
            raise StaleState
        turn.open(blocks.proposal())

    def propose(self, turn: Turn) -> View | Errors:
        """The form to propose somebody's manager was submitted."""
        engineer = turn.member.colleague(turn.answer(Field.ENGINEER))
        manager_id = turn.answer(Field.PROPOSED)
        try:
            self._people.propose_manager(turn.member, engineer, manager_id, self._now())
        except EngineerRefused as refusal:
            return Errors({Field.ENGINEER: str(refusal)})
        except ManagerRefused as refusal:
            return Errors({Field.PROPOSED: str(refusal)})
        return blocks.proposed(engineer, turn.member.colleague(manager_id))

    def deliver(self, _turn: Turn) -> None:
        """Sends the question at once, instead of with the next heartbeat."""
        self._post_office.send_due(self._now())

    def follow(self, turn: Turn) -> None:
        """Slack says that somebody's zone changed, or their account."""
        profile = read_profile(turn.event.get("user") or {}, turn.member.team_id)
        self._accounts.follow(turn.member.colleague(profile.user_id), profile)

    def _answer(self, turn: Turn, *, yes: bool) -> None:
        engineer = turn.member.colleague(unpack(EngineerRef, turn.value).engineer)
        self._people.managers.answer(turn.member, engineer, yes=yes, now=self._now())
        turn.replace(blocks.manager_answered(engineer, yes=yes))
        self.deliver(turn)

    def _decide(self, turn: Turn, *, yes: bool) -> None:
        """Answers where the question is: in a message, or in the settings."""
        manager = turn.member.colleague(unpack(ManagerRef, turn.value).manager)
        decide = self._people.managers.decide
        old = decide(turn.member, manager.user_id, yes=yes, now=self._now())
        answer = blocks.decided(manager, old, yes=yes)
        if turn.view:
            turn.refresh(blocks.as_view(answer))
        else:
            turn.replace(answer)
        self.deliver(turn)
