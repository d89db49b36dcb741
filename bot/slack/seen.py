"""Which events were handled lately: Slack sends one again when it missed our answer."""

from __future__ import annotations

import threading
from collections import OrderedDict

REMEMBERED = 10_000


class Seen:
    """The latest event ids of this process."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def is_new(self, event_id: str) -> bool:
        """True the first time; an event without an id is always new."""
        if not event_id:
            return True
        with self._lock:
            known = event_id in self._ids
            self._ids[event_id] = None
            self._ids.move_to_end(event_id)
            if len(self._ids) > REMEMBERED:
                self._ids.popitem(last=False)
        return not known

    def forget(self, event_id: str) -> None:
        """Lets it be new once more, because what it asked for did not happen."""
        with self._lock:
            self._ids.pop(event_id, None)
