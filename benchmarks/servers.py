"""What the bot is measured against: `python -m benchmarks.servers NAME PORT` serves one of them.

Each takes the same signed `/ladder` command at the same path, and gets its secrets from the
environment, as the bot does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from slack_bolt import App
from slack_sdk import WebClient

HELLO = "Hello from Bolt"
PATH = "/slack/events"
RAW_BYTES = 2048


def bolt(*, process_before_response: bool = False) -> App:
    """The hello-world of Bolt's documentation; all the rest is left as Bolt has it."""
    client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = App(
        client=client,
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        process_before_response=process_before_response,
    )

    @app.command("/ladder")
    def hello(ack: Callable[[str], object]) -> None:
        ack(HELLO)

    return app


def bare_bolt() -> object:
    """For granian: Bolt's own WSGI adapter, answering before it responds, as the bot does."""
    from slack_bolt.adapter.wsgi import SlackRequestHandler

    return SlackRequestHandler(bolt(process_before_response=True), path=PATH)


def tutorial() -> object:
    """For gunicorn: the Flask app of Bolt's documentation."""
    from flask import Flask, Response, request
    from slack_bolt.adapter.flask import SlackRequestHandler

    flask, handler = Flask("tutorial"), SlackRequestHandler(bolt())

    @flask.post(PATH)
    def events() -> Response:
        return handler.handle(request)

    return flask


def raw() -> object:
    """For uvicorn: nothing but the check of the signature, and two kilobytes back."""
    from slack_sdk.signature import SignatureVerifier
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    verifier = SignatureVerifier(os.environ["SLACK_SIGNING_SECRET"])
    answer = b"x" * RAW_BYTES

    async def events(request: Request) -> Response:
        body, headers = await request.body(), request.headers
        stamp, signature = headers["x-slack-request-timestamp"], headers["x-slack-signature"]
        if not verifier.is_valid(body, stamp, signature):
            return Response(status_code=401)
        return Response(answer, media_type="application/json")

    return Starlette(routes=[Route(PATH, events, methods=["POST"])])


def serve_bare_bolt(port: int) -> None:
    """On the bot's own server, set up in the bot's own way."""
    from bot.slack.server import serve

    serve("benchmarks.servers:bare_bolt", "127.0.0.1", port)


def serve_tutorial(port: int) -> None:
    """On gunicorn with eight threads."""
    address = ["--bind", f"127.0.0.1:{port}", "--threads", "8", "--log-level", "error"]
    command = ["-m", "gunicorn", *address, "benchmarks.servers:tutorial()"]
    os.execv(sys.executable, [sys.executable, *command])


def serve_raw(port: int) -> None:
    """On uvicorn over uvloop."""
    import uvicorn

    uvicorn.run(
        "benchmarks.servers:raw",
        factory=True,
        port=port,
        loop="uvloop",
        access_log=False,
        log_level="error",
    )


SERVED = {"bare": serve_bare_bolt, "tutorial": serve_tutorial, "raw": serve_raw}

if __name__ == "__main__":
    SERVED[sys.argv[1]](int(sys.argv[2]))
