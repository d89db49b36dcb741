"""A mix of bad days, drawn by chance from a seed, so that the same bad days can come again."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from random import Random
from typing import Any

Odds = Mapping[str, float]
"""Kind of fault -> probability."""

Span = tuple[float, float]
"""From and to, in seconds."""

SPOILT: Mapping[str, Mapping[str, Any]] = {
    "server_error_before": {"status": (500, 502, 503, 504)},
    "server_error_after": {"status": (500, 502, 503, 504), "after": True},
    "reset_before": {"reset": True},
    "reset_after": {"reset": True, "after": True},
    "cut_short": {"cut_short": True},
    "not_json": {"not_json": True},
    "throttled": {"status": (429,), "retry_after": True},
    "throttled_bare": {"status": (429,)},
}
"""What can become of an answer, as arguments of a `Fault`."""

SLOW = {"slow_before": "delay_s", "slow_after": "answer_delay_s"}


class Mix:
    def __init__(
        self,
        seed: int,
        odds: Mapping[str, Odds],
        lagging: float,
        lag_s: Span,
        slow_s: Span,
        retry_after_s: int,
    ) -> None:
        for method, kinds in odds.items():
            _check(method, kinds)
        self._seed = seed
        self._odds = odds
        self._lagging = lagging
        self._lag_s = lag_s
        self._slow_s = slow_s
        self._retry_after_s = retry_after_s
        self._chances: dict[str, Random] = {}

    def draw(self, method: str) -> dict[str, Any]:
        """The arguments of the fault that the next call of this method meets; {} for none."""
        for pattern, odds in self._odds.items():
            if fnmatchcase(method, pattern):
                chance = self._chance(method)
                return self._spoilt(chance, odds) | self._slow(chance, odds)
        return {}

    def draw_lag_s(self) -> float:
        chance = self._chance("lag")
        drawn, lag_s = chance.random(), chance.uniform(*self._lag_s)
        return lag_s if drawn < self._lagging else 0.0

    def _chance(self, name: str) -> Random:
        return self._chances.setdefault(name, Random(f"{self._seed}:{name}"))

    def _spoilt(self, chance: Random, odds: Odds) -> dict[str, Any]:
        left = chance.random()
        for kind, how in SPOILT.items():
            left -= odds.get(kind, 0.0)
            if left < 0:
                return self._made(chance, dict(how))
        return {}

    def _made(self, chance: Random, how: dict[str, Any]) -> dict[str, Any]:
        if "status" in how:
            how["status"] = chance.choice(how["status"])
        if "retry_after" in how:
            how["retry_after"] = self._retry_after_s
        return how

    def _slow(self, chance: Random, odds: Odds) -> dict[str, float]:
        return {
            name: chance.uniform(*self._slow_s)
            for kind, name in SLOW.items()
            if chance.random() < odds.get(kind, 0.0)
        }


def _check(method: str, odds: Odds) -> None:
    unknown = odds.keys() - SPOILT.keys() - SLOW.keys()
    if unknown:
        raise ValueError(f"{method}: there is no fault {sorted(unknown)}")
    if sum(odds.get(kind, 0.0) for kind in SPOILT) > 1:
        raise ValueError(f"{method}: the odds of what spoils an answer are more than one")
