"""A load generator that is cheap enough not to be what is measured: sockets, and no library.

It reads whole answers, counts only those that hold the words that they should, and says so of
every one that does not.
"""

from __future__ import annotations

import hashlib
import hmac
import select
import socket
import statistics
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlencode

CONNECTIONS = 8
PATIENCE_SECONDS = 10
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"


class WrongAnswer(Exception):
    """The server refused, or said something else than it should have."""


@dataclass(frozen=True)
class Answers:
    """What came back within `seconds`; `waits` in seconds, from when each was due to be sent."""

    number: int
    seconds: float
    waits: Sequence[float] = ()

    @property
    def per_second(self) -> float:
        """Right answers in each second."""
        return self.number / self.seconds

    def percentile(self, share: int) -> float:
        """The wait, in milliseconds, that so many of a hundred stayed below."""
        return statistics.quantiles(self.waits, n=100)[share - 1] * 1000


def commands(secret: str, fields: dict[str, str], texts: Sequence[str], number: int) -> list[bytes]:
    """Whole HTTP requests, signed now, each with a trigger id of its own; texts take turns."""
    stamp = str(int(time.time()))
    asked = cycle(texts)
    return [
        _signed(secret, stamp, fields | {"text": next(asked), "trigger_id": f"{stamp}.{n:08}.ab"})
        for n in range(number)
    ]


def _signed(secret: str, stamp: str, fields: dict[str, str]) -> bytes:
    body = urlencode(fields).encode()
    signature = hmac.new(secret.encode(), b"v0:%s:%s" % (stamp.encode(), body), hashlib.sha256)
    head = (
        "POST /slack/events HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json,*/*\r\n"
        "user-agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\naccept-encoding: gzip,deflate"
        "\r\ncontent-type: application/x-www-form-urlencoded\r\n"
        f"content-length: {len(body)}\r\nx-slack-request-timestamp: {stamp}\r\n"
        f"x-slack-signature: v0={signature.hexdigest()}\r\n\r\n"
    )
    return head.encode() + body


@dataclass
class _Line:
    """One connection that is kept alive, with at most one request on its way."""

    port: int
    marker: bytes
    sock: socket.socket = field(init=False)
    due: float = 0
    got: bytes = b""

    def __post_init__(self) -> None:
        self.sock = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes, due: float) -> None:
        self.due = due
        self.sock.sendall(request)

    def receive(self) -> bool:
        """True once the answer is whole and right; raises WrongAnswer."""
        piece = self.sock.recv(262_144)
        self.got += piece
        head, found, body = self.got.partition(END_OF_HEAD)
        if not piece:
            raise WrongAnswer(f"the server hung up after {self.got[:200]!r}")
        if not found or len(body) < _length(head):
            return False
        if not head.startswith(b"HTTP/1.1 200") or self.marker not in body:
            raise WrongAnswer(f"{head[:80]!r} {body[:200]!r}")
        self.got = b""
        return True


def _length(head: bytes) -> int:
    head = head.lower()
    start = head.index(LENGTH) + len(LENGTH)
    end = head.find(b"\r\n", start)
    return int(head[start : end if end > 0 else len(head)])


class Load:
    """Everything that one server is asked; `marker` stands in every right answer."""

    def __init__(self, port: int, marker: bytes) -> None:
        lines = [_Line(port, marker) for _ in range(CONNECTIONS)]
        self._lines = {line.sock: line for line in lines}

    def close(self) -> None:
        """Hangs up."""
        for sock in self._lines:
            sock.close()

    def flood(self, requests: Sequence[bytes], seconds: float) -> Answers:
        """As many as the server can: each connection asks again once it was answered."""
        following = cycle(requests)
        begun = now = time.perf_counter()
        for line in self._lines.values():
            line.send(next(following), now)
        number, asking = 0, len(self._lines)
        while asking:
            for line in self._answered(PATIENCE_SECONDS):
                number += 1
                now = time.perf_counter()
                if now - begun < seconds:
                    line.send(next(following), now)
                else:
                    asking -= 1
        return Answers(number, time.perf_counter() - begun)

    def drip(self, requests: Sequence[bytes], per_second: float, seconds: float) -> Answers:
        """At an even pace, whether the server keeps up or not; a late start counts as waiting."""
        number = max(2, int(per_second * seconds))
        begun = time.perf_counter()
        due = deque(begun + place / per_second for place in range(number))
        following, free = cycle(requests), deque(self._lines.values())
        waits: list[float] = []
        while len(waits) < number:
            now = time.perf_counter()
            while due and free and due[0] <= now:
                free.popleft().send(next(following), due.popleft())
            if due and free:
                answered = self._answered(due[0] - now, waiting=False)
            else:
                answered = self._answered(PATIENCE_SECONDS)
            for line in answered:
                waits.append(time.perf_counter() - line.due)
                free.append(line)
        return Answers(number, time.perf_counter() - begun, waits)

    def _answered(self, seconds: float, *, waiting: bool = True) -> Iterator[_Line]:
        readable = select.select(list(self._lines), (), (), max(0, seconds))[0]
        if waiting and not readable:
            raise WrongAnswer(f"no answer within {PATIENCE_SECONDS} seconds")
        return (line for sock in readable if (line := self._lines[sock]).receive())
