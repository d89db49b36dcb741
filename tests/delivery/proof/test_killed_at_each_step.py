"""SIGKILL at every named step of a parcel, on both databases: nothing twice, nothing lost."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from bot.delivery.steps import Step
from playground.local_slack import LocalSlack
from tests.delivery.proof.stage import Stage

TIMES = int(os.environ.get("RUNG_KILLS_PER_STEP", "2"))
IN_DOUBT = {Step.DOUBT_COMMITTED, Step.CHECK_CLAIMED, Step.HISTORY_READ, Step.CHECK_COMMITTED}


@pytest.fixture
def stage(slack: LocalSlack, database_url: str) -> Iterator[Stage]:
    running = Stage(slack, database_url)
    yield running
    running.stop()


@pytest.mark.parametrize("step", Step)
def test_killed_there_everybody_gets_one_message(stage: Stage, step: Step) -> None:
    stage.place(TIMES)
    if step in IN_DOUBT:
        stage.slack.fail_next("chat.postMessage", lose_answer=True, times=TIMES)
    for number in range(TIMES):
        worker = stage.start(step=step)
        worker.join(30)
        assert worker.exitcode == -9, f"it never came to {step} (kill {number})"
    stage.run_until_settled()
    assert (stage.duplicates(), stage.lost()) == (0, 0)
    assert stage.states() == {"sent": TIMES}
