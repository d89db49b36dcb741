"""Slack in, everything that a person should see of themselves out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from slack_sdk import WebClient

from bot.delivery.model import Parcel, State
from bot.home import blocks
from bot.home.blocks import Act, HomeRef
from bot.home.home import Home
from bot.home.publishing import Publisher
from bot.ladder.model import Ladder
from bot.slack.blocks import Message, View
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.refusals import told_of_event
from bot.slack.state import StaleState, unpack
from bot.slack.turn import Turn
from bot.storage.database import Transaction


class HomeListeners:
    """The Home tab, settings and help."""

    def __init__(
        self,
        home: Home,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
        reaction: str,
        client: WebClient,
        lets_in: Callable[[Member], bool],
        only_reads: Callable[[Member], bool],
        quietly: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """`now` is the bot's clock, in UTC; `reaction` the emoji that marks, empty when off.

        `lets_in` tells who may use Rung, `only_reads` which guests may read the ladder. What is
        looked up `quietly` leaves no trace.
        """
        self._home = home
        self._ladder = ladder
        self._now = now
        self._reaction = reaction
        self._only_reads = only_reads
        self._publisher = Publisher(client, self._draw, self._picture_refused, lets_in, quietly)

    def register(self, front: Front) -> None:
        """Takes the words, buttons and events that belong to Home."""
        front.words(["help", "?"], at_once=self.help)
        front.words(["settings", "setting", "preferences"], later=self.open_settings)
        front.button(Act.SETTINGS, self.open_settings)
        front.button(Act.HELP, self.open_help)
        front.button(Act.TURN, self.turn_page)
        front.event("app_home_opened", self.opened, refused=self.refused)
        front.after_deeds(self.follow)

    def help(self, _turn: Turn) -> Message:
        """`/ladder help`."""
        return blocks.help_message(self._ladder(), self._reaction)

    def open_help(self, turn: Turn) -> None:
        """The button that says the same."""
        turn.show(blocks.help_view(self._ladder(), self._reaction), self.help(turn))

    def open_settings(self, turn: Turn) -> None:
        """`/ladder settings`, or a button that leads there."""
        turn.open(blocks.settings(self._home.choices(turn.member, self._now())))

    def opened(self, turn: Turn) -> None:
        """Somebody opened the bot; its Messages tab needs no Home."""
        if _is_home(turn):
            self._publisher.open(turn.member)

    def refused(self, turn: Turn, sentence: str) -> None:
        """Whom the door does not let in may be a guest who reads the ladder."""
        if _is_home(turn) and self._only_reads(turn.member):
            view = blocks.ladder_alone(self._ladder())
            turn.client.views_publish(user_id=turn.member.user_id, view=view)
        else:
            told_of_event(turn, sentence)

    def turn_page(self, turn: Turn) -> None:
        """The buttons below the people whom somebody meets."""
        self._publisher.open(turn.member, unpack(HomeRef, turn.value).page)

    def follow(self, turn: Turn) -> None:
        """Somebody did something: if their Home is open, they see there what it changed."""
        if turn.event.get("type") == "app_home_opened":
            return
        if turn.view.get("type") == "home":
            self._publisher.remember(turn.member, _page(turn))
        self._publisher.soon(turn.member)

    def ended(self, parcel: Parcel, _state: State, _lateness: float) -> None:
        """Something reached somebody, or was taken back: the same for them."""
        self._publisher.soon(parcel.recipient)

    def erasing(self, _tx: Transaction, member: Member, _now: datetime) -> None:
        """Slack holds what their Home showed: the deed that erases it all shows them a new one."""
        self._publisher.remember(member, 0)

    def _draw(self, member: Member, page: int, *, with_picture: bool) -> View:
        glance = self._home.glance(member, page, self._now())
        return blocks.home(glance, self._reaction, with_picture=with_picture)

    def _picture_refused(self, member: Member) -> None:
        self._home.picture_refused(member, self._now())


def _is_home(turn: Turn) -> bool:
    return bool(turn.event.get("tab", "home") == "home")


def _page(turn: Turn) -> int:
    """The page that the Home in which it happened shows."""
    try:
        return unpack(HomeRef, turn.state).page
    except StaleState:
        return 0
