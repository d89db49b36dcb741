"""How many histories are lived: always the same few, or with RUNG_HYPOTHESIS=thorough many more."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

from tests.nudges.when.effort import THOROUGH


def tried(histories: int, thorough: int) -> settings:
    """So many histories besides those given; each stands for itself, so none is too slow."""
    number = thorough if THOROUGH else histories
    by_chance = [Phase.generate] if number else []
    return settings(
        max_examples=number or 1,
        derandomize=not THOROUGH,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, *by_chance, *([Phase.shrink] if THOROUGH else [])],
    )
