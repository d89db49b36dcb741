"""Random kills on bad days, the small one; `make soak` plays it with thousands."""

from __future__ import annotations

from tests.delivery.proof.stage import Stage
from tests.delivery.proof.storm import storm
from tests.delivery.proof.verdict import judge

LOST_AFTER_THE_POST = {"server_error_after", "reset_after", "cut_short", "not_json"}


def test_whoever_is_killed_on_a_bad_day_everybody_gets_one_message_a_week(stage: Stage) -> None:
    storm(stage, seed=20261203, people=75, kills=12)
    verdict = judge(stage, "random kills")
    assert verdict.holds, verdict
    assert verdict.kills >= 12
    assert verdict.untold.total() >= 5, "answers really were lost after the post"
    assert set(verdict.untold) & LOST_AFTER_THE_POST
