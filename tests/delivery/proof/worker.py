"""A process that does what a heartbeat does, and that can be killed or frozen at a named step."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.delivery.steps import Step
from bot.settings import Refusal, Settings
from bot.wiring import Rung, assemble

Change = Callable[[Rung], None]


@dataclass(frozen=True, slots=True)
class Orders:
    """What one worker is to do; `now` is the bot's clock, or None for a clock that runs.

    It passes `step` until the `number`-th time, and then ends (or with `freeze` stops) itself by
    the signal that nobody can catch. Without `rounds` it beats until it is killed. `change` spoils
    the bot before the first beat: a mutant, whose failure the proof has to see. With `since` it
    beats once at that moment first: only a bot that has just started looks into history before it
    sends.
    """

    settings: Mapping[str, object]
    now: datetime | None
    since: datetime | None = None
    step: Step | None = None
    number: int = 1
    freeze: bool = False
    rounds: int = 0
    pause_seconds: float = 0.1
    change: Change | None = field(default=None)


def work(orders: Orders) -> None:
    """Beats as ordered; a database or Slack that is away for a while is waited for."""
    logging.disable(logging.CRITICAL)
    rung = _assembled(orders)
    rung.desk.at_step = _Stumble(orders)
    if orders.change:
        orders.change(rung)
    if orders.since:
        _beat(rung, orders.since)
    done = 0
    while not orders.rounds or done < orders.rounds:
        done += _beat(rung, orders.now or rung.now())
        time.sleep(orders.pause_seconds)


def _beat(rung: Rung, now: datetime) -> bool:
    with contextlib.suppress(Refusal):
        rung.tick(now)
        return True
    return False


def _assembled(orders: Orders) -> Rung:
    settings = Settings(_env_file=None, **orders.settings)  # type: ignore[call-arg, arg-type]
    while True:
        with contextlib.suppress(Refusal):
            return assemble(settings)
        time.sleep(0.1)


class _Stumble:
    """Counts how often a step was passed, and ends or freezes the process there."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._left = orders.number

    def __call__(self, step: Step) -> None:
        if step is not self._orders.step:
            return
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGSTOP if self._orders.freeze else signal.SIGKILL)
