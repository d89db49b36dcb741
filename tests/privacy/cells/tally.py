"""How many cells of the table were tried, at which way in, and what came of it.

A cell at a way in is `allowed` when it was seen to happen, `only what was granted` when the table
asks for a grant and it happened with one (and, in the same run, never without), `denied` when
others got there and this one did not, and has `no way in` when nobody at all got there although
everything that is registered there was tried. Counted from what ran, and from nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from bot.privacy.policy import TABLE, Action, Cell
from tests.privacy.cells.people import EVERYBODY

CELL = "cell of the table"
IF = (Cell.GRANT, Cell.OWN_READS, Cell.SETTING)
ROLES = {each.label: each.role for each in EVERYBODY}

Tried = tuple[str, str, list[str], int]


def outcomes(tried: Iterable[Tried]) -> Counter[str]:
    """The four kinds, over every action, everybody, and every way in that was tried."""
    happened = {(way, who, Action(what)) for way, who, found, _ in tried for what in found}
    reached = {(way, what) for way, _, what in happened}
    ways = {way for way, *_ in tried}
    counts: Counter[str] = Counter()
    for way in ways:
        for who, role in ROLES.items():
            for action in Action:
                cell = TABLE[action][role]
                if (way, who, action) in happened:
                    counts["granted" if cell in IF else "allowed"] += 1
                elif (way, action) in reached and cell is not Cell.ALLOW:
                    counts["denied"] += 1
                else:
                    counts["no way in"] += 1
    return counts


def summary(tried: list[Tried]) -> str:
    """The sentence at the end of a run."""
    counts = outcomes(tried)
    return (
        f"{counts.total():,} cells x ways in, {len({way for way, *_ in tried})} ways in: "
        f"{counts['allowed']:,} allowed, {counts['granted']:,} only what was granted, "
        f"{counts['denied']:,} denied, {counts['no way in']:,} with no way in; "
        f"from {sum(tries for *_, tries in tried):,} attempts."
    )


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says it at the end of every run that tried any of it and failed nowhere."""
    reports = terminalreporter.stats.get("passed", [])
    tried = [
        tuple(value)
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == CELL and report.when == "call"
    ]
    if tried:
        terminalreporter.write_sep("-", "who may see what")
        terminalreporter.write_line(summary(tried))
