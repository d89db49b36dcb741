"""`python -m benchmarks.preread`: what a pre-read costs for people with few and many examples.

All of them stand among a million examples of others. The peer is the bare driver: the same two
queries for the same rows, with nothing opened, chosen, worded, checked or drawn.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

if not __package__:  # run as a file, not as a module: the project's root is where things are
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg

from bot.journal import store
from bot.journal.model import Entry, Pin, Source
from bot.one_on_ones.page.model import ActionItem
from bot.one_on_ones.pairs.model import Pair, State
from bot.one_on_ones.pairs.rhythm import Meeting
from bot.one_on_ones.preread.blocks import pre_read
from bot.one_on_ones.preread.model import YEAR, Facts
from bot.people.roster import Placement
from bot.settings import Settings
from bot.slack.blocks import Message
from bot.slack.member import Member
from bot.storage.crypto import KeyRing, new_key, parse_key
from bot.wiring import Rung, assemble
from playground.local_slack import LocalSlack, read_manifest
from tests.postgres import NoPostgres, Postgres

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
TODAY, LAST = NOW.date(), NOW - timedelta(days=14)
OWN = (10, 1_000, 10_000)
KEY = new_key()
SEED, OTHERS_AT_ONCE, ROWS_AT_ONCE = 10_000, 500, 1_000
SENTENCE = (
    "paired with the new analyst on the phishing drill and wrote down what we learnt so that the "
    "next person on call does not have to guess which alert comes first or whom to wake about it"
)
MARKS = (
    "SELECT id, competency_id, happened_on, created_at FROM entries WHERE team_id = {0} AND"
    " owner_id = {0} AND (happened_on >= {0} OR created_at >= {0})"
    " ORDER BY happened_on DESC, created_at DESC, id"
)
TEXTS = "SELECT * FROM entries WHERE team_id = {0} AND owner_id = {0} AND id IN ({1})"


def main() -> int:
    """Fills a database of either engine, measures, and prints a table for each."""
    logging.disable(logging.CRITICAL)
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
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preread", description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000, help="in all (default a million)")
    parser.add_argument("--most", type=int, default=OWN[-1], help="of one person at the most")
    parser.add_argument("--rounds", type=int, default=100, help="of each (default 100)")
    return parser.parse_args()


def _measured(engine: str, url: str, options: argparse.Namespace) -> None:
    sizes = [size for size in OWN if size <= options.most]
    with _workspace(url, sizes) as rung, closing(_driver(url)) as driver:
        start = time.perf_counter()
        _fill(rung, sizes, options.entries)
        driver.execute("ANALYZE" if rung.database.is_sqlite else "VACUUM ANALYZE")
        (count,) = driver.execute("SELECT count(*) FROM entries").fetchone()
        assert count >= options.entries, count
        print(
            f"{count:,} examples in all, made in {time.perf_counter() - start:.0f} s; "
            f"{options.rounds} rounds taken in turns; "
            f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}; "
            f"load average at the start {os.getloadavg()[0]:.1f}.\n"
        )
        print(f"| {engine} | p50 | p99 | of it our own CPU, p50 | the bare driver, p50 | ratio |")
        print("| --- | --- | --- | --- | --- | --- |")
        for size in sizes:
            _row(rung, driver, size, options.rounds)
    print()


@contextmanager
def _workspace(url: str, sizes: Sequence[int]) -> Iterator[Rung]:
    """The whole bot, with one person for each size in it."""
    with LocalSlack(manifest=read_manifest(ROOT / "app.yaml")) as slack:
        given: dict[str, Any] = {
            "bot_token": slack.tokens.bot,
            "signing_secret": slack.signing_secret,
            "api_url": slack.api_url,
            "database_url": url,
            "ladder_dir": ROOT / "ladder_data",
            "keys": (KEY,),
        }
        for size in sizes:
            slack.add_user(_id(size), f"u{size}", "Ada", f"u{size}@example.com", "Europe/Berlin")
        rung = assemble(Settings(_env_file=None, **given))
        with closing(rung.database):
            track = "security-operations"
            people = [Placement(_id(each), track, "L3", "", "Europe/Berlin") for each in sizes]
            rung.people.place_many(rung.identity.team_id, people, NOW)
            rung.pre_reads.told_of_promises(_promises)
            yield rung


def _id(size: int) -> str:
    return f"U0OWN{size}"


def _promises(pair: Pair, _tx: object) -> list[ActionItem]:
    """Three of each side; what reading them costs is the page's, and measured there."""
    sides = [each for each in (pair.engineer, pair.partner) if each]
    text, made = "Find a budget for the course", timedelta(days=9)
    return [
        ActionItem(f"p{n}", pair.id, sides[n % 2], sides[0], text, None, NOW - n * made)
        for n in range(6)
    ]


