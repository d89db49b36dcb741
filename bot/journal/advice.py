"""Which competency to propose for a text, from the ladder's words and the author's own past."""

from __future__ import annotations

from collections.abc import Callable

from bot.journal.journal import Journal
from bot.journal.suggesting.suggester import Suggester, Suggestion
from bot.ladder.model import Ladder
from bot.slack.member import Member


class Advice:
    """Keeps what was learnt from the ladder for as long as that ladder serves."""

    def __init__(self, journal: Journal, ladder: Callable[[], Ladder]) -> None:
        """Nothing is learnt yet."""
        self._journal = journal
        self._ladder = ladder
        self._suggester = Suggester(ladder())

    def on(self, member: Member, text: str) -> Suggestion | None:
        """A competency that is likelier right than wrong, with its reason; None otherwise."""
        if not text.strip():
            return None
        ladder = self._ladder()
        if self._suggester.ladder is not ladder:
            self._suggester = Suggester(ladder)
        return self._suggester.suggest(text, self._journal.choices(member))
