"""The door to the bot: who is let in, who is refused, and what health looks like."""

from __future__ import annotations

import http.client
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from bot.slack.server import MOST_BYTES, port_problem
from bot.storage.database import Database
from playground.local_slack import signature
from tests.bench import Bench
from tests.postgres import free_port

BODY = urlencode({"command": "/ladder", "text": "help", "user_id": "UADA", "team_id": "T1"})


def request(
    bench: Bench, method: str, path: str, body: str = "", **headers: str
) -> tuple[int, dict[str, object]]:
    """One raw request, as anybody on the network can send it."""
    line = http.client.HTTPConnection(urlsplit(bench.url).netloc, timeout=60)
    try:
        line.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        answer = line.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")
    finally:
        line.close()


def signed(bench: Bench, stamp: str, secret: str = "", body: str = BODY) -> dict[str, str]:
    """Slack's headers for the body."""
    made = signature(secret or bench.slack.signing_secret, stamp, body.encode())
    return {
        "X_Slack_Request_Timestamp": stamp,
        "X_Slack_Signature": made,
        "Content_Type": "application/x-www-form-urlencoded",
    }


def post(bench: Bench, headers: dict[str, str], body: str = BODY) -> int:
    return request(bench, "POST", "/slack/events", body, **headers)[0]


@pytest.fixture
def now() -> str:
    return str(int(time.time()))


def test_a_request_that_slack_signed_is_let_in(door: Bench, now: str) -> None:
    assert post(door, signed(door, now)) == 200


def test_a_wrong_secret_is_refused(door: Bench, now: str) -> None:
    assert post(door, signed(door, now, "another secret")) == 401


def test_a_body_that_was_changed_after_signing_is_refused(door: Bench, now: str) -> None:
    assert post(door, signed(door, now), BODY + "&user_id=UMIA") == 401


@pytest.mark.parametrize("age", [301, 3600, -301])
def test_a_stale_or_future_timestamp_is_refused(door: Bench, age: int) -> None:
    assert post(door, signed(door, str(int(time.time()) - age))) == 401


@pytest.mark.parametrize("stamp", ["soon", "", "12.5", "-5", "1e9", "9" * 5000, "١٢٣", "0x10"])
def test_a_timestamp_that_is_no_number_is_refused_and_not_an_error(door: Bench, stamp: str) -> None:
    headers = signed(door, stamp)
    headers["X_Slack_Request_Timestamp"] = stamp.encode().decode("latin-1")
    assert post(door, headers) == 401


def test_what_is_answered_from_memory_is_checked_like_everything_else(
    door: Bench, now: str
) -> None:
    asked = BODY.replace("text=help", "text=L4")
    stale = str(int(now) - 301)
    assert post(door, signed(door, now, body=asked), asked) == 200
    assert post(door, signed(door, now, "another secret", asked), asked) == 401
    assert post(door, signed(door, stale, body=asked), asked) == 401
    assert post(door, signed(door, now, body=asked), asked.replace("L4", "L3")) == 401


@pytest.mark.parametrize("missing", ["X_Slack_Signature", "X_Slack_Request_Timestamp"])
def test_a_missing_header_is_refused(door: Bench, now: str, missing: str) -> None:
    headers = signed(door, now)
    del headers[missing]
    assert post(door, headers) == 401


def test_a_huge_body_is_refused_before_it_is_read(door: Bench, now: str) -> None:
    headers = signed(door, now) | {"Content_Length": str(MOST_BYTES + 1)}
    assert post(door, headers) == 413


@pytest.mark.parametrize("length", ["-1", "abc"])
def test_a_length_that_is_none_is_refused(door: Bench, now: str, length: str) -> None:
    headers = signed(door, now) | {"Content_Length": length}
    assert post(door, headers) == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
def test_slack_posts_and_nothing_else(door: Bench, method: str) -> None:
    assert request(door, method, "/slack/events")[0] == 405


