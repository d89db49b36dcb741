"""A process of its own that posts, or dies in the middle of it; prints the ids that it sent whole.

python -m tests.playground.crowd posts|dies PORT TOKEN FIRST COUNT
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from random import Random
from urllib.parse import urlencode

from tests.playground.caller import Caller

PEOPLE = 50


def message(number: int) -> dict[str, str]:
    metadata = {"event_type": "rung_parcel", "event_payload": {"id": str(number)}}
    user = f"U{number % PEOPLE:04d}"
    return {"channel": user, "text": "A nudge", "metadata": json.dumps(metadata)}


def posts(caller: Caller, first: int, count: int) -> None:
    for number in range(first, first + count):
        if caller.json("chat.postMessage", **message(number))["ok"]:
            print(number)


def dies(caller: Caller, first: int, count: int) -> None:
    """Each child is killed after some bytes of its request, half of them after all."""
    chance = Random(first)
    for number in range(first, first + count):
        whole = _request(caller, message(number))
        sent = len(whole) if chance.random() < 0.5 else chance.randrange(len(whole))
        child = os.fork()
        if child == 0:
            socket.create_connection(("127.0.0.1", caller.port)).sendall(whole[:sent])
            os.kill(os.getpid(), signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WTERMSIG(status) == signal.SIGKILL and sent == len(whole):
            print(number)


def _request(caller: Caller, args: dict[str, str]) -> bytes:
    body = urlencode(args).encode()
    headers = {"Host": f"127.0.0.1:{caller.port}", "Content-Length": len(body)} | caller.headers
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(["POST /api/chat.postMessage HTTP/1.1", *lines, "", ""]).encode() + body


if __name__ == "__main__":
    does, port, token, first, count = sys.argv[1:]
    {"posts": posts, "dies": dies}[does](Caller(int(port), token), int(first), int(count))
