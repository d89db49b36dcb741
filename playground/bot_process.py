"""The bot as a child process: its own environment, its readiness, its end."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from .cast import LENA
from .local_slack import LocalSlack

PROJECT = Path(__file__).resolve().parent.parent
READY_TIMEOUT_S = 60
LAST_WORDS = 15


class BotFailed(Exception):
    """The bot did not start, or one of its commands failed; the text says which and why."""


class BotProcess:
    """`python -m bot`, pointed at a local Slack and keeping all its data in `folder`."""

    def __init__(self, slack: LocalSlack, folder: Path, *, socket_mode: bool) -> None:
        self.port = _free_port()
        self.log = folder / "bot.log"
        self.clock_file = folder / "clock"
        self.ladder = _ladder_folder(os.environ)
        self._folder = folder
        self._environment = self._prepared(slack, socket_mode)
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("wb") as log:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Ask /readyz until it says 200; raises BotFailed."""
        deadline = time.monotonic() + READY_TIMEOUT_S
        while time.monotonic() < deadline:
            if self.exit_code is not None:
                raise BotFailed(f"The bot stopped while starting.\n{self.last_words()}")
            if self._is_ready():
                return
            time.sleep(0.1)
        raise BotFailed(f"The bot was not ready after {READY_TIMEOUT_S} s.\n{self.last_words()}")

    def call(self, *arguments: str) -> None:
        """Run another of the bot's commands beside it; raises BotFailed with what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BotFailed(f"“bot {' '.join(arguments)}” failed: {done.stderr or done.stdout}")

    @property
    def exit_code(self) -> int | None:
        return self._child.poll() if self._child else None

    def last_words(self) -> str:
        """The end of the bot's log."""
        if not self.log.exists():
            return ""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-LAST_WORDS:])

    def stop(self) -> None:
        if self._child is None or self._child.poll() is not None:
            return
        self._child.terminate()
        try:
            self._child.wait(8)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def _is_ready(self) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            line.request("GET", "/readyz")
            return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()

    def _prepared(self, slack: LocalSlack, socket_mode: bool) -> dict[str, str]:
        """Nothing of a real workspace is inherited, and the child's folder holds no `.env`."""
        key = (
            {"SLACK_APP_TOKEN": slack.tokens.app}
            if socket_mode
            else {"SLACK_SIGNING_SECRET": slack.signing_secret}
        )
        return {
            **_inherited(os.environ),
            **key,
            "RUNG_ADMINS": LENA,
            "SLACK_BOT_TOKEN": slack.tokens.bot,
            "SLACK_API_URL": slack.api_url,
            "PORT": str(self.port),
            "RUNG_HOST": "127.0.0.1",
            "RUNG_CLOCK_FILE": str(self.clock_file),
            "RUNG_HEARTBEAT_S": "1",
            "RUNG_SPREAD_S": "0",
            "DATABASE_URL": f"sqlite:///{self._folder / 'rung.db'}",
            "LADDER_DIR": str(self.ladder),
            "PYTHONPATH": os.pathsep.join(
                [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
            ),
            "PYTHONUNBUFFERED": "1",
        }


def _inherited(environment: Mapping[str, str]) -> dict[str, str]:
    dropped = ("RUNG_KEYS", "DATABASE_URL")
    return {
        name: value
        for name, value in environment.items()
        if not name.startswith("SLACK_") and name not in dropped
    }


def _ladder_folder(environment: Mapping[str, str]) -> Path:
    given = environment.get("LADDER_DIR")
    return Path(given).resolve() if given else PROJECT / "ladder_data"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
