"""Closing a promise from a message: whoever is second finds it as the first one left it."""

from __future__ import annotations

from datetime import datetime

from bot.one_on_ones.page.model import ActionItem, ClosedMeanwhile
from bot.one_on_ones.page.pages import Pages
from bot.slack.member import Member


class Closing:
    """Gives the promise as it stands afterwards; raises PageNotFound for whoever may not."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def done(self, member: Member, item_id: str, now: datetime) -> ActionItem:
        """A promise was kept."""
        try:
            return self._pages.done(member, item_id, now)
        except ClosedMeanwhile:
            return self.find(member, item_id, now)

    def drop(self, member: Member, item_id: str, reason: str, now: datetime) -> ActionItem:
        """A promise is given up, and why."""
        try:
            return self._pages.drop(member, item_id, reason, now)
        except ClosedMeanwhile:
            return self.find(member, item_id, now)

    def find(self, member: Member, item_id: str, now: datetime) -> ActionItem:
        """The promise, open or closed."""
        return self._pages.action_item(member, item_id, now)[1]
