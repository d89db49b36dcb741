"""What is made once for each ladder, because a ladder lives long and is asked often."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

from bot.ladder.model import Ladder

_LADDERS_KEPT = 3

Made = TypeVar("Made")


class OncePerLadder(Generic[Made]):
    """Makes it at the first call, and keeps it as long as the ladder is among the latest three."""

    def __init__(self, make: Callable[[Ladder], Made]) -> None:
        self._made = lru_cache(maxsize=_LADDERS_KEPT)(lambda same: make(same.ladder))

    def __call__(self, ladder: Ladder) -> Made:
        return self._made(_Same(ladder))

    @property
    def times_made(self) -> int:
        """Since the process began."""
        return self._made.cache_info().misses


class _Same:
    """A ladder by identity: comparing whole ladders would cost more than asking them."""

    __slots__ = ("ladder",)

    def __init__(self, ladder: Ladder) -> None:
        self.ladder = ladder

    def __hash__(self) -> int:
        return id(self.ladder)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.ladder is self.ladder
