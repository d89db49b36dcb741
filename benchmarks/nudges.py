"""`python -m benchmarks.nudges`: what a heartbeat costs, with 1,000 to 1,000,000 people.

Ours is a row for each person with an indexed due date. The peer is what most would reach for: one
APScheduler job for each person, in memory or in the same kind of database.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

if not __package__:  # run as a file, not as a module: the project's root is where things are
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil
import psycopg
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import STATE_RUNNING

from bot.people.roster import Placement
from bot.settings import Settings
from bot.storage.crypto import new_key
from bot.storage.database import Database
from bot.wiring import Rung, assemble
from playground.local_slack import LocalSlack, read_manifest
from tests.postgres import NoPostgres, Postgres

ROOT = Path(__file__).resolve().parents[1]
MONDAY = datetime.fromisoformat("2026-11-30T09:00:00+01:00")
QUIET = datetime.fromisoformat("2026-12-01T09:00:00+01:00")
DUE = datetime.fromisoformat("2026-12-03T11:30:00+01:00")
SEED = "U0SEED"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
COPY = (
    "INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, {series}"
    " WHERE user_id = '{seed}'"
)
BARE = (
    "SELECT user_id FROM nudge_schedules WHERE team_id = {0} AND due_at <= {0}"
    " ORDER BY due_at LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured at one size; times in seconds, each the median of the rounds."""

    people: int
    idle: float
    bare: float
    planned: float


def main() -> int:
    """Measures ours and the peer on each engine, and prints a table for each."""
    logging.disable(logging.CRITICAL)
    options = _options()
    print(_machine(options))
    with tempfile.TemporaryDirectory(prefix="rung-bench-") as folder:
        _ours("SQLite", lambda size: f"sqlite:///{folder}/rung-{size}.db", options)
        _peers("SQLite", lambda size: f"sqlite:///{folder}/jobs-{size}.db", options)
    try:
        with Postgres() as server:
            _ours("PostgreSQL", lambda _: server.new_database(), options)
            _peers("PostgreSQL", lambda _: server.new_database(), options)
    except NoPostgres as missing:
        print(f"PostgreSQL was not measured: {missing}", file=sys.stderr)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nudges", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="people at the most")
    parser.add_argument("--due", type=int, default=500, help="due at once (default 500)")
    parser.add_argument("--rounds", type=int, default=7, help="of each (default 7)")
    parser.add_argument(
        "--patience", type=float, default=60, help="seconds after which the peer is given up"
    )
    return parser.parse_args()


def _machine(options: argparse.Namespace) -> str:
    return (
        f"{options.due} due at once, {options.rounds} rounds, medians; {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {platform.machine()}; "
        f"load average at the start {os.getloadavg()[0]:.1f}.\n"
    )


def _sizes(options: argparse.Namespace) -> list[int]:
    return [size for size in SIZES if size <= options.most]


# ours


def _ours(engine: str, url_for: Callable[[int], str], options: argparse.Namespace) -> None:
    print(f"| {engine} | tick with nothing due | against a bare indexed query | each due nudge |")
    print("| --- | --- | --- | --- |")
    for size in _sizes(options):
        with _workspace(url_for(size)) as rung:
            found = _figures(rung, size, options)
        ratio = f"{found.idle / found.bare:.1f} ×"
        each = found.planned / min(options.due, size)
        print(f"| {size:,} people | {_ms(found.idle)} | {ratio} | {_us(each)} |", flush=True)
    print()


@contextmanager
def _workspace(url: str) -> Iterator[Rung]:
    """The whole bot, with one person in it."""
    with LocalSlack(manifest=read_manifest(ROOT / "app.yaml")) as slack:
        slack.add_user(SEED, "ada", "Ada Okafor", "ada@example.com", "Europe/Berlin")
        given: dict[str, Any] = {
            "bot_token": slack.tokens.bot,
            "signing_secret": slack.signing_secret,
            "api_url": slack.api_url,
            "database_url": url,
            "ladder_dir": ROOT / "ladder_data",
            "keys": (new_key(),),
        }
        rung = assemble(Settings(_env_file=None, **given))
        with closing(rung.database):
            person = Placement(SEED, "security-operations", "L3", "", "Europe/Berlin")
            rung.people.place_many(rung.identity.team_id, [person], MONDAY)
            yield rung


def _figures(rung: Rung, size: int, options: argparse.Namespace) -> Figures:
    for table in ("people", "nudge_schedules"):
        _copy(rung.database, table, size - 1)
    with rung.database.write() as tx:
        tx.exec_driver_sql("ANALYZE")
    rung.tick(QUIET)  # the first one notes that a bot is alive
    with closing(_driver(str(rung.settings.database_url))) as driver:
        bare = _median(lambda: _bare(driver, rung), options.rounds * 20)
    idle = _median(lambda: rung.tick(QUIET), options.rounds * 20)
    planned = median(_planned(rung, size, options.due) for _ in range(options.rounds))
    return Figures(size, idle, bare, planned)


