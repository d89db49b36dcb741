"""SIGSTOP beyond the lease: what is promised, and the one moment for which nothing is."""

from __future__ import annotations

import pytest

from bot.delivery.steps import Step
from tests.delivery.proof.freezing import ATTEMPT, LOOK, freeze_at
from tests.delivery.proof.stage import Stage
from tests.delivery.proof.verdict import judge


@pytest.mark.parametrize("steps", [ATTEMPT, LOOK], ids=["while sending", "while looking"])
def test_a_process_frozen_beyond_its_lease_does_nothing_afterwards(
    stage: Stage, steps: tuple[Step, ...]
) -> None:
    freeze_at(stage, *steps)
    verdict = judge(stage, "frozen")
    assert verdict.holds, verdict
    assert stage.states() == {"sent": len(stage.people)}


def test_not_promised_frozen_right_before_the_wire_it_can_post_a_second_time(stage: Stage) -> None:
    freeze_at(stage, Step.GUARD_PASSED)
    assert stage.lost() == 0
    assert stage.duplicates() == 1, "one for each such freeze; docs/delivery.md says so"
    assert stage.states() == {"sent": len(stage.people)}
