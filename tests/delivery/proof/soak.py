"""`python -m tests.delivery.proof`: the proofs of delivery, in large; prints a table.

Names of proofs as arguments play only those. Ends with 1 when anything came twice, or is missing
without being `unconfirmed`.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bot.delivery.steps import Step
from playground.local_slack import LocalSlack, read_manifest
from tests.bench import ROOT
from tests.delivery.proof.commands import kill_ticks, roll_replicas
from tests.delivery.proof.freezing import ATTEMPT, LOOK, freeze_at
from tests.delivery.proof.killing import PARTS, kill_at_each
from tests.delivery.proof.outages import SmallDisk, fill_disk, kill_postgres
from tests.delivery.proof.restoring import restore
from tests.delivery.proof.stage import DUE, Stage
from tests.delivery.proof.storm import storm
from tests.delivery.proof.verdict import Verdict, judge
from tests.postgres import Postgres
from tests.processes import Running, running

ENGINES = ("sqlite", "postgresql")
KILLS_PER_STEP = 20
FREEZES_PER_STEP = 1
HEAD = (
    "| proof | database | nudges | kills | answers lost after the post | twice | lost | "
    "unconfirmed | unexplained | s |\n| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |"
)
Play = Callable[[str], Verdict]


def main(arguments: Sequence[str] | None = None) -> int:
    """Plays two proofs at a time, and prints each as soon as it is known."""
    parser = argparse.ArgumentParser(description=str(__doc__))
    parser.add_argument("proofs", nargs="*", help=", ".join(_proofs(1)))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)  # what the bots say is not the table
    proofs = _proofs(options.seed)
    chosen = {name: proofs[name] for name in options.proofs or proofs}
    began = time.monotonic()
    print(f"{_machine()}; seed {options.seed}\n\n{HEAD}", flush=True)
    verdicts, failed = _played(
        [(play, engine) for play, engines in chosen.values() for engine in engines]
    )
    _print_faults(verdicts)
    holds = not failed and all(verdict.holds for verdict in verdicts)
    print(f"\n{'Holds' if holds else 'DOES NOT HOLD'}, after {time.monotonic() - began:.0f} s.")
    return 0 if holds else 1


def _proofs(seed: int) -> dict[str, tuple[Play, Sequence[str]]]:
    return {
        "storm": (partial(_storm, seed), ENGINES),
        **{f"steps-{number}": (partial(_steps, number), ENGINES) for number in range(len(PARTS))},
        "frozen": (_frozen, ENGINES),
        "restored": (_restored, ENGINES),
        "postgresql-killed": (_postgresql_killed, ["postgresql"]),
        "disk-full": (_disk_full, ["sqlite"]),
        "ticks": (partial(_ticks, seed), ENGINES),
        "replicas": (partial(_replicas, seed), ["postgresql"]),
    }


def _storm(seed: int, engine: str) -> Verdict:
    with _stage(engine) as stage:
        storm(stage, seed, people=1000, kills=105, bare=2)
        return judge(stage, f"random kills of 5 workers under a fault mix, seed {seed}")


def _steps(number: int, engine: str) -> Verdict:
    part = PARTS[number]
    with _stage(engine) as stage:
        kills = kill_at_each(stage, part, KILLS_PER_STEP)
        steps = ", ".join(f"{step} {kills[step]}" for step in kills)
        return judge(stage, f"killed at each step, {part.name}: {steps}", sum(kills.values()))


def _frozen(engine: str) -> Verdict:
    steps = (*ATTEMPT, *LOOK)
    plays = [partial(_freeze, step=step) for step in steps for _ in range(FREEZES_PER_STEP)]
    return _together("frozen beyond the lease, each of: " + ", ".join(steps), engine, plays)


def _freeze(stage: Stage, step: Step) -> None:
    freeze_at(stage, step)


def _restored(engine: str) -> Verdict:
    ways = [(running, planned) for running in (False, True) for planned in (False, True)]
    return _together("yesterday's backup restored, bot stopped and running", engine, [
        partial(restore, people=50, running=running, planned=planned) for running, planned in ways
    ])  # fmt: skip


def _postgresql_killed(_engine: str) -> Verdict:
    with _slack() as slack, Postgres(durable=True) as server:
        stage = Stage(slack, server.new_database())
        try:
            kill_postgres(stage, server, people=300, times=10)
            return judge(stage, "the server and all its processes killed under load", 10)
        finally:
            stage.stop()


def _disk_full(_engine: str) -> Verdict:
    """Needs root, to mount a small file system."""
    verdicts = []
    for by_its_log in (False, True):
        with tempfile.TemporaryDirectory() as folder, _slack() as slack:
            verdicts.append(_one_full_disk(slack, Path(folder), by_its_log=by_its_log))
    return verdicts[0] + verdicts[1]


def _one_full_disk(slack: LocalSlack, folder: Path, *, by_its_log: bool) -> Verdict:
    (folder / "disk").mkdir()
    with SmallDisk(folder / "disk") as disk:
        stage = Stage(slack, f"sqlite:///{folder}/disk/rung.db", heartbeat_seconds=0.2)
        stage.place(60)
        stage.set_clock(DUE)
        with running(slack, folder, **stage.environment()) as bot:
            said = partial(_says_full, bot)
            fill_disk(stage, disk, 60, said, by_its_log=by_its_log)
        return judge(stage, "disk full in the middle, by others and by its own log; then freed")


def _says_full(bot: Running) -> bool:
    return "disk is full" in bot.said()


def _ticks(seed: int, engine: str) -> Verdict:
    with _stage(engine) as stage:
        kill_ticks(stage, people=100, kills=20, seed=seed)
        return judge(stage, "real `python -m bot tick`, two at a time, killed at any moment")


def _replicas(seed: int, engine: str) -> Verdict:
    with _stage(engine) as stage:
        killed = roll_replicas(stage, people=200, rolls=20, seed=seed)
        return judge(stage, "two real `python -m bot run`, told to end or killed in turn", killed)


def _together(name: str, engine: str, plays: Sequence[Callable[[Stage], object]]) -> Verdict:
    verdicts = []
    for play in plays:
        with _stage(engine) as stage:
            play(stage)
            verdicts.append(judge(stage, name))
    first, *others = verdicts
    return sum(others, start=first)


@contextmanager
def _stage(engine: str) -> Iterator[Stage]:
    with _slack() as slack, _database(engine) as url:
        stage = Stage(slack, url)
        try:
            yield stage
        finally:
            stage.stop()


def _slack() -> LocalSlack:
    return LocalSlack(manifest=read_manifest(ROOT / "app.yaml"))


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(prefix="rung-soak-") as folder:
            yield f"sqlite:///{folder}/rung.db"
        return
    with Postgres() as server:
        yield server.new_database()


def _played(plays: Sequence[tuple[Play, str]]) -> tuple[list[Verdict], int]:
    """The verdicts, and how many proofs did not come to one."""
    verdicts, failed = [], 0
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(_timed, play, engine) for play, engine in plays]):
            if error := done.exception():
                traceback.print_exception(error)
                failed += 1
                continue
            verdict, seconds = done.result()
            print(f"{_row(verdict)} {seconds:.0f} |", flush=True)
            verdicts.append(verdict)
    return verdicts, failed


def _timed(play: Play, engine: str) -> tuple[Verdict, float]:
    began = time.monotonic()
    return play(engine), time.monotonic() - began


def _row(verdict: Verdict) -> str:
    untold = ", ".join(f"{kind} {number}" for kind, number in sorted(verdict.untold.items()))
    numbers = (
        verdict.nudges, verdict.kills, f"{verdict.untold.total()} ({untold})" if untold else 0,
        verdict.duplicates, verdict.lost, verdict.unconfirmed, verdict.unexplained,
    )  # fmt: skip
    cells = " | ".join(str(number) for number in numbers)
    return f"| {verdict.proof} | {verdict.database} | {cells} |"


def _print_faults(verdicts: Sequence[Verdict]) -> None:
    met: Counter[str] = sum((verdict.met for verdict in verdicts), start=Counter())
    print("\nMet between the bot and Slack: ", end="")
    print(", ".join(f"{kind} {number}" for kind, number in sorted(met.items())) or "nothing")
    for verdict in verdicts:
        if not verdict.holds:
            print(f"DOES NOT HOLD: {verdict}")


def _machine() -> str:
    release = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {release}, load {os.getloadavg()[0]:.1f}"
