"""How hard the properties of this folder are tried, and the line that says so.

Always the same examples by default; `RUNG_HYPOTHESIS=thorough` tries many more, other ones each
time.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

THOROUGH = os.environ.get("RUNG_HYPOTHESIS") == "thorough"
TIMES_MORE = 50
LIVED = "lived through"


def tried(examples: int) -> settings:
    """So many examples of a property, or many times more."""
    return settings(
        max_examples=examples * (TIMES_MORE if THOROUGH else 1),
        derandomize=not THOROUGH,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says what was lived through, at the end of every run that tried any of it."""
    counted: dict[str, int] = {}
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", ()):
            if name == LIVED and report.when == "call":
                for what, number in value.items():
                    counted[what] = counted.get(what, 0) + number
    if counted:
        profile = "thorough, other examples each time" if THOROUGH else "the same examples always"
        terminalreporter.write_sep("-", f"when somebody may be asked: {profile}")
        said = ", ".join(f"{number:,} {what}" for what, number in sorted(counted.items()))
        terminalreporter.write_line(said)
