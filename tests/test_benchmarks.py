"""The benchmark runs and checks what it measures; how fast anything is, no test says."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.load import Load, WrongAnswer, commands
from playground.local_slack import signature
from tests.bench import ROOT

NEEDED = ("flask", "gunicorn", "uvloop", "psutil")
ASKED = commands("secret", {"command": "/ladder"}, ["L3", "L4"], 3)


class Echo(BaseHTTPRequestHandler):
    """Answers with the body, and with 401 for a path that is asked to."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200 if b"trigger_id" in body else 401)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class Quiet(ThreadingHTTPServer):
    """Says nothing when the load hangs up on it."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """The test has seen what it wanted to see."""


@pytest.fixture
def port() -> Iterator[int]:
    """A server that says back what it was told."""
    server = Quiet(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_requests_are_signed_as_slack_does_and_none_is_like_another() -> None:
    assert len(set(ASKED)) == 3
    for asked in ASKED:
        head, _, body = asked.partition(b"\r\n\r\n")
        lines = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        stamp = lines["x-slack-request-timestamp"]
        assert lines["x-slack-signature"] == signature("secret", stamp, body)
        assert int(lines["content-length"]) == len(body)


def test_every_right_answer_is_counted(port: int) -> None:
    load = Load(port, b"command=%2Fladder")
    flood = load.flood(ASKED, 0.05)
    drip = load.drip(ASKED, per_second=200, seconds=0.1)
    load.close()
    assert flood.number >= 8, "one for each connection at the least"
    assert drip.number == len(drip.waits) == 20
    assert 0 < drip.percentile(50) <= drip.percentile(99)


@pytest.mark.parametrize("wrong", ["other words", "status 401"])
def test_a_wrong_answer_is_never_measured(port: int, wrong: str) -> None:
    load = Load(port, b"not in it" if wrong == "other words" else b"")
    asked = ASKED if wrong == "other words" else [a.replace(b"trigger", b"TRIGGER") for a in ASKED]
    with pytest.raises(WrongAnswer):
        load.flood(asked, 0.05)
    load.close()


def test_the_whole_benchmark_prints_its_table() -> None:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"requirements/bench.txt is not installed: {', '.join(missing)}")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.slash", "--seconds", "0.2", "--rounds", "1"],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + 5
    assert "Rung against bare Bolt: " in done.stdout


def test_the_benchmark_of_pre_reads_prints_a_table_for_each_engine() -> None:
    few = ["--entries", "60", "--most", "10", "--rounds", "2"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.preread", *few],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("| 10 examples")]
    assert rows
    assert all("×" in row for row in rows)


def test_the_journals_benchmark_prints_a_table_for_each_engine() -> None:
    few = ["--entries", "60", "--own", "30", "--rounds", "2"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.journal", *few],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("| log an example")]
    assert rows
    assert all("×" in row for row in rows)
