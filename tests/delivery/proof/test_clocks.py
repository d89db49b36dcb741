"""Clocks that jump: the bot's own, and the real one of a single machine."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, tzinfo
from typing import Self

from bot.wiring import Rung
from playground.local_slack import LocalSlack
from tests.delivery.proof.stage import DUE, Stage
from tests.delivery.proof.verdict import judge
from tests.postgres import Postgres

DAY = timedelta(days=1)
POST = "chat.postMessage"


class AnHourAhead(datetime):
    """What a machine takes for now whose clock is wrong."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz) + timedelta(hours=1)


def wrong_clock(_rung: Rung) -> None:
    """Every module of the bot in this process reads a clock that is an hour ahead."""
    for name, module in list(sys.modules.items()):
        if name.startswith("bot.") and getattr(module, "datetime", None) is datetime:
            module.datetime = AnHourAhead  # type: ignore[attr-defined]


def test_the_bots_clock_jumps_a_day_back_and_forth(stage: Stage) -> None:
    stage.place(10)
    for number, moment in enumerate([DUE, DUE - DAY, DUE, DUE + DAY, DUE, DUE - DAY]):
        if number < 3:
            stage.slack.fail_next(POST, lose_answer=True, times=2)
        stage.start(now=moment, rounds=2).join(60)
    stage.run_until_settled()
    verdict = judge(stage, "clock jumps")
    assert verdict.holds, verdict
    assert stage.states() == {"sent": 10}


def test_one_replicas_real_clock_is_wrong_by_an_hour(slack: LocalSlack, postgres: Postgres) -> None:
    """On PostgreSQL, whose clock decides; on SQLite there is one machine, and so one clock."""
    stage = Stage(slack, postgres.new_database())
    try:
        stage.place(20)
        slack.fail_next(POST, delay_s=0.3, lose_answer=True, times=10)
        for change in (wrong_clock, None, wrong_clock, None):
            stage.start(change=change)
        assert stage.wait(stage.settled)
    finally:
        stage.stop()
    verdict = judge(stage, "wrong clock")
    assert verdict.holds, verdict
