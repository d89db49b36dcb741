"""The heartbeat: a few interval jobs in memory; everything that is due is a row, not a job."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from apscheduler.schedulers.background import BackgroundScheduler

from bot.logs import happened, raised

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Beat:
    """What to do every so many `seconds`; the `name` is for operators."""

    name: str
    do: Callable[[], object]
    seconds: float


Watch = Callable[[str, bool], None]


def start_heartbeat(*beats: Beat, watch: Watch | None = None) -> BackgroundScheduler:
    """Does each of them every so many seconds, never twice at a time; a failed one is logged.

    `watch` hears of each beat by its name, and whether it went well.
    """
    scheduler = BackgroundScheduler(daemon=True, timezone="UTC")
    for beat in beats:
        scheduler.add_job(
            _guarded(beat, watch or _unwatched),
            "interval",
            seconds=beat.seconds,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    return scheduler


def _guarded(beat: Beat, watch: Watch) -> Callable[[], None]:
    def run() -> None:
        try:
            beat.do()
        except Exception as error:
            log.error(happened("failed", beat=beat.name, **raised(error)))
            watch(beat.name, False)
        else:
            watch(beat.name, True)

    return run


def _unwatched(_name: str, _well: bool) -> None:
    """Nobody counts."""
