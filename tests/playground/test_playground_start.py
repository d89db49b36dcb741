"""`python -m playground` as a process, with a stand-in for the bot."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
START = """
import sys
from pathlib import Path
import playground.bot_process as process
process.PROJECT = Path(sys.argv.pop(1))
from playground.__main__ import main
sys.exit(main())
"""


@contextmanager
def playground(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-c", START, str(HERE / "stand_in"), *arguments],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def address(started: subprocess.Popen[str]) -> str:
    """The bare address, which is the last line printed."""
    assert started.stdout
    for line in started.stdout:
        if line.startswith("http"):
            return line.strip()
    raise AssertionError(started.stderr.read() if started.stderr else "")


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def messages(url: str) -> list[str]:
    with urlopen(f"{url}state?me=U0ADA") as answer:
        state = json.load(answer)
    return [m["text"] for room in state["channels"] if room["isDm"] for m in room["messages"]]


@pytest.mark.parametrize("mode", [[], ["--socket-mode"]], ids=["http", "socket"])
def test_it_comes_up_with_a_past_and_goes_quietly(mode: list[str]) -> None:
    port = free_port()
    with playground("--port", port, *mode, SLACK_APP_TOKEN="xapp-of-the-real-one") as started:
        url = address(started)
        assert url == f"http://127.0.0.1:{port}/"
        logged = messages(url)
        assert len(logged) == 6
        assert "Teaching and Mentoring" in logged[1]
        started.send_signal(signal.SIGTERM)
        assert started.wait(60) == 0


def test_the_bot_ends_with_it_and_its_folder_is_gone() -> None:
    with playground("--port", free_port(), "--empty") as started:
        address(started)
        children = Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()
        folder = Path(f"/proc/{children[0]}/cwd").readlink()
        assert folder.exists()
        started.send_signal(signal.SIGINT)
        started.wait(60)
        assert not Path(f"/proc/{children[0]}").exists()
        assert not folder.exists()


def test_a_port_that_was_asked_for_and_is_busy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        with playground("--port", port) as started:
            _, said = started.communicate(timeout=60)
            assert started.returncode == 1
            assert said == f"Port {port} is in use. Choose another with --port.\n"


def test_a_bot_that_does_not_start_is_quoted() -> None:
    with playground("--port", free_port(), STAND_IN_DIES="at once") as started:
        _, said = started.communicate(timeout=60)
        assert started.returncode == 1
        assert said == "The bot stopped while starting.\nNo ladder here.\n"


def test_a_bot_that_dies_later_is_told() -> None:
    with playground("--port", free_port(), "--empty", STAND_IN_DIES="later") as started:
        address(started)
        _, said = started.communicate(timeout=60)
        assert started.returncode == 1
        assert "The bot stopped by itself (exit code 3)." in said


def test_the_page_answers_while_the_bot_is_starting() -> None:
    port = free_port()
    with playground("--port", port, STAND_IN_DIES="later"):
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            try:
                with urlopen(f"http://127.0.0.1:{port}/state") as answer:
                    assert json.load(answer)["status"]
                    return
            except OSError:
                time.sleep(0.02)
        raise AssertionError("the page never answered")
