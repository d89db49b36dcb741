"""Bad days on demand: calls that are refused, throttled, cut off, lost, slow, or seen late."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from .mix import Mix, Odds, Span

THROTTLED, SERVER_ERROR = 429, 500


@dataclass
class Fault:
    """One kind of failure for the next `times` calls.

    `error` (a word), `status` (429 with `retry_after` in seconds, or without) and `reset` (RST)
    come before anything happens, or `after` it was done; `lose_answer` is `reset` after.
    `cut_short` promises the whole answer, sends half of it and hangs up, and `not_json` is a page
    with status 200: both only after. `delay_s` holds back the deed, `answer_delay_s` the answer.
    """

    error: str | None = None
    status: int | None = None
    retry_after: int | None = None
    reset: bool = False
    after: bool = False
    lose_answer: bool = False
    cut_short: bool = False
    not_json: bool = False
    delay_s: float = 0.0
    answer_delay_s: float = 0.0
    times: int = 1

    def __post_init__(self) -> None:
        self.reset |= self.lose_answer
        self.after |= self.lose_answer or self.cut_short or self.not_json

    @property
    def kind(self) -> str:
        """How counts name what it does to the answer, as in a mix; "" when it leaves it whole."""
        when = "after" if self.after else "before"
        if self.cut_short or self.not_json:
            return "cut_short" if self.cut_short else "not_json"
        if self.reset:
            return f"reset_{when}"
        if self.status == THROTTLED:
            return "throttled" if self.retry_after is not None else "throttled_bare"
        if self.status and self.status >= SERVER_ERROR:
            return f"server_error_{when}"
        return f"error_{when}" if self.error or self.status else ""

    @property
    def kinds(self) -> list[str]:
        """All that it does, slowness too."""
        slow = [("slow_before", self.delay_s), ("slow_after", self.answer_delay_s)]
        return [name for name, seconds in slow if seconds] + ([self.kind] if self.kind else [])


class Faults:
    """What calls will meet: first what was planned, then what the mix draws.

    `met` counts, by method and kind, what calls have met so far. `history_lag_s` is how much later
    than posted (in real seconds) history shows messages, unless a mix draws that for each.
    """

    def __init__(self) -> None:
        self.met: Counter[tuple[str, str]] = Counter()
        self.history_lag_s = 0.0
        self._planned: dict[str, list[Fault]] = {}
        self._mix: Mix | None = None
        self._lock = threading.Lock()

    def plan(self, method: str, fault: Fault) -> None:
        with self._lock:
            self._planned.setdefault(method, []).append(fault)

    def mix(
        self,
        seed: int,
        odds: Mapping[str, Odds],
        *,
        lagging: float = 0.0,
        lag_s: Span = (0.5, 2.0),
        slow_s: Span = (0.2, 1.0),
        retry_after_s: int = 1,
    ) -> None:
        """From now on draw a fate for each call: `odds` are method -> kind -> probability.

        A method may be a pattern (`dnd.*`). Kinds are those of `mix.SPOILT`, of which a call meets
        one at most, and `slow_before` and `slow_after`, which come on top. `lagging` is the share
        of messages that history shows late. The n-th call of a method meets the same under the
        same seed. Raises ValueError for a kind that there is not, and for odds above one.
        """
        drawn = Mix(seed, odds, lagging, lag_s, slow_s, retry_after_s)
        with self._lock:
            self._mix = drawn

    def calm(self) -> None:
        """No more bad days: nothing is planned or drawn any more, and history lags no more."""
        with self._lock:
            self._planned.clear()
            self._mix = None
            self.history_lag_s = 0.0

    def take(self, method: str) -> Fault | None:
        """The fault that this call meets, if any; used up by asking."""
        with self._lock:
            fault = self._next_planned(method)
            if fault is None and self._mix and (drawn := self._mix.draw(method)):
                fault = Fault(**drawn)
            self.met.update((method, kind) for kind in (fault.kinds if fault else ()))
            return fault

    def lag_s(self) -> float:
        """How much later than now, in real seconds, history is to show a message posted now."""
        with self._lock:
            return self._mix.draw_lag_s() if self._mix else self.history_lag_s

    def _next_planned(self, method: str) -> Fault | None:
        waiting = self._planned.get(method) or self._planned.get("*")
        if not waiting:
            return None
        fault = waiting[0]
        fault.times -= 1
        if fault.times <= 0:
            waiting.pop(0)
        return fault
