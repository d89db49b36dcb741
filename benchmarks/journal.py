"""`python -m benchmarks.journal`: what a write and a look cost with 100,000 examples present.

Each of ours takes turns with a peer that does the same to the same table with the bare driver.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

if not __package__:  # run as a file, not as a module: the project's root is where things are
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg

from bot.journal import store
from bot.journal.journal import Journal
from bot.journal.model import Draft, Entry, Intake, Pin, Sought, Source
from bot.ladder.files.loading import read
from bot.ladder.model import Ladder
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import SQLITE_PRAGMAS, Database
from bot.storage.migrate import migrate
from tests.postgres import NoPostgres, Postgres

TEAM, NOW = "T0BENCH", datetime(2026, 11, 24, 12, tzinfo=UTC)
WRITER = Member(TEAM, "U0WRITER")
OTHERS = 2_000
ROWS_AT_ONCE = 1_000
LADDER = Path(__file__).resolve().parents[1] / "ladder_data"
SENTENCE = (
    "paired with the new analyst on the phishing drill and wrote down what we learnt so that the "
    "next person on call does not have to guess which alert comes first or whom to wake about it"
)

Deed = Callable[[int], object]
Waits = Mapping[str, Sequence[float]]
BARE = "the same with the bare driver"


class Peer:
    """The same rows, written and read by the driver alone: no check, no key, no history."""

    def __init__(self, url: str, others: int) -> None:
        """`others` is the number of the first row that is not the writer's."""
        self._others = others
        if url.startswith("sqlite"):
            connection: Any = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
            for pragma in SQLITE_PRAGMAS:
                connection.execute(pragma)
            self._mark, self._begin = "?", "BEGIN IMMEDIATE"
        else:
            connection, self._mark, self._begin = (
                psycopg.connect(url, autocommit=True),
                "%s",
                "BEGIN",
            )
        self._connection = connection
        self._sealed = os.urandom(200)
        self.close = connection.close

    def insert(self, number: int) -> None:
        """A row as long as ours, of somebody else."""
        names = [column.name for column in store.entries.columns]
        given = {"team_id": TEAM, "id": f"peer {number}", "owner_id": "U0PEER"}
        given |= {"text": self._sealed, "happened_on": "2026-11-01", "competency_id": "c"}
        given |= dict.fromkeys(("created_at", "updated_at"), "2026-11-24 12:00:00.000000")
        values = [given.get(name, None if self._is_empty(name) else "x") for name in names]
        marks = ", ".join([self._mark] * len(names))
        self._write(f"INSERT INTO entries ({', '.join(names)}) VALUES ({marks})", values)

    def update(self, number: int) -> None:
        """The text of one row; another one each time, for SQLite does not write what is there."""
        where = f"team_id = {self._mark} AND id = {self._mark}"
        key = [TEAM, f"{self._others + number % 10:032x}"]
        self._write(
            f"UPDATE entries SET text = {self._mark} WHERE {where}", [os.urandom(200), *key]
        )

    def page(self, _number: int) -> None:
        """The writer's latest ten rows, and how many there are."""
        where = f"FROM entries WHERE team_id = {self._mark} AND owner_id = {self._mark}"
        whose = [TEAM, WRITER.user_id]
        latest = "ORDER BY happened_on DESC, created_at DESC, id LIMIT 10"
        self._connection.execute(f"SELECT count(*) {where}", whose).fetchall()
        self._connection.execute(f"SELECT * {where} {latest}", whose).fetchall()

    def _write(self, statement: str, values: Sequence[object]) -> None:
        self._connection.execute(self._begin)
        self._connection.execute(statement, values)
        self._connection.execute("COMMIT")

    def _is_empty(self, name: str) -> bool:
        return bool(store.entries.columns[name].nullable)


