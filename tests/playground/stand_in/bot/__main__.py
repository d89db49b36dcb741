"""`python -m bot run | people import FILE`, as far as the playground's start needs it."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from socketserver import ThreadingMixIn
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIServer, make_server

from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from tests.playground.fake_bot import Heard, _Quiet, fake_app


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def run() -> int:
    if os.environ.get("STAND_IN_DIES") == "at once":
        print("No ladder here.", file=sys.stderr)
        return 2
    slack: Any = SimpleNamespace(
        tokens=SimpleNamespace(bot=os.environ["SLACK_BOT_TOKEN"]),
        api_url=os.environ["SLACK_API_URL"],
        signing_secret=os.environ.get("SLACK_SIGNING_SECRET", "none"),
    )
    app = fake_app(slack, Heard())
    if "SLACK_APP_TOKEN" in os.environ:
        client = WebClient(slack.tokens.bot, base_url=slack.api_url)
        SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], web_client=client).connect()
    if os.environ.get("STAND_IN_DIES") == "later":
        threading.Thread(target=lambda: (time.sleep(1.5), os._exit(3)), daemon=True).start()
    handler = with_readiness(SlackRequestHandler(app))
    make_server("127.0.0.1", int(os.environ["PORT"]), handler, Server, _Quiet).serve_forever()
    return 0


def with_readiness(bolt: SlackRequestHandler) -> Callable[..., Iterable[bytes]]:
    def serve(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/readyz":
            return bolt(environ, start)
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"ready"]

    return serve


if __name__ == "__main__":
    if sys.argv[1] == "run":
        sys.exit(run())
    sys.exit(0 if Path(sys.argv[3]).read_text().startswith("slack_user,") else 1)
