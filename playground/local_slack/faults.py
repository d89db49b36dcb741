"""Bad days on demand: the next calls of a method are refused, throttled, cut off or lost."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass
class Fault:
    """One kind of failure for the next `times` calls.

    `reset` cuts the connection before anything happens; `lose_answer` does what was asked and
    then cuts it, so the caller cannot know; `delay_s` holds the answer back.
    """

    error: str | None = None
    status: int | None = None
    retry_after: int | None = None
    reset: bool = False
    lose_answer: bool = False
    delay_s: float = 0.0
    times: int = 1


class Faults:
    def __init__(self) -> None:
        self._planned: dict[str, list[Fault]] = {}
        self._lock = threading.Lock()

    def plan(self, method: str, fault: Fault) -> None:
        with self._lock:
            self._planned.setdefault(method, []).append(fault)

    def take(self, method: str) -> Fault | None:
        """The fault that this call meets, if any; used up by asking."""
        with self._lock:
            waiting = self._planned.get(method) or self._planned.get("*")
            if not waiting:
                return None
            fault = waiting[0]
            fault.times -= 1
            if fault.times <= 0:
                waiting.pop(0)
            return fault
