"""Examples by the competency under which they count today. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.journal.carried import competency_now
from bot.journal.model import Entry
from bot.ladder.model import Competency, Ladder


@dataclass(frozen=True, slots=True)
class Group:
    """The examples of one competency, in the order in which they came."""

    competency: Competency
    entries: tuple[Entry, ...]


def grouped(
    ladder: Ladder, entries: Sequence[Entry], expected: Sequence[Competency]
) -> tuple[tuple[Group, ...], tuple[Competency, ...]]:
    """Examples by competency of today in the expected order, and those expected without any."""
    named = {c.id: c for c in expected}
    by_id: dict[str, list[Entry]] = {c.id: [] for c in expected}
    for entry in entries:
        competency = competency_now(ladder, entry)
        named.setdefault(competency.id, competency)
        by_id.setdefault(competency.id, []).append(entry)
    groups = tuple(Group(named[key], tuple(found)) for key, found in by_id.items() if found)
    return groups, tuple(c for c in expected if not by_id[c.id])
