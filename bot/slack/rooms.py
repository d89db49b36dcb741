"""Which conversations are the bot's own: the direct messages of one person with it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

REMEMBERED = 100_000


class OwnRooms:
    """Learned from events, since an id alone does not tell whose direct messages it names.

    Slack says `app_home_opened`, with the conversation's id, whenever somebody opens the bot.
    """

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def learn(self, event: Mapping[str, Any]) -> None:
        """Takes note of the conversation that an event of the bot's own came from."""
        own = event.get("type") == "app_home_opened" or event.get("channel_type") == "im"
        room = str(event.get("channel") or "")
        if not (own and room):
            return
        with self._lock:
            self._ids[room] = None
            if len(self._ids) > REMEMBERED:
                self._ids.popitem(last=False)

    def __contains__(self, room: object) -> bool:
        """Whether the conversation is known to be between one person and the bot."""
        return room in self._ids
