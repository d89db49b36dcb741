"""A restored backup sends nothing again, and its rows say what was sent."""

from __future__ import annotations

import pytest

from tests.delivery.proof.restoring import restore
from tests.delivery.proof.stage import Stage
from tests.delivery.proof.verdict import judge


@pytest.mark.parametrize(
    ("running", "planned"),
    [(False, True), (True, False)],
    ids=["of what was planned, bot stopped", "of yesterday, bot running"],
)
def test_a_restored_backup_resends_nothing_and_its_rows_say_sent(
    stage: Stage, running: bool, planned: bool
) -> None:
    restore(stage, 20, running=running, planned=planned)
    verdict = judge(stage, "restored")
    assert verdict.holds, verdict
    assert stage.states() == {"sent": 20}
