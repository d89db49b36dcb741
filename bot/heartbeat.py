"""The heartbeat: one interval job in memory; everything that is due is a row, not a job."""

from __future__ import annotations

import logging
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

from bot.slack.errors import where

log = logging.getLogger(__name__)


def start_heartbeat(beat: Callable[[], object], seconds: float) -> BackgroundScheduler:
    """Calls `beat` every so many seconds, one at a time; a beat that fails is logged and over."""

    def guarded() -> None:
        try:
            beat()
        except Exception as error:
            log.error("a heartbeat failed: %s\n%s", type(error).__name__, where(error))

    scheduler = BackgroundScheduler(daemon=True, timezone="UTC")
    scheduler.add_job(
        guarded,
        "interval",
        seconds=seconds,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.start()
    return scheduler
