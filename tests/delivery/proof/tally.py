"""What the summary of a test run says about mutants; counted from what ran, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MUTANT = "mutant of delivery"

Tried = tuple[str, str, bool]
"""A mutant, the story that it was tried with, and whether it was killed."""


def summary(tried: Iterable[Tried]) -> str:
    """One line; a mutant counts as killed when it was on each engine."""
    killed: dict[tuple[str, str], bool] = {}
    for mutant, story, was_killed in tried:
        killed[mutant, story] = killed.get((mutant, story), True) and was_killed
    said = [
        f"{mutant} by '{story}'" if dead else f"{mutant} SURVIVED '{story}'"
        for (mutant, story), dead in killed.items()
    ]
    return f"mutants of delivery: {sum(killed.values())}/{len(killed)} killed: {', '.join(said)}."


def mutants_summary(terminalreporter: Any) -> None:
    """Says it at the end of every run that tried any."""
    ran = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    tried = [
        tuple(value)
        for report in ran
        for name, value in getattr(report, "user_properties", ())
        if name == MUTANT and report.when == "call"
    ]
    if tried:
        terminalreporter.write_sep("-", "mutants of delivery")
        terminalreporter.write_line(summary(tried))
