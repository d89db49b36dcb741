"""Slack in: a message was marked with the emoji; out: a question to the one who did, if anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.delivery.model import Parcel
from bot.journal import blocks
from bot.journal.addresses import link_to
from bot.journal.marks import Mark, Marks, mark_of
from bot.slack.blocks import Message
from bot.slack.front import Front
from bot.slack.turn import Turn


class ReactionListeners:
    """One emoji, and only from people of the workspace itself."""

    def __init__(
        self,
        marks: Marks,
        now: Callable[[], datetime],
        emoji: str,
        workspace_address: str,
    ) -> None:
        """`emoji` is its name without colons, empty where reactions are off."""
        self._marks = marks
        self._now = now
        self._emoji = emoji
        self._address = workspace_address

    def register(self, front: Front) -> None:
        """Takes the event; without the scope for it Slack never sends it."""
        front.event("reaction_added", self.marked, concerns=self._is_meant)

    def marked(self, turn: Turn) -> None:
        """Somebody marked a message; removing the mark again changes nothing."""
        event, item = turn.event, turn.event["item"]
        own = event.get("item_user") == turn.member.user_id
        mark = Mark(f"{item['channel']}/{item['ts']}", own)
        self._marks.take(turn.member, mark, turn.deed, self._now())

    def render(self, parcel: Parcel, _now: datetime) -> Message:
        """The question, for the post office."""
        mark = mark_of(parcel)
        channel, _, sent = mark.about.partition("/")
        link = link_to(self._address, channel, sent)
        return blocks.marked_question(link, mark.about, self._emoji, own=mark.own)

    def _is_meant(self, turn: Turn) -> bool:
        """Our emoji, in any skin tone, on a message outside the bot's own conversations."""
        event, item = turn.event, turn.event.get("item") or {}
        emoji = str(event.get("reaction") or "").partition("::")[0]
        channel = str(item.get("channel") or "")
        ours = bool(self._emoji) and emoji == self._emoji
        return ours and channel[:1] in ("C", "G") and bool(item.get("ts"))
