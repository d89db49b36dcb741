"""The heartbeat: a few interval jobs in memory; everything that is due is a row, not a job."""

from __future__ import annotations

import logging
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

from bot.slack.errors import where

log = logging.getLogger(__name__)


Beat = Callable[[], object]


def start_heartbeat(*beats: tuple[Beat, float]) -> BackgroundScheduler:
    """Calls each beat every so many seconds, never twice at a time; a failed one is logged."""
    scheduler = BackgroundScheduler(daemon=True, timezone="UTC")
    for beat, seconds in beats:
        scheduler.add_job(
            _guarded(beat),
            "interval",
            seconds=seconds,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    return scheduler


def _guarded(beat: Beat) -> Beat:
    def run() -> None:
        try:
            beat()
        except Exception as error:
            log.error("a heartbeat failed: %s\n%s", type(error).__name__, where(error))

    return run