def _fill(rung: Rung, sizes: Sequence[int], total: int) -> None:
    """Each person's examples of one year, and many others' as copies of some."""
    chance = random.Random(5)
    keys = KeyRing([parse_key(KEY)])
    owners = [(Member(rung.identity.team_id, _id(size)), size) for size in sizes]
    rows = [_entry_row(rung, keys, owner, n, chance) for owner, size in owners for n in range(size)]
    missing = max(0, total - len(rows))
    seeds = min(SEED, missing)
    for number in range(seeds):
        other = Member(rung.identity.team_id, f"U{number % OTHERS_AT_ONCE}")
        rows.append(_entry_row(rung, keys, other, number, chance))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        with rung.database.write() as tx:
            tx.execute(store.entries.insert(), rows[start : start + ROWS_AT_ONCE])
    if missing > seeds:
        _copy_others(rung, -(-missing // seeds) - 1)


def _entry_row(
    rung: Rung, keys: KeyRing, owner: Member, number: int, chance: random.Random
) -> dict[str, Any]:
    """The row as the journal itself would write it."""
    day = TODAY - timedelta(days=chance.randrange(YEAR.days))
    came = datetime.combine(day, NOW.timetz())
    text = " ".join(chance.choices(SENTENCE.split(), k=chance.randrange(12, 60)))
    under = chance.choice(rung.ladder.competencies).id
    link = f"https://example.com/pull/{number}"
    pin = Pin(rung.ladder.version, "security-operations", "L3")
    entry_id, source = f"{owner.user_id} {number}", Source.COMMAND
    return store.row_of(
        keys, Entry(entry_id, owner, under, text, link, day, source, pin, came, came)
    )


def _copy_others(rung: Rung, copies: int) -> None:
    """Nobody opens them: they only have to be there."""
    names = [f'"{column.name}"' for column in store.entries.columns]
    values = [f"{name} || '-' || n" if name in ('"id"', '"owner_id"') else name for name in names]
    with rung.database.write() as tx:
        tx.exec_driver_sql(
            "CREATE TEMPORARY TABLE seeds AS"
            " SELECT * FROM entries WHERE substr(owner_id, 1, 5) <> 'U0OWN'"
        )
        tx.exec_driver_sql(
            f"WITH RECURSIVE copies (n) AS"
            f" (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < {copies})"
            f" INSERT INTO entries ({', '.join(names)})"
            f" SELECT {', '.join(values)} FROM seeds CROSS JOIN copies"
        )
        tx.exec_driver_sql("DROP TABLE seeds")


def _row(rung: Rung, driver: Any, size: int, rounds: int) -> None:
    member = Member(rung.identity.team_id, _id(size))
    person = rung.people.get(member)
    pair = _pair(member)

    def ours() -> Message:
        return pre_read(rung.pre_reads.of(member, person, NOW, pair))

    facts = rung.pre_reads.of(member, person, NOW, pair).facts
    assert len(facts.known) == size, len(facts.known)
    peer = _bare(driver, rung, facts)
    assert len(peer()) == len(facts.recent) + len(facts.earlier)
    waits: dict[Callable[[], object], list[float]] = {ours: [], peer: []}
    work: list[float] = []
    for number in range(-(rounds // 10), rounds):
        for deed, found in waits.items():
            start, worked = time.perf_counter(), time.thread_time()
            deed()
            took, worked = time.perf_counter() - start, time.thread_time() - worked
            if number >= 0:  # the ones before warm up
                found.append(took * 1e3)
                work += [worked * 1e3] if deed is ours else []
    p50, p99, bare = (_part(waits[d], part) for d, part in ((ours, 50), (ours, 99), (peer, 50)))
    figures = f"{p50:.1f} ms | {p99:.1f} ms | {_part(work, 50):.1f} ms | {bare:.1f} ms"
    print(f"| {size:,} examples | {figures} | {p50 / bare:.1f} × |", flush=True)


def _pair(member: Member) -> Pair:
    partner, meeting = member.colleague("UMIA"), Meeting("m", NOW + timedelta(days=1))
    pair = Pair("p", member, partner, State.CONFIRMED, member, None, LAST, met_at=LAST)
    return replace(pair, meeting=meeting)


def _part(found: Sequence[float], part: int) -> float:
    return quantiles(found, n=100, method="inclusive")[part - 1]


def _driver(url: str) -> Any:
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"))
    return psycopg.connect(url, autocommit=True)


def _bare(driver: Any, rung: Rung, facts: Facts) -> Callable[[], Sequence[object]]:
    """The same rows as ours, by the same conditions."""
    lite = rung.database.is_sqlite
    mark = "?" if lite else "%s"
    whose = [facts.person.member.team_id, facts.person.member.user_id]
    day: date | str = (TODAY - YEAR).isoformat() if lite else TODAY - YEAR
    came: datetime | str = LAST.strftime("%Y-%m-%d %H:%M:%S.%f") if lite else LAST
    ids = [each.id for each in (*facts.recent, *facts.earlier)] or [""]
    marks, texts = MARKS.format(mark), TEXTS.format(mark, ", ".join([mark] * len(ids)))

    def peer() -> Sequence[object]:
        driver.execute(marks, [*whose, day, came]).fetchall()
        return list(driver.execute(texts, [*whose, *ids]).fetchall())

    return peer


if __name__ == "__main__":
    sys.exit(main())
