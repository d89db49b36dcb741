"""Slack in, the coverage of one's own examples out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.coverage import blocks
from bot.coverage.blocks import Act
from bot.coverage.coverage import Coverages
from bot.coverage.drawing import drawn
from bot.slack import upload
from bot.slack.blocks import Message
from bot.slack.front import Front
from bot.slack.turn import Turn


class CoverageListeners:
    """What a person says to see their examples by competency and month."""

    def __init__(
        self,
        coverages: Coverages,
        now: Callable[[], datetime],
    ) -> None:
        """`now` is the bot's clock, in UTC."""
        self._coverages = coverages
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the words and buttons about the coverage."""
        front.words(["coverage", "trend"], at_once=self.answer)
        front.button(Act.TEXT, self.show)
        front.button(Act.PICTURE, self.send)

    def answer(self, turn: Turn) -> Message:
        """`/ladder coverage`: the text form."""
        return blocks.text_message(self._coverages.of(turn.member, self._now()))

    def show(self, turn: Turn) -> None:
        """The button that leads to the text form."""
        coverage = self._coverages.of(turn.member, self._now())
        turn.show(blocks.text_view(coverage), blocks.text_message(coverage))

    def send(self, turn: Turn) -> None:
        """The picture into the person's messages, once for each time that somebody asks."""
        if not self._coverages.wanted(turn.member, turn.deed, self._now()):
            return
        turn.tell(blocks.ON_ITS_WAY, blocks.TITLE)
        coverage = self._coverages.of(turn.member, self._now())
        file, words = drawn(coverage)
        (file_id,) = upload.send(turn.client, turn.member, [file], words)
        self._coverages.was_sent(turn.member, coverage, file_id, self._now())
