"""Who has their Home open, and how often it may be shown anew. In memory, for one process."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from bot.slack.member import Member

REMEMBERED = 2000
A_MINUTE = 60.0
MOST_A_MINUTE = 60
"""Slack takes a hundred of `views.publish` a minute; the rest is for those who open their Home."""


@dataclass(slots=True)
class Watcher:
    """Somebody who opened their Home: the page they are on, and a digest of what they see."""

    page: int = 0
    seen: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)


class Watchers:
    """Those who opened their Home since the start, the latest; whoever is forgotten opens again."""

    def __init__(self, most: int = REMEMBERED) -> None:
        """`most` are remembered."""
        self._most = most
        self._known: OrderedDict[Member, Watcher] = OrderedDict()
        self._lock = threading.Lock()

    def join(self, member: Member) -> Watcher:
        """Somebody opens their Home, again perhaps."""
        with self._lock:
            watcher = self._known.setdefault(member, Watcher())
            self._known.move_to_end(member)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return watcher

    def find(self, member: Member) -> Watcher | None:
        """Nobody for whom nothing has to be shown anew."""
        with self._lock:
            return self._known.get(member)

    def leave(self, member: Member) -> None:
        """Somebody may not see their Home any more."""
        with self._lock:
            self._known.pop(member, None)


class Budget:
    """At most so many a minute, and none during a pause. Not for several threads."""

    def __init__(self, most_a_minute: int = MOST_A_MINUTE) -> None:
        self._recent: deque[float] = deque(maxlen=most_a_minute)
        self._paused_until = 0.0

    def pause(self, elapsed: float, seconds: float) -> None:
        """Slack asked for it."""
        self._paused_until = elapsed + min(seconds, A_MINUTE)

    def wait(self, elapsed: float) -> float:
        """How many seconds from `elapsed` the next one has to wait; it is counted as done then."""
        full = len(self._recent) == self._recent.maxlen
        free = self._recent[0] + A_MINUTE if full else elapsed
        at = max(elapsed, free, self._paused_until)
        self._recent.append(at)
        return at - elapsed
