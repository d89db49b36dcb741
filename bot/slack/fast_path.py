"""The shortest way to an answer: the ladder's own words, before Bolt looks for a listener."""

from __future__ import annotations

from collections.abc import Callable, Set

from slack_bolt import BoltResponse
from slack_bolt.middleware import Middleware
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient

from bot.slack.acks import Answer, sent
from bot.slack.blocks import message
from bot.slack.refusals import Door
from bot.slack.turn import Turn
from bot.slack.words import COMMAND, starts_with


class FastPath(Middleware):
    """Answers the ladder's own words right behind the check of the signature.

    What Bolt does after that, to look for a listener and to hand it its arguments, takes longer
    than the answer itself.
    """

    def __init__(self, client: WebClient, owned: Set[str], door: Door) -> None:
        """`owned` holds the first words that listeners answer; it may still grow."""
        self._client = client
        self._owned = owned
        self._door = door
        self.at_once: Answer | None = None

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002
        next: Callable[[], BoltResponse],
    ) -> BoltResponse:
        """The answer, or what comes `next` when the words are somebody else's."""
        body = req.body
        if body.get("command") != COMMAND or not self.at_once:
            return next()
        if starts_with(body, self._owned):
            return next()
        turn = Turn(body, self._client)
        sentence = self._door(turn, True)
        return sent(self.at_once(turn) if sentence is None else message(sentence))
