"""No message leaves unasked but through the post office, and no client repeats what was asked."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from slack_bolt import BoltRequest
from slack_sdk import WebClient
from slack_sdk.http_retry import default_retry_handlers

from bot.slack.client import web_client
from tests.bench import ROOT, Bench

BOT = ROOT / "bot"
SAYERS = {
    "delivery/wire.py": "a parcel",
    "slack/turn.py": "an answer",
    "slack/front.py": "what went wrong, to whoever did it",
    "slack/refusals.py": "why somebody is not let in, to them",
    "journal/written_listeners.py": "an answer to a message",
    "own_data/listeners.py": "what came of a form, to whoever sent it",
    "nudges/thread_listeners.py": "an answer in the thread of a question",
    "parts.py": "the same",
}
"""Who calls `say`, and with what: nothing else in the bot posts a message."""
POSTS = {"chat_postMessage", "chat_postEphemeral", "chat_scheduleMessage", "chat_meMessage"}
HTTP = ("http.", "httpx", "requests", "aiohttp", "urllib3", "urllib.request")
BROKEN = "http.client.HTTPException"
FETCH = {BOT / "one_on_ones" / "calendars" / "fetching.py", BOT / "slack" / "downloads.py"}
"""They read what people point to, and say nothing to anybody."""
CLIENTS = {"WebClient", "WebhookClient", "AsyncWebClient", "AsyncWebhookClient"}


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in the file, by the last part of its name."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            yield name, node


def found(names: set[str]) -> dict[str, list[ast.Call]]:
    """Which files call one of these, and how."""
    made: dict[str, list[ast.Call]] = {}
    for file in sorted(BOT.rglob("*.py")):
        for name, call in calls(file):
            if name in names:
                made.setdefault(file.relative_to(BOT).as_posix(), []).append(call)
    return made


def test_slack_is_asked_to_post_in_one_place() -> None:
    assert set(found(POSTS)) == {"slack/turn.py"}


def test_whatever_is_said_is_an_answer_or_a_parcel() -> None:
    assert set(found({"say"})) == set(SAYERS)


def test_only_the_sender_posts_parcels() -> None:
    assert set(found({"post"})) == {"delivery/sender.py"}


def test_every_client_is_made_without_retries() -> None:
    made = found(CLIENTS)
    assert set(made) == {"slack/client.py", "slack/turn.py"}
    for where, each in made.items():
        for call in each:
            handlers = [word.value for word in call.keywords if word.arg == "retry_handlers"]
            assert [ast.unparse(value) for value in handlers] == ["[]"], where


def test_the_client_that_bolt_makes_for_each_request_repeats_nothing_either(
    sqlite_bench: Bench,
) -> None:
    request = BoltRequest(body="{}")
    sqlite_bench.bot.front.app._init_context(request)
    assert request.context.client.retry_handlers == []
    assert request.context.client is not sqlite_bench.bot.front.app.client


def test_the_default_would_repeat() -> None:
    """Or the rules above would be about nothing."""
    assert default_retry_handlers()
    assert WebClient().retry_handlers
    assert web_client("xoxb", "http://localhost/api/", 1).retry_handlers == []


def test_nothing_talks_http_beside_the_sdk() -> None:
    for file in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            if file not in FETCH:
                assert [name for name in names if name.startswith(HTTP)] in ([], [BROKEN]), file