@pytest.mark.parametrize("path", ["/", "/slack", "/slack/install", "/slack/events/", "/metrics/"])
def test_nothing_else_is_served(door: Bench, path: str) -> None:
    assert request(door, "GET", path)[0] == 404
    assert request(door, "POST", path, BODY)[0] == 404


def test_the_same_signed_request_twice_changes_nothing_twice(door: Bench, now: str) -> None:
    headers = signed(door, now)
    assert [post(door, headers) for _ in range(2)] == [200, 200]


def test_slacks_own_check_of_the_address_is_answered(door: Bench, now: str) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c123", "token": "t"})
    headers = signed(door, now, body=body) | {"Content_Type": "application/json"}
    status, said = request(door, "POST", "/slack/events", body, **headers)
    assert (status, said) == (200, {"challenge": "c123"})


NONSENSE = [
    ("form", "payload=rubbish"),
    ("form", "payload=[1]"),
    ("form", "payload=null"),
    ("form", "payload=" + "[" * 50_000),
    ("form", "%%%"),
    ("form", ""),
    ("json", "rubbish"),
    ("json", "[1]"),
    ("json", "[" * 50_000),
    ("json", '{"type":"event_callback","event":[]}'),
    ("form", 'payload={"type":"block_actions","actions":[]}'),
    ("form", 'payload={"type":"view_submission","view":{"callback_id":"journal.save"}}'),
]


@pytest.mark.parametrize("whose", ["of Slack", "of anybody"])
@pytest.mark.parametrize(("kind", "body"), NONSENSE, ids=[f"{k} {b[:40]}" for k, b in NONSENSE])
def test_nonsense_is_refused_and_never_an_error_of_the_server(
    door: Bench, now: str, kind: str, body: str, whose: str
) -> None:
    secret = "" if whose == "of Slack" else "a wrong secret"
    headers = signed(door, now, secret, body)
    if kind == "json":
        headers["Content_Type"] = "application/json"
    status = post(door, headers, body)
    assert status < 500
    assert whose == "of Slack" or status in {400, 401}


def test_health_says_that_the_process_lives_and_readiness_that_it_can_work(bench: Bench) -> None:
    assert request(bench, "GET", "/healthz") == (200, {"ok": True})
    assert request(bench, "GET", "/readyz") == (200, {"ok": True, "problems": {}})


@pytest.mark.parametrize(
    ("fault", "note"),
    [
        ({"error": "token_revoked"}, "Slack refuses the bot (token_revoked), so nothing is sent."),
        ({"status": 429, "retry_after": 60}, ""),
    ],
    ids=["by a revoked token", "by a rate limit"],
)
def test_readiness_tells_of_a_pause_that_does_not_end_by_itself_and_stays(
    sqlite_bench: Bench, fault: dict[str, Any], note: str
) -> None:
    sqlite_bench.place("UADA")
    sqlite_bench.slack.fail_next("chat.postMessage", **fault)
    sqlite_bench.tick("2026-12-03T11:40:00+01:00")
    status, said = request(sqlite_bench, "GET", "/readyz")
    assert (status, said["ok"]) == (200, True)
    notes = said.get("notes", {})
    assert isinstance(notes, dict)
    assert notes.get("sending", "").startswith(note)
    assert bool(notes) == bool(note)
    sqlite_bench.end_pause()
    assert "notes" not in request(sqlite_bench, "GET", "/readyz")[1]
    sqlite_bench.slack.refusals.clear()


def test_while_the_database_is_gone_the_bot_lives_and_is_not_ready_and_people_hear_a_sentence(
    lost: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    assert request(lost, "GET", "/healthz")[0] == 200
    status, said = request(lost, "GET", "/readyz")
    assert status == 503
    assert "cannot be opened" in str(said["problems"])
    assert "Rung is busy for a moment" in lost.say("UADA", "/ladder 1on1")
    assert "database_unanswered" in caplog.text


def test_readiness_on_sqlite_opens_the_file(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/rung.db")
    database.ping()
    database.close()


def test_a_free_port_is_no_problem() -> None:
    assert port_problem("127.0.0.1", free_port()) == ""
