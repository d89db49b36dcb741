"""The coverage in words, which say all that the picture shows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.coverage.model import Coverage, Row
from bot.ladder.model import Competency
from bot.slack.text import clip, escape, show_date

ALT_CHARS = 1000
"""Source: docs.slack.dev, files.getUploadURLExternal; an image block would take 2,000."""


def span(coverage: Coverage) -> str:
    """The months that are shown: `June to November 2026`."""
    first, last = coverage.months[0], coverage.months[-1]
    if first == last:
        return f"{last:%B %Y}"
    since = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    return f"{since} to {last:%B %Y}"


def row_line(row: Row, months: Sequence[date]) -> str:
    """One escaped line: the name, then each month that has examples."""
    counts = zip(months, row.counts, strict=True)
    said = ", ".join(f"{month:%b} {count}" for month, count in counts if count)
    if not said:
        said = f"none; last {show_date(row.last_on)}" if row.last_on else "none yet"
    return f"*{escape(row.competency.label)}* · {said}"


def alt_text(coverage: Coverage, limit: int = ALT_CHARS) -> str:
    """What the picture shows, in plain text for a screen reader.

    Every month of every competency where that fits, else the sums, and at worst only how many
    have none.
    """
    head = f"My examples by competency and month, {span(coverage)}: {_number(coverage.total)}."
    rows = [row for row in coverage.rows if not row.is_quiet]
    monthly = [f"{row.competency.name}: {_monthly(row, coverage.months)}." for row in rows]
    sums = [f"{row.competency.name}: {row.total}." for row in rows]
    none = [row.competency.name for row in coverage.quiet]
    quiet = [f"None in {_listed(none)}."] if none else []
    counted = [f"None in {len(none)} of {len(coverage.rows)} competencies."] if none else []
    for said in ([*monthly, *quiet], [*sums, *quiet], [*sums, *counted], counted):
        whole = " ".join([head, *said])
        if len(whole) <= limit:
            return whole
    return clip(head, limit)


def instead_words(competencies: Iterable[Competency]) -> str:
    """Which names stand in the picture by their id; escaped, and empty where none does."""
    said = "; ".join(f"`{escape(each.id)}` is {escape(each.label)}" for each in competencies)
    return f"I could not draw every name in the picture: {said}." if said else ""


def _monthly(row: Row, months: Sequence[date]) -> str:
    counts = zip(months, row.counts, strict=True)
    return ", ".join(f"{month:%B} {count}" for month, count in counts if count)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _number(count: int) -> str:
    return "none yet" if not count else f"{count} in all"
