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
        self._suggester: Suggester | None = None

    def prepare(self) -> None:
        """Learns from the ladder in service, so that nobody's first example waits for it."""
        ladder = self._ladder()
        if self._suggester is None or self._suggester.ladder is not ladder:
            suggester = Suggester(ladder)
            suggester.suggest("ready")
            self._suggester = suggester

    def on(self, member: Member, text: str) -> Suggestion | None:
        """A competency that is likelier right than wrong, with its reason; None otherwise.

        Nobody waits while it learns: after the ladder changed, what was learnt before still helps.
        """
        learnt = self._suggester
        if learnt is None or not text.strip():
            return None
        found = learnt.suggest(text, self._journal.choices(member))
        known = found and self._ladder().competency(found.competency_id)
        return found if known else None
