"""Slack in, the ladder asked, its answer out."""

from __future__ import annotations

from collections.abc import Callable

from bot.ladder.asking.answers import LevelAnswer, Standing
from bot.ladder.asking.lookup import answer
from bot.ladder.blocks import Act, Ask, Scene, render
from bot.ladder.model import Ladder
from bot.slack.blocks import Block, Message
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.ready import Ready, Shelf
from bot.slack.state import unpack
from bot.slack.text import clip
from bot.slack.turn import Turn

MOST_CHARS = 400

Stands = Callable[[Member], Standing | None]
Below = Callable[[bool, bool], list[Block]]


class LadderListeners:
    """Whatever is typed after `/ladder` that no other capability owns."""

    def __init__(self, ladder: Callable[[], Ladder], stands: Stands, below: Below) -> None:
        """`stands` says where somebody is; `below(placed, own_level)` gives blocks to add."""
        self._ladder = ladder
        self._stands = stands
        self._below = below
        self._shelf = Shelf()

    def register(self, front: Front) -> None:
        """Takes the rest of the words, and the ladder's own buttons."""
        front.rest(self.by_words)
        front.button(Act.ASK, self.by_button)
        front.button(Act.PICK, self.by_menu)

    def by_words(self, turn: Turn) -> Ready:
        """`/ladder …`, from memory once somebody who stands on the same rung has asked the same."""
        ladder, standing = self._ladder(), self._stands(turn.member)
        ask = Ask(clip(turn.text, MOST_CHARS))
        return self._shelf.answer(
            ladder, (standing, ask), lambda: self._found(ladder, standing, ask)
        )

    def by_button(self, turn: Turn) -> None:
        """A button of an earlier answer; the new one takes its place."""
        turn.replace(self._answer(turn.member, unpack(Ask, turn.value)))

    def by_menu(self, turn: Turn) -> None:
        """A menu of an earlier answer."""
        turn.replace(self._answer(turn.member, Ask(turn.value)))

    def _answer(self, member: Member, ask: Ask) -> Message:
        return self._found(self._ladder(), self._stands(member), ask)

    def _found(self, ladder: Ladder, standing: Standing | None, ask: Ask) -> Message:
        found = answer(ladder, standing, ask.words)
        own = isinstance(found, LevelAnswer) and standing == Standing(
            found.track.id, found.level.id
        )
        return render(found, Scene(ladder, standing, ask), self._below(standing is not None, own))
