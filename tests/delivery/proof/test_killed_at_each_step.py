"""SIGKILL at every named step of a parcel, on both databases: nothing twice, nothing lost."""

from __future__ import annotations

import os

import pytest

from bot.delivery.steps import Step
from tests.delivery.proof.killing import PARTS, Part, kill_at_each
from tests.delivery.proof.stage import Stage
from tests.delivery.proof.verdict import judge

TIMES = int(os.environ.get("RUNG_KILLS_PER_STEP", "1"))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_killed_at_any_step_everybody_gets_one_message(stage: Stage, part: Part) -> None:
    kills = kill_at_each(stage, part, TIMES)
    assert set(kills.values()) == {TIMES}, f"it never came to some of them: {kills}"
    verdict = judge(stage, part.name)
    assert verdict.holds, verdict
    assert stage.states() == {"sent": len(stage.people)}


def test_no_step_is_forgotten() -> None:
    tried = {step for part in PARTS for step in part.steps} | {Step.DOUBT_COMMITTED}
    assert tried == set(Step)
