"""How one person's examples spread over competencies and months: counted, never judged. Pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.journal.carried import counted_now
from bot.journal.model import Mark
from bot.ladder.model import Competency, Ladder
from bot.slack.text import clean

MONTHS = 6
NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """One competency: `counts` by month, oldest first, and the latest day with an example at all.

    `last_on` may be before the months that are shown; None where there is no example.
    """

    competency: Competency
    counts: tuple[int, ...]
    last_on: date | None = None

    @property
    def total(self) -> int:
        """How many examples the months hold together."""
        return sum(self.counts)

    @property
    def is_quiet(self) -> bool:
        """True where no month has any."""
        return self.total == 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """`months` are the first days of months, oldest first; the last one runs until `today`.

    Rows stand in the ladder's order, then what is not expected at the level but has examples.
    """

    months: tuple[date, ...]
    rows: tuple[Row, ...]
    today: date

    @property
    def since(self) -> date:
        """The first day that counts."""
        return self.months[0]

    @property
    def total(self) -> int:
        """How many examples there are in these months."""
        return sum(row.total for row in self.rows)

    @property
    def quiet(self) -> tuple[Row, ...]:
        """The competencies without an example in these months."""
        return tuple(row for row in self.rows if row.is_quiet)

    @property
    def digest(self) -> str:
        """Names what a picture of this shows: two with one digest look the same."""
        rows = [[row.competency.id, row.competency.label, row.counts] for row in self.rows]
        shown = [[each.isoformat() for each in self.months], rows]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that was sent to its owner: Slack's id of the file, and what it shows."""

    file_id: str
    digest: str
    made_at: datetime = field(compare=False)


def coverage_of(
    ladder: Ladder,
    expected: Sequence[Competency],
    marks: Iterable[Mark],
    today: date,
    months: int = MONTHS,
    names: Mapping[str, str] = NO_NAMES,
) -> Coverage:
    """What the marks amount to; `names` are those of competencies that the ladder has lost.

    What is retired counts where the ladder says; a day still to come counts in the last month.
    """
    window = months_until(today, months)
    days: dict[str, list[date]] = {}
    for mark in marks:
        days.setdefault(mark.competency_id, []).append(mark.happened_on)
    groups = counted_now(ladder, days)
    merged = {now: [day for each in ids for day in days[each]] for now, ids in groups.items()}
    shown = {each.id: each for each in expected}
    others = [each for each in ladder.competencies if each.id in merged and each.id not in shown]
    lost = [_lost(ladder, each, names) for each in merged if ladder.competency(each) is None]
    competencies = [*shown.values(), *others, *(each for each in lost if each.id not in shown)]
    rows = (_row(each, merged.get(each.id, []), window) for each in competencies)
    return Coverage(window, tuple(rows), today)


def months_until(today: date, number: int) -> tuple[date, ...]:
    """The first days of the last `number` months, oldest first, with the one of today."""
    count = today.year * 12 + today.month - 1
    last = [divmod(count - back, 12) for back in range(number - 1, -1, -1)]
    return tuple(date(year, month + 1, 1) for year, month in last)


def _row(competency: Competency, days: Sequence[date], months: tuple[date, ...]) -> Row:
    by_month = Counter(min(day.replace(day=1), months[-1]) for day in days)
    counts = tuple(by_month[month] for month in months)
    return Row(competency, counts, max(days, default=None))


def _lost(ladder: Ladder, competency_id: str, names: Mapping[str, str]) -> Competency:
    """Under the name that it had, or its id where nobody remembers one."""
    was = next((each.was for each in ladder.retired if each.id == competency_id), "")
    return Competency(competency_id, names.get(competency_id) or clean(was) or competency_id)
