"""The real command line, ended at any moment and started again."""

from __future__ import annotations

import subprocess
import sys
import time
from random import Random

import psutil

from tests.bench import ROOT
from tests.delivery.proof.stage import DUE, Stage
from tests.postgres import free_port

MOST_SECONDS = 300


def kill_ticks(stage: Stage, people: int, kills: int, seed: int) -> None:
    """Two `python -m bot tick` at a time, each killed within its life, until so many were."""
    chance = Random(seed)
    stage.place(people)
    stage.slack.fail_next("chat.postMessage", delay_s=0.05, times=people * 2)
    while stage.kills < kills:
        ticks = [_tick(stage) for _ in range(2)]
        time.sleep(chance.uniform(0.5, 5))
        for each in ticks:
            stage.kills += each.poll() is None
            each.kill()
            each.wait()
    deadline = time.monotonic() + MOST_SECONDS
    while not stage.settled() and time.monotonic() < deadline:
        assert _tick(stage).wait(MOST_SECONDS) == 0


def roll_replicas(stage: Stage, people: int, rolls: int, seed: int) -> int:
    """Two `python -m bot run`; one after the other is told to end, or killed with all it has.

    Returns how many were killed.
    """
    chance = Random(seed)
    stage.place(people)
    stage.set_clock(DUE)
    stage.slack.fail_next("chat.postMessage", delay_s=0.1, times=people * 2)
    replicas = [_run(stage) for _ in range(2)]
    try:
        for number in range(rolls):
            time.sleep(chance.uniform(1, 6))
            _end(replicas.pop(0), kill=number % 2 == 1)
            replicas.append(_run(stage))
        assert stage.wait(stage.settled, MOST_SECONDS)
    finally:
        for each in replicas:
            _end(each, kill=True)
    return rolls // 2


def _tick(stage: Stage) -> subprocess.Popen[bytes]:
    return _bot(stage, "tick", "--now", DUE.isoformat())


def _run(stage: Stage) -> subprocess.Popen[bytes]:
    return _bot(stage, "run", PORT=str(free_port()), RUNG_HOST="127.0.0.1", RUNG_HEARTBEAT_S="0.2")


def _bot(stage: Stage, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=stage.environment() | more,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _end(bot: subprocess.Popen[bytes], *, kill: bool) -> None:
    family = psutil.Process(bot.pid).children(recursive=True)
    (bot.kill if kill else bot.terminate)()
    for process in family if kill else []:
        process.kill()
    bot.wait(30)
