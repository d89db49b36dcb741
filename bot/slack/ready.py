"""Answers that are finished: written out once as what Slack reads, and kept while they hold."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from bot.slack.blocks import Message

MOST = 2_000
MOST_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer that only the asker sees, as the ASCII-only JSON that goes to Slack."""

    body: str


def ready(answer: Message) -> Ready:
    """The answer, written out."""
    whole = {"response_type": "ephemeral", "unfurl_links": False, **answer}
    return Ready(json.dumps(whole, separators=(",", ":")))


class Shelf:
    """The answers used last, all made from one `source`; another source empties the shelf.

    They may hold words that people typed, so they live in memory alone and are never logged.
    """

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        """Whichever bound is met first sends off what was not used for longest."""
        self._most = most
        self._most_bytes = most_bytes
        self._source: object = None
        self._answers: OrderedDict[Hashable, Ready] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def answer(self, source: object, key: Hashable, make: Callable[[], Message]) -> Ready:
        """The answer that `make` gives for this key and this very source, made at most once."""
        with self._lock:
            if source is self._source and (known := self._answers.get(key)):
                self._answers.move_to_end(key)
                return known
        made = ready(make())
        with self._lock:
            self._keep(source, key, made)
        return made

    def _keep(self, source: object, key: Hashable, made: Ready) -> None:
        if source is not self._source:
            self._source, self._bytes = source, 0
            self._answers.clear()
        if old := self._answers.pop(key, None):
            self._bytes -= len(old.body)
        self._answers[key] = made
        self._bytes += len(made.body)
        while len(self._answers) > self._most or self._bytes > self._most_bytes:
            _, gone = self._answers.popitem(last=False)
            self._bytes -= len(gone.body)
