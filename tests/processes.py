"""The bot as a process of its own, started and ended by a test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from playground.local_slack import LocalSlack
from tests.bench import ROOT
from tests.postgres import free_port

PATIENCE_SECONDS = 60


class Running:
    """`python -m bot run`, its log in a file, its port in `url`."""

    def __init__(self, slack: LocalSlack, folder: Path, **more: str) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / f"log-{port}"
        given = {
            "SLACK_BOT_TOKEN": slack.tokens.bot,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": f"sqlite:///{folder}/rung.db",
            "PORT": str(port),
            "RUNG_HOST": "127.0.0.1",
        }
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        self.environment = kept | given | more
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another verb of `python -m bot`, in the same environment, beside the one that runs."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True,
            timeout=PATIENCE_SECONDS, check=False,
        )  # fmt: skip

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def answers(self, path: str = "/healthz") -> bool:
        try:
            with urllib.request.urlopen(self.url + path, timeout=2) as answer:
                return bool(json.load(answer)["ok"])
        except (OSError, urllib.error.URLError):
            return False

    def family(self) -> list[psutil.Process]:
        """The process and its workers."""
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]


@contextmanager
def running(slack: LocalSlack, folder: Path, **more: str) -> Iterator[Running]:
    """Started and ready; whatever the test did to it, nothing of it is left at the end."""
    bot = Running(slack, folder, **more)
    family = []
    try:
        assert soon(lambda: bot.answers("/readyz")), bot.said()
        family = bot.family()
        yield bot
    finally:
        for process in family or [psutil.Process(bot.process.pid)]:
            if process.is_running():
                process.kill()
        bot.process.wait(PATIENCE_SECONDS)


def soon(happened: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def gone(family: list[psutil.Process]) -> bool:
    return not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in family)
