"""The database goes away in the middle of the work, and comes back."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.delivery.proof.stage import Stage
from tests.postgres import Postgres

POST = "chat.postMessage"
CHUNK = 4096


def kill_postgres(stage: Stage, server: Postgres, people: int, times: int) -> None:
    """The server and all its processes end at once, and start again on what they had committed."""
    stage.place(people)
    for _ in range(4):
        stage.start()
    for number in range(1, times + 1):
        _wait_for_posts(stage, people * number // (times + 2))
        server.stop()
        time.sleep(0.3)
        server.start()
    assert stage.wait(stage.settled, 300)


class SmallDisk:
    """A file system of few bytes in memory; mounting it takes root."""

    def __init__(self, folder: Path, size: str = "8m") -> None:
        self._folder = folder
        self._size = size
        self._ballast = folder / "ballast"

    def __enter__(self) -> Self:
        options = ["-t", "tmpfs", "-o", f"size={self._size}", "tmpfs"]
        subprocess.run(["mount", *options, self._folder], check=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        subprocess.run(["umount", "-l", self._folder], check=True)

    def fill(self, leave: int = 0) -> None:
        """Takes all the room there is but for some bytes."""
        with self._ballast.open("ab", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(b"x" * CHUNK) == CHUNK:
                continue
        kept = self._ballast.stat().st_size - leave
        with self._ballast.open("r+b") as file:
            file.truncate(max(0, kept))

    def free(self) -> None:
        """Gives it back."""
        self._ballast.unlink()


def fill_disk(
    stage: Stage, disk: SmallDisk, people: int, noticed: Callable[[], bool], *, by_its_log: bool
) -> None:
    """The disk is full in the middle of the work, until the bot said so and a moment longer.

    With `by_its_log` it is the write-ahead log that fills it, as somebody reads and never ends.
    """
    stage.slack.fail_next(POST, delay_s=0.1, times=people)
    _wait_for_posts(stage, people // 4)
    reader = sqlite3.connect(str(stage.settings["database_url"]).removeprefix("sqlite:///"))
    if by_its_log:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM parcels").fetchone()
    disk.fill(leave=100 * CHUNK if by_its_log else 0)
    assert stage.wait(noticed), "it says what is wrong"
    time.sleep(1)
    assert len(stage.slack.posted()) < people, "the disk was full in the middle of the work"
    reader.close()
    disk.free()
    assert stage.wait(stage.settled, 120)


def _wait_for_posts(stage: Stage, number: int) -> None:
    assert stage.wait(lambda: len(stage.slack.posted()) >= number, 120)
