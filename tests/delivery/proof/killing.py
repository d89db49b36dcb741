"""SIGKILL at every named step of a parcel, in each part of its life in which the step can come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.delivery.steps import Step
from tests.delivery.proof.stage import DUE, Stage

POST = "chat.postMessage"
LOOKS = (Step.CHECK_CLAIMED, Step.HISTORY_READ, Step.CHECK_COMMITTED)
ATTEMPT = (
    Step.BATCH_CLAIMED,
    Step.RENDERED,
    Step.LOOKED_FIRST,
    Step.SENDING_COMMITTED,
    Step.GUARD_PASSED,
    Step.POSTED,
    Step.SETTLED,
)
CLAIMED_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a parcel's life: how it is brought about for so many, and the steps in it."""

    name: str
    begin: Callable[[Stage, int], None]
    steps: tuple[Step, ...]


def _first_attempt(_stage: Stage, _people: int) -> None:
    """Nothing has been tried for anybody."""


def _answers_lost(stage: Stage, people: int) -> None:
    stage.slack.fail_next(POST, lose_answer=True, times=people)
    _try_once(stage)


def _never_arrived(stage: Stage, people: int) -> None:
    stage.slack.fail_next(POST, reset=True, times=people)
    _try_once(stage)


def _try_once(stage: Stage) -> None:
    stage.start(now=DUE, rounds=1).join(120)
    assert stage.states() == {"unknown": len(stage.people)}


PARTS = (
    Part("first attempt", _first_attempt, (Step.CHANNEL_OPENED, Step.CHANNEL_STORED, *ATTEMPT)),
    Part("answer lost", _answers_lost, LOOKS),
    Part("never arrived, second attempt", _never_arrived, (*LOOKS, *ATTEMPT)),
)


def kill_at_each(stage: Stage, part: Part, times: int) -> dict[Step, int]:
    """Everybody's messages are in that part of life while workers are killed; then all settles."""
    people = times * len(part.steps) + CLAIMED_AT_ONCE
    stage.place(people)
    part.begin(stage, people)
    kills = {step: _kill_there(stage, step, times) for step in part.steps}
    if part.begin is not _answers_lost:
        stage.slack.fail_next(POST, reset=True, times=times)
        kills[Step.DOUBT_COMMITTED] = _kill_there(stage, Step.DOUBT_COMMITTED, times)
    stage.run_until_settled(120)
    return kills


def _kill_there(stage: Stage, step: Step, times: int) -> int:
    """How many of those workers really came to the step, and ended there."""
    ends = []
    for _ in range(times):
        worker = stage.start(step=step)
        worker.join(60)
        ends.append(worker.exitcode)
    return ends.count(-9)
