"""Slack in, everything that a person should see of themselves out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.coverage.coverage import Coverages
from bot.home import blocks
from bot.home.blocks import Act, Standing
from bot.journal.journal import Journal
from bot.ladder.model import Ladder
from bot.nudges.nudges import Nudges
from bot.one_on_ones.one_on_ones import OneOnOnes
from bot.people.people import People
from bot.slack.blocks import Message
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.turn import Turn


class HomeListeners:
    """The Home tab, settings and help."""

    def __init__(
        self,
        people: People,
        journal: Journal,
        coverages: Coverages,
        nudges: Nudges,
        one_on_ones: OneOnOnes,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
        reaction: str,
    ) -> None:
        """`now` is the bot's clock, in UTC; `reaction` the emoji that marks, empty when off."""
        self._people = people
        self._journal = journal
        self._coverages = coverages
        self._nudges = nudges
        self._one_on_ones = one_on_ones
        self._ladder = ladder
        self._now = now
        self._reaction = reaction
        self._watching: set[Member] = set()

    def register(self, front: Front) -> None:
        """Takes the words, buttons and events that belong to Home."""
        front.words(["help", "?"], at_once=self.help)
        front.words(["settings", "setting", "preferences"], later=self.open_settings)
        front.button(Act.SETTINGS, self.open_settings)
        front.event("app_home_opened", self.publish)
        front.after_forms(self.publish_again)

    def help(self, _turn: Turn) -> Message:
        """`/ladder help`."""
        return blocks.help_message(self._ladder(), self._reaction)

    def open_settings(self, turn: Turn) -> None:
        """`/ladder settings`, or a button that leads there."""
        may_propose = self._people.managers.may_propose(turn.member, self._now())
        standing = replace(self._standing(turn.member), may_propose=may_propose)
        turn.open(blocks.settings(standing))

    def publish(self, turn: Turn) -> None:
        """Somebody opened the bot; its Messages tab needs no Home."""
        if turn.event.get("tab", "home") == "home":
            self._watching.add(turn.member)
            self._publish(turn)

    def publish_again(self, turn: Turn) -> None:
        """A form was saved: whoever opened their Home lately sees what changed."""
        if turn.member in self._watching:
            self._publish(turn)

    def _publish(self, turn: Turn) -> None:
        standing = self._standing(turn.member)
        if not turn.publish(blocks.home(standing)):
            turn.publish(blocks.home(replace(standing, picture="")))
            self._coverages.was_refused(turn.member, self._now())

    def _standing(self, member: Member) -> Standing:
        person = self._people.find(member)
        coverage = self._coverages.of(member, self._now())
        return Standing(
            person=person,
            ladder=self._ladder(),
            coming=self._nudges.coming(member, self._now()),
            one_on_one=self._one_on_ones.find(member),
            examples=self._journal.count(member),
            reaction=self._reaction,
            coverage=coverage,
            picture=self._coverages.sent(member, coverage),
        )
