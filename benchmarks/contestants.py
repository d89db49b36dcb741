"""Who takes part: each a program of its own, started with the same secrets, until it is stopped."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from benchmarks.servers import HELLO
from bot.slack.ready import MOST
from playground.local_slack import LocalSlack

ROOT = Path(__file__).resolve().parents[1]
TRACK, LEVEL = "security-operations", "L4"
PERSON = "U0BENCH"
PATIENCE_SECONDS = 30

WORDS = b"Takes brand new ideas from inception to production"  # of that level, in ladder_data
_CHATTER = ("what", "is", "see", "show", "please", "expected", "expectations")  # passed over


@dataclass(frozen=True)
class Contestant:
    """`texts` are typed after `/ladder` in turn; every right answer holds the `marker`."""

    name: str
    server: str
    marker: bytes
    texts: Sequence[str] = (LEVEL,)


class Server:
    """A running program, with whatever processes it has started."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self.port = port

    def wait(self) -> None:
        """Until it takes connections; raises RuntimeError when it ends or takes too long."""
        begun = time.perf_counter()
        while not self._listens():
            late = time.perf_counter() - begun > PATIENCE_SECONDS
            if late or self._process.poll() is not None:
                raise RuntimeError(f"{self._process.args!r} did not start")
            time.sleep(0.01)

    def family(self) -> list[psutil.Process]:
        """The program and its workers."""
        parent = psutil.Process(self._process.pid)
        return [parent, *parent.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """All that its processes have used so far."""
        return sum(sum(process.cpu_times()[:2]) for process in self.family())

    def stop(self) -> None:
        """Ends it and whatever it has started."""
        family = self.family()
        self._process.terminate()
        _, alive = psutil.wait_procs(family, timeout=10)
        for process in alive:
            process.kill()

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def running(slack: LocalSlack, folder: Path) -> Iterator[Mapping[str, Server]]:
    """Every program that takes part, by name; the bot with a database and a ladder of its own."""
    servers: dict[str, Server] = {}
    try:
        for name in ("rung", "bare", "raw", "tutorial"):
            servers[name] = _start(name, slack, folder)
            servers[name].wait()
        yield servers
    finally:
        for server in servers.values():
            server.stop()


def contestants() -> list[Contestant]:
    """In the order of the table; the two that are compared first of all are neighbours."""
    hello = HELLO.encode()
    return [
        Contestant("Rung, `/ladder L4`", "rung", WORDS),
        Contestant("bare Bolt hello-world, same server", "bare", hello),
        Contestant("Rung, no question asked before", "rung", WORDS, _new_questions()),
        Contestant("raw ASGI, signature only", "raw", b"xxxx"),
        Contestant("tutorial: Flask, gunicorn, Bolt's defaults", "tutorial", hello),
    ]


def _new_questions() -> list[str]:
    """More ways to ask for one level than the bot remembers answers."""
    asked = [" ".join((*chatter, LEVEL)) for chatter in product(_CHATTER, repeat=4)]
    assert len(asked) > MOST
    return asked


def _start(name: str, slack: LocalSlack, folder: Path) -> Server:
    port = _free_port()
    environment = _environment(slack, folder, port)
    if name == "rung":
        _place(environment, folder)
        command = ["-m", "bot", "run"]
    else:
        command = ["-m", "benchmarks.servers", name, str(port)]
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=folder, env=environment, stdout=log, stderr=log
        )
    return Server(process, port)


def _place(environment: Mapping[str, str], folder: Path) -> None:
    """Gives the bot its ladder, and the asker a level to stand on."""
    shutil.copytree(ROOT / "ladder_data", folder / "ladder_data")
    roster = folder / "people.csv"
    roster.write_text(f"slack_user,track,level,manager\n{PERSON},{TRACK},L3,\n", encoding="utf-8")
    verb = [sys.executable, "-m", "bot", "people", "import", str(roster)]
    subprocess.run(verb, cwd=folder, env=environment, check=True, capture_output=True)


def _environment(slack: LocalSlack, folder: Path, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": slack.tokens.bot,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'rung.db'}",
        "LADDER_DIR": str(folder / "ladder_data"),
        "PORT": str(port),
        "RUNG_HOST": "127.0.0.1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
