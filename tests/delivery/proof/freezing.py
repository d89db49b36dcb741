"""A process that is frozen beyond its lease while others work, and then goes on."""

from __future__ import annotations

from bot.delivery.steps import Step
from tests.delivery.proof.stage import MONDAY, Stage

POST = "chat.postMessage"
HARMLESS = (
    Step.BATCH_CLAIMED,
    Step.RENDERED,
    Step.CHANNEL_STORED,
    Step.SENDING_COMMITTED,
    Step.POSTED,
    Step.CHECK_CLAIMED,
    Step.HISTORY_READ,
)
"""Wherever it is frozen of these, it finds afterwards that its work is no longer its own."""
IN_DOUBT = {Step.CHECK_CLAIMED, Step.HISTORY_READ}
PEOPLE = 3


def freeze_at(stage: Stage, step: Step) -> None:
    """One worker is frozen there until others have brought everybody's messages to an end."""
    stage.since = MONDAY
    stage.place(PEOPLE)
    if step in IN_DOUBT:
        stage.slack.fail_next(POST, reset=True, times=PEOPLE)
        stage.start(rounds=1).join(60)
    sleeper = stage.start(step=step, freeze=True, rounds=60)
    assert stage.wait_frozen(sleeper), f"it never came to {step}"
    stage.run_until_settled()
    stage.wake(sleeper)
    sleeper.join(60)
    assert sleeper.exitcode == 0, "it went on, and ended its rounds"
