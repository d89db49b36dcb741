"""What operators really start: `tick` killed in the middle, and replicas that roll."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.local_slack import LocalSlack
from tests.delivery.proof.commands import kill_ticks, roll_replicas
from tests.delivery.proof.stage import Stage
from tests.delivery.proof.verdict import judge
from tests.postgres import Postgres


@pytest.fixture
def replicated(slack: LocalSlack, postgres: Postgres) -> Iterator[Stage]:
    running = Stage(slack, postgres.new_database())
    yield running
    running.stop()


def test_ticks_beside_one_another_on_one_file_killed_at_any_moment(
    slack: LocalSlack, tmp_path: Path
) -> None:
    stage = Stage(slack, f"sqlite:///{tmp_path}/rung.db")
    kill_ticks(stage, people=20, kills=4, seed=1)
    verdict = judge(stage, "ticks")
    assert verdict.holds, verdict
    assert stage.states() == {"sent": 20}


def test_replicas_that_roll_while_nudges_are_due(replicated: Stage) -> None:
    roll_replicas(replicated, people=30, rolls=4, seed=1)
    verdict = judge(replicated, "rolling")
    assert verdict.holds, verdict
    assert replicated.states() == {"sent": 30}
