"""What `PORT` answers: Slack's requests in HTTP mode; health and metrics in both modes."""

from __future__ import annotations

import io
import json
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.logs import happened

log = logging.getLogger(__name__)

PATH = "/slack/events"
MOST_BYTES = 2_000_000
STOP_SECONDS = 10  # for answers that are being given when the bot is told to end
THREADS = 24  # granian's own default of 512 costs memory, and Bolt answers from memory

StartResponse = Callable[..., Any]
Report = Callable[[], Mapping[str, str]]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


class Entrance:
    """The WSGI application; `app` is None in Socket Mode, where Slack sends nothing here."""

    def __init__(
        self, app: App | None, problems: Report, notes: Report, metrics: Application
    ) -> None:
        """`problems` names every part that is not ready, with the reason; empty means ready.

        `notes` names what the operator should know although the bot is ready; `metrics` answers
        under /metrics.
        """
        self._bolt = SlackRequestHandler(app, path=PATH) if app else None
        self._problems = problems
        self._notes = notes
        self._metrics = metrics

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """One request."""
        path, method = environ.get("PATH_INFO"), environ.get("REQUEST_METHOD")
        if path == PATH and self._bolt and method == "POST":
            return self._from_slack(environ, start)
        if path == "/healthz":
            return _json(start, "200 OK", {"ok": True})
        if path == "/readyz":
            return self._readiness(start)
        if path == "/metrics":
            return self._metrics(environ, start)
        if path == PATH and self._bolt:
            return _json(start, "405 Method Not Allowed", {"error": "Slack posts here"})
        return _json(start, "404 Not Found", {"error": "nothing is served here"})

    def _readiness(self, start: StartResponse) -> Iterable[bytes]:
        problems, notes = dict(self._problems()), dict(self._notes())
        status = "503 Service Unavailable" if problems else "200 OK"
        said = {"ok": not problems, "problems": problems} | ({"notes": notes} if notes else {})
        return _json(start, status, said)

    def _from_slack(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or _measured(environ)
        if not length.isascii() or not length.isdigit():
            return _json(start, "400 Bad Request", {"error": "content length"})
        if int(length) > MOST_BYTES:
            return _json(start, "413 Content Too Large", {"error": "too large"})
        stamp = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP") or "")
        if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
            # Bolt would fail on int() of it and answer 500
            return _json(start, "401 Unauthorized", {"error": "invalid request"})
        assert self._bolt is not None
        try:
            return self._bolt(environ, start)
        except Exception as error:
            # Bolt reads a body before it checks the signature, so anybody can send it nonsense
            log.warning(happened("request_unreadable", error=type(error).__name__))
            return _json(start, "400 Bad Request", {"error": "cannot be read"})


def serve(target: str, host: str, port: int) -> None:
    """Serves the factory named by `target` (module:function) until it is told to stop.

    Granian runs it in one worker process of its own, which also owns the heartbeat; when the
    worker dies this returns, so that whatever supervises the bot starts it again.
    """
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=1,
        blocking_threads=THREADS,
        log_enabled=False,
        websockets=False,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


def port_problem(host: str, port: int) -> str:
    """Why the port cannot be had, as a sentence, or nothing; granian itself would not notice."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return (
                f"Port {port} cannot be used ({error.strerror}). Stop what runs there, or set "
                "PORT to another one."
            )
    return ""


def end_when_told() -> None:
    """Ends a worker that is told to while it starts; granian listens only once it serves."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: os._exit(0))


def end_with_parent() -> None:
    """Ends this worker when its parent is gone, so that none goes on serving as an orphan."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def _measured(environ: dict[str, Any]) -> str:
    """Reads a body that came in chunks, so that Bolt, which goes by its length, sees it."""
    if not environ.get("HTTP_TRANSFER_ENCODING"):
        return "0"
    body = environ["wsgi.input"].read(MOST_BYTES + 1)
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    return str(len(body))


def _json(start: StartResponse, status: str, body: Mapping[str, Any]) -> list[bytes]:
    raw = json.dumps(body).encode()
    start(status, [("content-type", "application/json"), ("content-length", str(len(raw)))])
    return [raw]
