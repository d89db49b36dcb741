"""PostgreSQL killed under load, and a full disk: nothing twice, nothing lost, on it goes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.local_slack import LocalSlack
from tests.delivery.proof.outages import SmallDisk, fill_disk, kill_postgres
from tests.delivery.proof.stage import DUE, Stage
from tests.delivery.proof.verdict import judge
from tests.postgres import Postgres
from tests.processes import running


@pytest.mark.usefixtures("postgres")  # fails or skips where there are no binaries
def test_postgres_killed_under_load_and_started_again(slack: LocalSlack) -> None:
    with Postgres(durable=True) as server:
        stage = Stage(slack, server.new_database())
        try:
            kill_postgres(stage, server, people=60, times=3)
        finally:
            stage.stop()
        verdict = judge(stage, "PostgreSQL killed")
        assert verdict.holds, verdict
        assert stage.states() == {"sent": 60}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root")
    folder = tmp_path / "disk"
    folder.mkdir()
    with SmallDisk(folder) as small:
        yield small


@pytest.mark.parametrize("by_its_log", [False, True], ids=["by others", "by its own log"])
def test_a_disk_that_is_full_for_a_while(
    slack: LocalSlack, disk: SmallDisk, tmp_path: Path, by_its_log: bool
) -> None:
    stage = Stage(slack, f"sqlite:///{tmp_path}/disk/rung.db", heartbeat_seconds=0.2)
    stage.place(30)
    stage.set_clock(DUE)
    with running(slack, tmp_path, **stage.environment()) as bot:
        fill_disk(stage, disk, 30, lambda: "disk is full" in bot.said(), by_its_log=by_its_log)
    verdict = judge(stage, "disk full")
    assert verdict.holds, verdict
    assert stage.states() == {"sent": 30}