def main() -> int:
    """Fills a database of either engine, measures, and prints a table for each."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="rung-bench-") as folder:
        _measured("SQLite", f"sqlite:///{folder}/rung.db", options)
    try:
        with Postgres() as server:
            _measured("PostgreSQL", server.new_database(), options)
    except NoPostgres as missing:
        print(f"PostgreSQL was not measured: {missing}", file=sys.stderr)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.journal", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000, help="in all (default 100,000)")
    parser.add_argument("--own", type=int, default=5_000, help="of the writer (default 5,000)")
    parser.add_argument("--rounds", type=int, default=500, help="of each deed (default 500)")
    return parser.parse_args()


def _measured(engine: str, url: str, options: argparse.Namespace) -> None:
    database = Database(url)
    with closing(database):
        migrate(database)
        ladder = read(LADDER).ladder
        assert ladder
        keys = KeyRing([os.urandom(32)])
        _fill(database, keys, ladder, options)
        waits: dict[str, list[float]] = {}
        with closing(Peer(url, options.own)) as peer:
            deeds = _deeds(Journal(database, keys, lambda: ladder), ladder, peer)
            for number in range(-(options.rounds // 10), options.rounds):
                for name, deed in deeds.items():
                    wait = _timed(deed, number)
                    if number >= 0:  # the ones before warm up
                        waits.setdefault(name, []).append(wait)
    _report(engine, waits, options)


def _fill(database: Database, keys: KeyRing, ladder: Ladder, options: argparse.Namespace) -> None:
    chance = random.Random(4)
    rows = [_row(keys, ladder, number, options.own, chance) for number in range(options.entries)]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        with database.write() as tx:
            tx.execute(store.entries.insert(), rows[start : start + ROWS_AT_ONCE])
    with database.write() as tx:
        tx.exec_driver_sql("ANALYZE")


def _row(
    keys: KeyRing, ladder: Ladder, number: int, own: int, chance: random.Random
) -> dict[str, Any]:
    """The row as the journal itself would write it; the first ones are the writer's."""
    owner = WRITER if number < own else Member(TEAM, f"U{number % OTHERS}")
    day = NOW.date() - timedelta(days=chance.randrange(1_500))
    competency = chance.choice(ladder.competencies).id
    text = " ".join(chance.choices(SENTENCE.split(), k=chance.randrange(12, 60)))
    link = f"https://example.com/pull/{number}"
    pin = Pin(ladder.version, "security-operations", "L3")
    entry_id, source = f"{number:032x}", Source.COMMAND
    return store.row_of(
        keys, Entry(entry_id, owner, competency, text, link, day, source, pin, NOW, NOW)
    )


def _deeds(journal: Journal, ladder: Ladder, peer: Peer) -> dict[str, Deed]:
    """What takes turns, by name; a peer stands right below what it is compared to."""
    draft = Draft(ladder.competencies[0].id, SENTENCE, "", date(2026, 11, 1))
    newest = [entry.id for entry in journal.page(WRITER).entries]

    def log(number: int) -> object:
        named = f"log {number}"
        intake = Intake(named, WRITER, draft, Source.COMMAND, deed=named)
        return journal.log(intake, None, now=NOW)

    def edit(number: int) -> object:
        changed = replace(draft, text=f"{draft.text} {number}")
        return journal.edit(WRITER, newest[number % len(newest)], changed, now=NOW)

    return {
        "log an example": log,
        f"log: {BARE}": peer.insert,
        "edit one": edit,
        f"edit: {BARE}": peer.update,
        "open the list": lambda _: journal.page(WRITER),
        f"list: {BARE}": peer.page,
        "turn to page 100": lambda _: journal.page(WRITER, 100),
        "search a word": lambda _: journal.page(WRITER, 0, Sought("phishing")),
        "search what is nowhere": lambda _: journal.page(WRITER, 0, Sought("zeppelin")),
    }


def _timed(deed: Deed, number: int) -> float:
    """How long it took, in milliseconds."""
    start = time.perf_counter()
    deed(number)
    return (time.perf_counter() - start) * 1e3


def _report(engine: str, waits: Waits, options: argparse.Namespace) -> None:
    print(
        f"{engine}: {options.entries:,} examples, {options.own:,} of them the writer's, "
        f"{OTHERS:,} other people; {options.rounds} rounds taken in turns; "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}; "
        f"load average at the end {os.getloadavg()[0]:.1f}.\n"
    )
    print(f"| {engine} | p50 | p99 | against the bare driver, p50 |\n| --- | --- | --- | --- |")
    names = list(waits)
    for name, below in zip(names, [*names[1:], ""], strict=True):
        ratio = ""
        if BARE in below:
            ratio = f"{_percentile(waits[name], 50) / _percentile(waits[below], 50):.1f} ×"
        p50, p99 = (_percentile(waits[name], part) for part in (50, 99))
        print(f"| {name} | {p50:.2f} ms | {p99:.2f} ms | {ratio} |")
    print()


def _percentile(found: Sequence[float], part: int) -> float:
    return quantiles(found, n=100, method="inclusive")[part - 1]


if __name__ == "__main__":
    sys.exit(main())
