"""The one-on-one that is next."""

from __future__ import annotations

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.pairs import Pairs
from bot.slack.member import Member


class OneOnOnes:
    """The engineer's side alone."""

    def __init__(self, pairs: Pairs) -> None:
        """`pairs` knows who meets whom."""
        self._pairs = pairs

    def find(self, engineer: Member) -> Pair | None:
        """The engineer's next one-on-one, or None when none was set up."""
        found = (pair for pair in self._pairs.of(engineer) if pair.engineer == engineer)
        return next(found, None)
