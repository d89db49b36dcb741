"""How a payload reaches the bot: a signed HTTP request, or an envelope over Socket Mode."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAckInTime
from dataclasses import dataclass, field
from typing import Literal, Protocol
from urllib.parse import urlencode, urlsplit

from .model import Json

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True)
class Delivery:
    """What the bot answered: `status` is None when no ack came in time or nobody was there."""

    status: int | None
    elapsed_s: float
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: Literal["timeout", "unreachable"] | None = None


@dataclass(frozen=True)
class Retry:
    """`attempt` counts from 1; `reason` is one of Slack's x-slack-retry-reason words."""

    attempt: int
    reason: str


class Transport(Protocol):
    def deliver(
        self, kind: Kind, payload: Json, timeout_s: float, retry: Retry | None = None
    ) -> Delivery: ...


class Unconnected:
    """No bot yet: everything fails at once."""

    def deliver(
        self,
        kind: Kind,  # noqa: ARG002
        payload: Json,  # noqa: ARG002
        timeout_s: float,  # noqa: ARG002
        retry: Retry | None = None,  # noqa: ARG002
    ) -> Delivery:
        return Delivery(None, 0.0, failure="unreachable")


def signature(signing_secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature over the raw body; `timestamp` in epoch seconds."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(signing_secret.encode(), base, hashlib.sha256).hexdigest()


class HttpTransport:
    def __init__(self, url: str, signing_secret: str) -> None:
        self._url = urlsplit(url)
        self._secret = signing_secret

    def deliver(
        self, kind: Kind, payload: Json, timeout_s: float, retry: Retry | None = None
    ) -> Delivery:
        body, content_type = _encoded(kind, payload)
        return self.post(body, self._headers(body, content_type, retry), timeout_s)

    def post(self, body: bytes, headers: Mapping[str, str], timeout_s: float) -> Delivery:
        """One raw request, timed; a test may send it with headers of its own."""
        started = time.monotonic()
        line = http.client.HTTPConnection(
            self._url.hostname or "", self._url.port, timeout=timeout_s
        )
        try:
            line.request("POST", self._url.path or "/", body, dict(headers))
            answer = line.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except TimeoutError:
            return Delivery(None, time.monotonic() - started, failure="timeout")
        except (OSError, http.client.HTTPException):
            return Delivery(None, time.monotonic() - started, failure="unreachable")
        finally:
            line.close()
        elapsed = time.monotonic() - started
        if elapsed > timeout_s:
            return Delivery(None, elapsed, failure="timeout")
        received = {name.lower(): value for name, value in answer.getheaders()}
        return Delivery(answer.status, elapsed, text, received)

    def _headers(self, body: bytes, content_type: str, retry: Retry | None) -> dict[str, str]:
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "application/json,*/*",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if retry:
            headers["X-Slack-Retry-Num"] = str(retry.attempt)
            headers["X-Slack-Retry-Reason"] = retry.reason
        return headers


def _encoded(kind: Kind, payload: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


class SocketTransport:
    """Envelopes to one of the sockets that are open, acks matched by their envelope id.

    `sockets` holds one send function per open connection; each may be called from any thread.
    """

    def __init__(self) -> None:
        self.sockets: list[Callable[[str], None]] = []
        self._waiting: dict[str, Future[Json]] = {}

    def deliver(
        self, kind: Kind, payload: Json, timeout_s: float, retry: Retry | None = None
    ) -> Delivery:
        started = time.monotonic()
        if not self.sockets:
            return Delivery(None, 0.0, failure="unreachable")
        envelope_id = str(uuid.uuid4())
        ack: Future[Json] = Future()
        self._waiting[envelope_id] = ack
        self.sockets[-1](json.dumps(_envelope(envelope_id, kind, payload, retry)))
        try:
            answer = ack.result(timeout_s).get("payload")
        except NoAckInTime:
            return Delivery(None, time.monotonic() - started, failure="timeout")
        finally:
            self._waiting.pop(envelope_id, None)
        body = json.dumps(answer) if answer else ""
        return Delivery(200, time.monotonic() - started, body)

    def received(self, text: str) -> None:
        """Take in what the bot said over a socket; what is no ack is passed over."""
        try:
            said = json.loads(text)
        except ValueError:
            return
        ack = self._waiting.get(said.get("envelope_id", "")) if isinstance(said, dict) else None
        if ack and not ack.done():
            ack.set_result(said)


def _envelope(envelope_id: str, kind: Kind, payload: Json, retry: Retry | None) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": kind,
        "payload": payload,
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        envelope["retry_attempt"] = retry.attempt if retry else 0
        envelope["retry_reason"] = retry.reason if retry else ""
    return envelope
