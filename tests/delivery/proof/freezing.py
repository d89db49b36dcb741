"""Processes that are frozen beyond their leases while others work, and then go on."""

from __future__ import annotations

from bot.delivery.steps import Step
from tests.delivery.proof.stage import MONDAY, Stage

POST = "chat.postMessage"
ATTEMPT = (
    Step.BATCH_CLAIMED,
    Step.RENDERED,
    Step.CHANNEL_STORED,
    Step.SENDING_COMMITTED,
    Step.POSTED,
)
LOOK = (Step.CHECK_CLAIMED, Step.HISTORY_READ)
"""Wherever it is frozen of all these, it finds afterwards that its work is no longer its own."""
CLAIMED_AT_ONCE = 10


def freeze_at(stage: Stage, *steps: Step) -> None:
    """A worker for each step is frozen there until others have brought everything to an end."""
    stage.since = MONDAY
    stage.place(CLAIMED_AT_ONCE * len(steps))
    if set(steps) <= set(LOOK):
        stage.slack.fail_next(POST, reset=True, times=len(stage.people))
        stage.start(rounds=1).join(60)
    sleepers = [stage.start(step=step, freeze=True, rounds=60) for step in steps]
    for step, sleeper in zip(steps, sleepers, strict=True):
        assert stage.wait_frozen(sleeper), f"it never came to {step}"
    stage.run_until_settled()
    for sleeper in sleepers:
        stage.wake(sleeper)
    for sleeper in sleepers:
        sleeper.join(60)
        assert sleeper.exitcode == 0, "it went on, and ended its rounds"