def _copy(database: Database, table: str, copies: int) -> None:
    """As many people like the first one, each with an id of their own."""
    series = (
        f"generate_series(1, {copies}) AS s(n)"
        if not database.is_sqlite
        else f"(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {copies})"
        " SELECT n FROM s) AS s"
    )
    with database.write() as tx:
        found = tx.exec_driver_sql(f"SELECT * FROM {table} LIMIT 1").keys()
        names = [f'"{name}"' for name in found]
        values = ["'U' || s.n" if name == '"user_id"' else name for name in names]
        columns = ", ".join(names)
        wanted = {"table": table, "series": series, "seed": SEED, "columns": columns}
        tx.exec_driver_sql(COPY.format(values=", ".join(values), **wanted))


def _planned(rung: Rung, size: int, due: int) -> float:
    """Seconds to plan that many, spread over everybody; what was planned is thrown away again."""
    step = max(1, size // due)
    with rung.database.write() as tx:
        for table in ("parcels", "nudges"):
            tx.exec_driver_sql(f"DELETE FROM {table}")
        far = "2027-06-03 10:30:00+00:00" if not rung.database.is_sqlite else "2027-06-03 10:30:00"
        near = far.replace("2027-06-03", "2026-12-03")
        tx.exec_driver_sql(f"UPDATE nudge_schedules SET due_at = '{far}', last_asked = NULL")
        chosen = ", ".join(f"'U{number}'" for number in range(1, size, step)[:due])
        tx.exec_driver_sql(
            f"UPDATE nudge_schedules SET due_at = '{near}' WHERE user_id IN ({chosen})"
        )
    start = time.perf_counter()
    planned = rung.nudges.plan_due(DUE)
    took = time.perf_counter() - start
    assert planned == len(range(1, size, step)[:due]), planned
    return took


def _driver(url: str) -> Any:
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"))
    return psycopg.connect(url, autocommit=True)


def _bare(driver: Any, rung: Rung) -> object:
    mark = "?" if rung.database.is_sqlite else "%s"
    when = QUIET.isoformat(sep=" ") if rung.database.is_sqlite else QUIET
    return driver.execute(BARE.format(mark), (rung.identity.team_id, when)).fetchall()


# the peer


def _peers(engine: str, url_for: Callable[[int], str], options: argparse.Namespace) -> None:
    print(
        f"| one APScheduler job each, {engine} | adding all | idle look | each due job | memory |"
    )
    print("| --- | --- | --- | --- | --- |")
    stores: list[tuple[str, Callable[[int], Any]]] = [
        ("in memory", lambda _: MemoryJobStore()),
        (f"in {engine}", lambda size: SQLAlchemyJobStore(url=_url(url_for(size)))),
    ]
    for name, make in stores if engine == "SQLite" else stores[1:]:
        for size in _sizes(options):
            took = _peer(name, make(size), size, options)
            if took * 10 > options.patience:
                print(f"| {name}, more than {size:,} | given up: ten times as long | | | |")
                break
    print()


def _url(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")


def _peer(name: str, store: Any, size: int, options: argparse.Namespace) -> float:
    """Prints a line, and returns how many seconds it took to add everybody."""
    before = psutil.Process().memory_info().rss
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_jobstore(store)
    scheduler.start(paused=True)
    now = datetime.now(MONDAY.tzinfo)
    start = time.perf_counter()
    for number in range(size):
        soon = number < options.due
        first = now - timedelta(seconds=1) if soon else now + timedelta(days=7)
        scheduler.add_job(
            _nothing, "interval", weeks=1, next_run_time=first, misfire_grace_time=None
        )
    adding = time.perf_counter() - start
    scheduler.state = STATE_RUNNING  # without its thread, so that a look is ours to time
    start = time.perf_counter()
    scheduler._process_jobs()
    due = (time.perf_counter() - start) / min(options.due, size)
    idle = _median(scheduler._process_jobs, options.rounds)
    grown = (psutil.Process().memory_info().rss - before) / 2**20
    scheduler.shutdown(wait=True)
    figures = f"{adding:.1f} s | {_ms(idle)} | {_us(due)} | {grown:.0f} MiB"
    print(f"| {name}, {size:,} people | {figures} |", flush=True)
    return adding


def _nothing() -> None:
    """What the peer's jobs do."""


def _median(deed: Callable[[], object], rounds: int) -> float:
    waits: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        deed()
        waits.append(time.perf_counter() - start)
    return median(waits)


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms"


def _us(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} µs"


if __name__ == "__main__":
    sys.exit(main())
