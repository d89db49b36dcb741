"""How many histories are lived: always the same few, or with RUNG_HYPOTHESIS=thorough many more."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

from tests.nudges.when.effort import THOROUGH

TIMES_MORE = 20


def tried(histories: int) -> settings:
    """So many histories, or many times more; each stands for itself, so none is too slow."""
    return settings(
        max_examples=histories * (TIMES_MORE if THOROUGH else 1),
        derandomize=not THOROUGH,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if THOROUGH else [])],
    )
