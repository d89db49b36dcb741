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
from bot.slack.profiles import Profiles
from bot.slack.turn import Turn


class ReactionListeners:
    """One emoji, and only from people of the workspace itself."""

    def __init__(
        self,
        marks: Marks,
        profiles: Profiles,
        now: Callable[[], datetime],
        emoji: str,
        workspace_address: str,
    ) -> None:
        """`emoji` is its name without colons."""
        self._marks = marks
        self._profiles = profiles
        self._now = now
        self._emoji = emoji
        self._address = workspace_address

    def register(self, front: Front) -> None:
        """Takes the event; without the scope for it Slack never sends it."""
        front.event("reaction_added", self.marked)

    def marked(self, turn: Turn) -> None:
        """Somebody reacted; a skin tone makes no other emoji, and our own messages do not count."""
        event, item = turn.event, turn.event.get("item") or {}
        emoji = str(event.get("reaction") or "").partition("::")[0]
        channel, sent = str(item.get("channel") or ""), str(item.get("ts") or "")
        is_message = item.get("type") == "message" and channel and sent
        if emoji != self._emoji or not is_message or channel.startswith("D"):
            return
        profile = self._profiles.by_id(turn.member.user_id)
        if profile is None or not profile.may_keep_examples:
            return
        mark = Mark(f"{channel}/{sent}", event.get("item_user") == turn.member.user_id)
        self._marks.take(turn.member, mark, turn.deed, self._now())

    def render(self, parcel: Parcel, _now: datetime) -> Message:
        """The question, for the post office."""
        mark = mark_of(parcel)
        channel, _, sent = mark.about.partition("/")
        link = link_to(self._address, channel, sent)
        return blocks.marked_question(link, mark.about, self._emoji, own=mark.own)
