"""What a proof of delivery plays on: a Slack, a database, people who are due, and workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from bot.delivery.pace.store import alive_at
from bot.people.roster import Placement
from bot.settings import Settings
from bot.storage.crypto import new_key
from bot.wiring import assemble
from playground.local_slack import TEAM_ID, LocalSlack
from tests.bench import LADDER, ROOT, TRACK
from tests.delivery.proof.worker import Change, Orders, work

SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(["tests.delivery.proof.worker"])

MONDAY = datetime.fromisoformat("2026-11-30T09:00:00+01:00")
DUE = datetime.fromisoformat("2026-12-03T11:40:00+01:00")
QUICK = {
    "lease_seconds": 2.5,
    "guard_seconds": 1.0,
    "http_timeout_seconds": 1.0,
    "settle_seconds": 1.0,
    "recheck_seconds": 0.4,
    "sends_per_minute": 100_000,
}
"""The delays of a bot in service, each some fifty times shorter."""

ASSEMBLING = threading.Lock()
"""One process migrates one database at a time, while several stages are played on at once."""


class Stage:
    """Everybody on it is due one nudge at `DUE`.

    Every worker that starts is spoilt by `change`, and has been running since `since`.
    """

    change: Change | None = None
    since: datetime | None = None
    occasions = 1
    """How many nudges everybody was due so far."""

    def __init__(self, slack: LocalSlack, database_url: str, **more: object) -> None:
        self.slack = slack
        self._folder = TemporaryDirectory(prefix="rung-stage-")
        self._clock_file = Path(self._folder.name) / "clock"
        self._moved_by = 0.0
        self.settings: dict[str, object] = {
            "bot_token": slack.tokens.bot,
            "signing_secret": slack.signing_secret,
            "api_url": slack.api_url,
            "database_url": database_url,
            "ladder_dir": LADDER,
            "keys": (new_key(),),
            "clock_file": self._clock_file,
            **QUICK,
            **more,
        }
        self.people: list[str] = []
        self.workers: list[BaseProcess] = []
        self.kills = 0

    def place(self, number: int, zone: str = "Europe/Berlin") -> None:
        """Adds people to Slack and to the ladder, on the Monday before they are due."""
        ids = [f"U{len(self.people) + n:05}" for n in range(1, number + 1)]
        for user in ids:
            self.slack.add_user(user, user.lower(), user, f"{user}@example.com", zone)
        rung = self.assembled()
        rows = [Placement(user, TRACK, "L3", "", zone) for user in ids]
        rung.people.place_many(rung.identity.team_id, rows, MONDAY)
        rung.database.close()
        self.people += ids

    def start(self, **orders: Any) -> BaseProcess:
        """A worker of its own process, see `Orders`."""
        usual = {"now": DUE, "since": self.since, "change": self.change}
        given = Orders(self.settings, **usual | orders)
        process = SPAWN.Process(target=work, args=(given,), daemon=True)
        process.start()
        self.workers.append(process)
        return process

    @property
    def engine(self) -> str:
        """Which database it is."""
        return str(self.settings["database_url"]).partition(":")[0]

    def environment(self) -> dict[str, str]:
        """The same settings for a process of the command line."""
        named = {
            str(Settings.model_fields[name].alias): ",".join(value)
            if isinstance(value, tuple)
            else str(value)
            for name, value in self.settings.items()
        }
        return named | {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}

    def set_clock(self, moment: datetime) -> None:
        """Moves the clock of every worker that has no `now` of its own; it runs on from there."""
        self._moved_by = (moment - datetime.now(UTC)).total_seconds()
        fresh = self._clock_file.with_suffix(".new")
        fresh.write_text(str(self._moved_by), encoding="ascii")
        fresh.replace(self._clock_file)

    def clock(self) -> datetime:
        """What that clock says."""
        return datetime.now(UTC) + timedelta(seconds=self._moved_by)

    def kill(self, process: BaseProcess) -> None:
        """As the kernel does it."""
        if process.pid and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
            self.kills += 1
        process.join(10)

    def freeze(self, process: BaseProcess) -> None:
        """Holds it wherever it is."""
        _signal(process, signal.SIGSTOP)

    def wake(self, process: BaseProcess) -> None:
        """Lets a frozen one go on where it stopped."""
        _signal(process, signal.SIGCONT)

    def wait_frozen(self, process: BaseProcess, seconds: float = 60) -> bool:
        """Whether it came to the step at which it freezes itself."""
        self.wait(
            lambda: _status(process) == psutil.STATUS_STOPPED or not process.is_alive(), seconds
        )
        return _status(process) == psutil.STATUS_STOPPED

    def stop(self) -> None:
        """Ends every worker, frozen or not."""
        for process in self.workers:
            if process.is_alive():
                process.kill()
            process.join(10)

    def run_until_settled(self, seconds: float = 60, workers: int = 1) -> None:
        """Healthy workers finish whatever was left."""
        started = [self.start() for _ in range(workers)]
        self.wait(self.settled, seconds)
        for process in started:
            process.kill()
            process.join(10)

    def wait(self, happened: Callable[[], bool], seconds: float = 60) -> bool:
        """Whether it happened in that time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if happened():
                return True
            time.sleep(0.05)
        return happened()

    def settled(self) -> bool:
        """Whether everybody's parcel has come to an end."""
        states = self.states()
        open_ = sum(states[s] for s in ("ready", "claimed", "sending", "unknown", "checking"))
        return sum(states.values()) >= len(self.people) * self.occasions and not open_

    def states(self) -> Counter[str]:
        """How many parcels are in which state, from the table itself."""
        database = self._database()
        try:
            with database.read() as tx:
                found = tx.exec_driver_sql(
                    "SELECT state, count(*) AS n FROM parcels GROUP BY state"
                )
                return Counter({row.state: row.n for row in found})
        finally:
            database.close()

    def arrived(self) -> Counter[str]:
        """Ground truth: how many nudges each person really got, by what Slack was told to post."""
        return Counter(post.user for post in self.slack.posted())

    def duplicates(self) -> int:
        """How many messages too many: the same one again, or another one for the same occasion."""
        posted = self.slack.posted()
        different = {(post.user, post.payload_id) for post in posted}
        each = Counter(user for user, _ in different)
        too_many = sum(max(0, number - self.occasions) for number in each.values())
        return len(posted) - len(different) + too_many

    def lost(self) -> int:
        """How many messages did not arrive."""
        each = Counter(user for user, _ in {(p.user, p.payload_id) for p in self.slack.posted()})
        return sum(max(0, self.occasions - each[user]) for user in self.people)

    def alive_at(self) -> datetime | None:
        """When a worker last gave a sign of life, by the bot's clock."""
        database = self._database()
        try:
            with database.read() as tx:
                return alive_at(tx, TEAM_ID)
        finally:
            database.close()

    def assembled(self) -> Any:
        """The bot itself, in this process, for what happens beside the workers."""
        with ASSEMBLING:
            return assemble(Settings(_env_file=None, **self.settings))  # type: ignore[call-arg, arg-type]

    def _database(self) -> Any:
        from bot.storage.database import Database

        return Database(str(self.settings["database_url"]))


def _signal(process: BaseProcess, number: int) -> None:
    if process.pid and process.is_alive():
        os.kill(process.pid, number)


def _status(process: BaseProcess) -> str:
    try:
        return str(psutil.Process(process.pid).status())
    except psutil.NoSuchProcess:
        return ""
