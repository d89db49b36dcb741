"""Messages' words between the press of a shortcut and the wish to keep them: in memory only."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from bot.slack.member import Member

MOST = 500
KEPT = timedelta(minutes=30)

Key = tuple[Member, str]


class Overheard:
    """The latest 500 messages that somebody pressed the shortcut on, half an hour each.

    They reach no database and no log; another process, or this one after a restart, lacks them.
    """

    def __init__(self) -> None:
        """Empty."""
        self._heard: OrderedDict[Key, tuple[datetime, str]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, member: Member, about: str, words: str, now: datetime) -> None:
        """Holds the words of the message `about` for the one who pressed."""
        with self._lock:
            self._drop_old(now)
            self._heard[member, about] = (now, words)
            self._heard.move_to_end((member, about))
            while len(self._heard) > MOST:
                self._heard.popitem(last=False)

    def words(self, member: Member, about: str, now: datetime) -> str:
        """What that message said, where it is at hand."""
        with self._lock:
            self._drop_old(now)
            return self._heard.get((member, about), (now, ""))[1]

    def drop(self, member: Member, about: str) -> None:
        """Lets go of it: the form was saved."""
        with self._lock:
            self._heard.pop((member, about), None)

    def _drop_old(self, now: datetime) -> None:
        while self._heard:
            oldest, (since, _) = next(iter(self._heard.items()))
            if now - since < KEPT:
                return
            del self._heard[oldest]
