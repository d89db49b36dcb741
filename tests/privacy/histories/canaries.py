"""Words that stand in one text each and nowhere else, so that whoever sees one saw that text."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

CANARY = re.compile(r"quokka\d{5}q")


class Canaries:
    """Hands out words that were never used before."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def new(self) -> str:
        """The next word."""
        return f"quokka{next(self._numbers):05}q"


def canaries_in(text: str) -> frozenset[str]:
    """Every such word, wherever it stands: in words, in links, in what a button carries."""
    return frozenset(CANARY.findall(text))


def without_canaries(thing: Any) -> Any:
    """The same JSON with another word in the place of each."""
    return json.loads(CANARY.sub("something", json.dumps(thing)))
