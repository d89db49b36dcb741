"""What a pre-read shows of all that there is. Pure; every rule says why it is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.journal.carried import competency_now
from bot.journal.grouping import Group, grouped
from bot.journal.model import Entry
from bot.journal.thin import follow_up, tells_what_changed
from bot.ladder.model import Competency
from bot.one_on_ones.preread.model import Facts, Promise

QUIET_BEFORE = timedelta(days=60)
LISTED = 5
EACH = 2
QUIET = 3
PROMISES = 4


class Why(StrEnum):
    """What an example is pointed out for; the first that holds."""

    FOCUS = "focus"
    FIRST = "first"
    CHANGED = "changed"
    LINKED = "linked"


@dataclass(frozen=True, slots=True)
class Recognised:
    """The one example that is pointed out; `before` is the day of the one before it, if known."""

    entry: Entry
    competency: Competency
    why: Why
    before: date | None = None


def recognised(facts: Facts) -> Recognised | None:
    """One thing worth recognising; None where there is nothing to choose from.

    A manager can only recognise what they can see the effect of. So it is an example that says
    what changed for somebody, or one with a link that is not thin. Of these one in a focus comes
    first, for that is what the person works at; then one that ends a silence of sixty days, for
    that was the hardest to come by; then the latest. No rule judges how good it was.
    """
    if len(facts.recent) < 2:
        return None
    fit = [each for each in facts.recent if _is_clear(each)]
    return min((_seen(each, facts) for each in fit), key=_order, default=None)


def listed(facts: Facts, but: frozenset[str]) -> tuple[Group, ...]:
    """At most five examples by competency, two of each, the latest first.

    Every competency gets its first before any gets its second: breadth fits a phone, and what is
    left out is one button away. `but` are the ids of those that stand elsewhere.
    """
    rest = [each for each in facts.recent if each.id not in but]
    groups, _ = grouped(facts.ladder, rest, facts.expected)
    room = {group.competency.id: 0 for group in groups}
    for turn in range(EACH):
        for group in groups:
            if len(group.entries) > turn and sum(room.values()) < LISTED:
                room[group.competency.id] += 1
    cut = (Group(each.competency, each.entries[: room[each.competency.id]]) for each in groups)
    return tuple(each for each in cut if each.entries)


def quiet(facts: Facts) -> tuple[tuple[Competency, date | None], ...]:
    """What is expected and has nothing since the last time, with the day of its latest example.

    The longest quiet first: it is what a conversation can change most.
    """
    silent = [each for each in facts.expected if each.id not in facts.fresh_under]
    found = [(each, facts.last_day(each.id)) for each in silent]
    return tuple(sorted(found, key=lambda each: each[1] or date.min))


def by_age(promises: Sequence[Promise]) -> tuple[Promise, ...]:
    """The oldest first, whosever they are: a promise is kept by being seen."""
    return tuple(sorted(promises, key=lambda each: (each.made_on, each.id)))


def _is_clear(entry: Entry) -> bool:
    return tells_what_changed(entry.text) or bool(entry.links and not follow_up(entry.text))


def _seen(entry: Entry, facts: Facts) -> Recognised:
    competency = competency_now(facts.ladder, entry)
    before = _day_before(entry, competency, facts)
    return Recognised(entry, competency, _why(entry, competency, before, facts), before)


def _why(entry: Entry, competency: Competency, before: date | None, facts: Facts) -> Why:
    if competency.id in facts.focus:
        return Why.FOCUS
    has_past = facts.known[-1].happened_on <= entry.happened_on - QUIET_BEFORE
    if has_past and (before is None or entry.happened_on - before >= QUIET_BEFORE):
        return Why.FIRST
    return Why.CHANGED if tells_what_changed(entry.text) else Why.LINKED


def _day_before(entry: Entry, competency: Competency, facts: Facts) -> date | None:
    """The latest day up to the entry's own on which there was another example of it."""
    marks = facts.under.get(competency.id, ())
    others = (m.happened_on for m in marks if m.entry_id != entry.id)
    return max((day for day in others if day <= entry.happened_on), default=None)


def _order(seen: Recognised) -> tuple[object, ...]:
    why = list(Why).index(seen.why)
    changed = tells_what_changed(seen.entry.text)
    return (why, not changed, -seen.entry.happened_on.toordinal(), seen.entry.id)
