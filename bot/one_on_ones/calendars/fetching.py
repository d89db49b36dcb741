"""Reads a calendar from an address that somebody gave, without letting them reach further.

The standard library, for what it must not do is the point: a client that resolves a name once more
after it was checked, follows a redirect by itself, or takes a proxy from the environment, would
lead into the operator's own network.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, cast

from bot.one_on_ones.calendars.addresses import HTTPS, Address, may_be_reached
from bot.one_on_ones.calendars.lines import MOST_BYTES
from bot.one_on_ones.calendars.model import CalendarProblem, Marks, Trouble

MOST_TURNS = 3
SECONDS = 20.0
CONNECT_SECONDS = 5.0
PIECE = 64 * 1024
MOVED = frozenset({301, 302, 303, 307, 308})
OK, UNCHANGED = 200, 304
GONE = frozenset({401, 403, 404, 410})
MOST_NUMBERS = 4
MOST_MARK_CHARS = 200
AGENT = "Rung (self-hosted; reads one calendar)"

Resolve = Callable[[str, int], Sequence[str]]
"""The numbers of a host, in the order to try them; raises OSError when it has none."""


@dataclass(frozen=True, slots=True, repr=False)
class Fetched:
    """The calendar's text, None when it has not changed since the marks; and its new marks."""

    content: bytes | None
    marks: Marks


def resolved(host: str, port: int) -> Sequence[str]:
    """The numbers of a host by the system's own resolver, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Fetching:
    """Reads addresses; each call stands alone, with no cookie and no open connection."""

    def __init__(
        self,
        resolve: Resolve = resolved,
        allowed: Callable[[str], bool] = may_be_reached,
        trusted: ssl.SSLContext | None = None,
        port: int = HTTPS,
        seconds: float = SECONDS,
    ) -> None:
        """Everything has its value for real use; tests reach a server of their own.

        `seconds` is the most that one reading takes, beside what the resolver takes for a name.
        """
        self._resolve = resolve
        self._allowed = allowed
        self._given = trusted
        self._port = port
        self._seconds = seconds

    def read(self, address: str, marks: Marks | None = None) -> Fetched:
        """What is there now; raises CalendarProblem, which never says where."""
        deadline = _Deadline(time.monotonic() + self._seconds)
        here = Address.of(address, self._port)
        for _ in range(MOST_TURNS + 1):
            found = self._ask(here, marks or Marks(), deadline)
            if isinstance(found, Fetched):
                return found
            here = here.leads_to(found)
        raise CalendarProblem(Trouble.TOO_MANY_TURNS)

    def _ask(self, here: Address, marks: Marks, deadline: _Deadline) -> Fetched | str:
        """The calendar, or where it has moved to; what a library says quotes the address."""
        try:
            with self._connected(here, deadline) as wire:
                _send(wire, here, marks)
                return _answer(wire, deadline)
        except ssl.SSLCertVerificationError:
            trouble = Trouble.NOT_TRUSTED
        except TimeoutError:
            trouble = Trouble.TOO_SLOW
        except (OSError, HTTPException, ValueError):
            trouble = Trouble.NOT_ANSWERING
        raise CalendarProblem(trouble)

    def _connected(self, here: Address, deadline: _Deadline) -> ssl.SSLSocket:
        """To a number that was checked just now, as the name that was asked for."""
        numbers = self._resolve(here.host, here.port)
        if not numbers or not all(self._allowed(each) for each in numbers):
            raise CalendarProblem(Trouble.NOT_PUBLIC)
        plain = _first_that_answers(numbers, here.port, deadline)
        try:
            plain.settimeout(deadline.left())
            return self._trusted.wrap_socket(plain, server_hostname=here.host)
        finally:
            plain.close()  # which the wrapped one has taken over, if there is one

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        """The system's, read at the first calendar: 20 ms that a bot without one never spends."""
        return self._given or ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class _Deadline:
    at: float

    def left(self) -> float:
        """Seconds; raises TimeoutError when there are none."""
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


class _Timed(io.RawIOBase):
    """Reads from a connection until the deadline, however slowly it drips."""

    def __init__(self, wire: socket.socket, deadline: _Deadline) -> None:
        super().__init__()
        self._wire = wire
        self._deadline = deadline

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """What has arrived; raises TimeoutError."""
        self._wire.settimeout(self._deadline.left())
        return self._wire.recv_into(buffer)

    def makefile(self, *_: object) -> io.BufferedReader:
        """As http.client asks a socket for it."""
        return io.BufferedReader(self)


def _first_that_answers(numbers: Sequence[str], port: int, deadline: _Deadline) -> socket.socket:
    for number in numbers[:MOST_NUMBERS]:
        plain = socket.socket(socket.AF_INET6 if ":" in number else socket.AF_INET)
        plain.settimeout(min(CONNECT_SECONDS, deadline.left()))
        try:
            plain.connect((number, port))
        except OSError:
            plain.close()
        else:
            return plain
    raise ConnectionError


def _send(wire: ssl.SSLSocket, here: Address, marks: Marks) -> None:
    connection = HTTPConnection(here.host, here.port)
    connection.sock = wire
    connection.putrequest("GET", here.target, skip_host=True, skip_accept_encoding=True)
    headers = {
        "Host": here.name,
        "User-Agent": AGENT,
        "Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "If-None-Match": marks.etag,
        "If-Modified-Since": marks.modified,
    }
    for name, value in headers.items():
        if value:
            connection.putheader(name, value)
    connection.endheaders()


def _answer(wire: ssl.SSLSocket, deadline: _Deadline) -> Fetched | str:
    response = HTTPResponse(cast(socket.socket, _Timed(wire, deadline)), method="GET")
    response.begin()
    marks = Marks(_mark(response, "ETag"), _mark(response, "Last-Modified"))
    if response.status in MOVED and response.getheader("Location"):
        return response.getheader("Location", "")
    if response.status == UNCHANGED:
        return Fetched(None, marks)
    if response.status in GONE:
        raise CalendarProblem(Trouble.NOT_THERE)
    if response.status != OK:
        raise CalendarProblem(Trouble.NOT_ANSWERING)
    if response.getheader("Content-Encoding", "identity").strip().lower() != "identity":
        raise CalendarProblem(Trouble.ENCODED)
    return Fetched(_body(response), marks)


def _mark(response: HTTPResponse, name: str) -> str:
    value = response.getheader(name, "")
    return value if len(value) <= MOST_MARK_CHARS and value.isprintable() else ""


def _body(response: HTTPResponse) -> bytes:
    """The whole of it, or nothing: what breaks off in the middle is no calendar."""
    body = bytearray()
    while piece := response.read(PIECE):
        body += piece
        if len(body) > MOST_BYTES:
            raise CalendarProblem(Trouble.TOO_LARGE)
    if response.length:
        raise ConnectionError
    return bytes(body)
