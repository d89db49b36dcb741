"""Following: what is closed anywhere is closed in the wrap-ups of both sides, where they stand."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock, local

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery.model import Posted
from bot.delivery.post_office import PostOffice
from bot.logs import happened, raised
from bot.one_on_ones.page.model import sides
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.reminding import blocks
from bot.one_on_ones.reminding.model import WRAP_UP
from bot.one_on_ones.reminding.wrapping_up import WrappingUp, beginning
from bot.slack.answers import error_code
from bot.slack.blocks import Message
from bot.slack.member import Member
from bot.slack.turn import Turn

log = logging.getLogger(__name__)

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What a press put in the place of its message; `note` stays above what is left to close."""

    place: Place = ("", "")
    note: str = ""
    shown: Message | None = None


NOTHING = Said()


class Following:
    """After whoever did it has their answer; nothing is sent, and a message that is gone stays so.

    One at a time, so that what was read first is shown first.
    """

    def __init__(
        self,
        client: WebClient,
        post_office: PostOffice,
        wrapping_up: WrappingUp,
        now: Callable[[], datetime],
    ) -> None:
        """`client` must not retry by itself."""
        self._client = client
        self._post_office = post_office
        self._wrapping_up = wrapping_up
        self._now = now
        self._changed: dict[tuple[Member, str], Pair] = {}
        self._here = local()
        self._lock = Lock()

    def changed(self, pair: Pair, by: Member) -> None:
        """For `pages.after_changes`: what both may close is not what it was."""
        self._changed[by, pair.id] = pair

    def said(self, said: Said) -> None:
        """This thread has just done that, at a channel and timestamp."""
        self._here.said = said

    def follow(self, turn: Turn) -> None:
        """For `front.after_deeds`: whatever goes wrong, the next deed brings the next try."""
        said: Said = getattr(self._here, "said", NOTHING)
        self._here.said = NOTHING
        if said is NOTHING and not self._of(turn.member):
            return
        with self._lock:
            try:
                self._follow_all(turn.member, said.place)
                self._keep(turn.member, said)
            except Exception as error:
                log.warning(happened("wrap_up_not_followed", **raised(error)))

    def _of(self, member: Member) -> list[tuple[Member, str]]:
        """What the other side does meanwhile is followed after their own answer."""
        return [each for each in list(self._changed) if each[0] == member]

    def _follow_all(self, member: Member, but: Place) -> None:
        for key in self._of(member):
            pair = self._changed.pop(key)
            for side in sides(pair):
                posted = self._post_office.latest(side, beginning(pair, side))
                if posted and (posted.channel_id, posted.message_ts) != but:
                    self._redraw(side, posted)

    def _keep(self, member: Member, said: Said) -> None:
        """What the button was in may have been drawn meanwhile, after what the other side did."""
        parcel = self._post_office.behind(member, said.place[1]) if any(said.place) else None
        if parcel and parcel.kind == WRAP_UP:
            self._redraw(member, Posted(parcel, *said.place), said)

    def _redraw(self, side: Member, posted: Posted, said: Said = NOTHING) -> None:
        """A pair that ends at this very moment closes it: that has the last word."""
        drawn = self._drawn(side, posted, said.note)
        if drawn == said.shown:
            return  # or a menu that they opened meanwhile would close under their finger
        if drawn and self._put(posted, drawn) and self._drawn(side, posted) is None:
            self._put(posted, blocks.closed())

    def _drawn(self, side: Member, posted: Posted, note: str = "") -> Message | None:
        found = self._wrapping_up.find(side, posted.parcel.subject, self._now())
        return blocks.as_it_stands(found, note) if found else None

    def _put(self, posted: Posted, drawn: Message) -> bool:
        try:
            self._client.chat_update(channel=posted.channel_id, ts=posted.message_ts, **drawn)
        except SlackApiError as error:
            log.info(happened("wrap_up_not_followed", code=error_code(error) or "unreadable"))
            return False
        return True
