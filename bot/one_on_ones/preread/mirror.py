"""When most of what is remembered is of late, and what the time before it says. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.journal.model import Mark
from bot.one_on_ones.preread.model import Facts

WINDOW = timedelta(days=182)
LATELY = timedelta(days=28)
ENOUGH = 6
QUOTED = 2


@dataclass(frozen=True, slots=True)
class Mirror:
    """The examples of the last six months, those of the last four weeks, and what to look up."""

    within: tuple[Mark, ...]
    lately: tuple[Mark, ...]
    earlier: tuple[Mark, ...]


def mirror(facts: Facts) -> Mirror | None:
    """What to say about how recent it all is; None where that says nothing.

    Reviews run on the last weeks of memory, so it speaks up when three of four examples are of
    the last four weeks, or when none is. Fewer than six are too few to say anything, and without
    anything older there is no time before to look at: then somebody has only just begun.
    """
    within = _after(facts.known, facts.today - WINDOW, facts.today)
    lately = _after(within, facts.today - LATELY, facts.today)
    older = [each for each in facts.known if each.happened_on <= facts.today - LATELY]
    mostly = len(lately) * 4 >= len(within) * 3
    if len(within) < ENOUGH or not older or (lately and not mostly):
        return None
    return Mirror(within, lately, _to_quote(older, facts) if lately else ())


def _after(marks: Sequence[Mark], day: date, today: date) -> tuple[Mark, ...]:
    return tuple(each for each in marks if day < each.happened_on <= today)


def _to_quote(older: Sequence[Mark], facts: Facts) -> tuple[Mark, ...]:
    """The latest of each competency, at most two; first those that are quiet of late."""
    shown = {each.entry_id for each in facts.fresh}
    latest: dict[str, Mark] = {}
    for mark in older:
        if mark.entry_id not in shown:
            latest.setdefault(facts.counts_as(mark.competency_id), mark)
    ranked = sorted(latest, key=lambda each: each in facts.fresh_under)
    return tuple(latest[each] for each in ranked[:QUOTED])
