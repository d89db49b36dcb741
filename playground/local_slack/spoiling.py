"""Answers spoilt on the wire: reset, cut short, or something other than Slack's JSON."""

from __future__ import annotations

import asyncio
import socket
import struct

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from .faults import SERVER_ERROR, THROTTLED, Fault

PAGE = "<!DOCTYPE html><title>Slack</title><p>Something went wrong on our end."
NO_LINGER = struct.pack("ii", 1, 0)


class CuttableProtocol(H11Protocol):
    """HTTP whose handlers can cut the line: `request.state.line` is the connection itself."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {**self.app_state, "line": transport}
        super().connection_made(transport)


class CutShort(Response):
    """Promises the length of a whole answer, sends half of it, and hangs up."""

    def __init__(self, whole: Response) -> None:
        super().__init__(whole.body, whole.status_code)
        self.raw_headers = whole.raw_headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"status": self.status_code, "headers": self.raw_headers}
        half = bytes(self.body[: len(self.body) // 2])
        await send({"type": "http.response.start", **start})
        await send({"type": "http.response.body", "body": half, "more_body": True})
        scope["state"]["line"].close()
        while (await receive())["type"] != "http.disconnect":
            continue


def spoilt(request: Request, fault: Fault, whole: Response | None = None) -> Response:
    """What comes instead of an answer; `whole` is the one that a deed has brought about."""
    if fault.cut_short and whole is not None:
        return CutShort(whole)
    if fault.not_json:
        return Response(PAGE, media_type="text/html")
    if fault.reset:
        return _reset(request)
    return _refusal(fault)


def is_unread(request: Request) -> bool:
    """Whether the caller has gone and nobody is there to read an answer."""
    line: asyncio.Transport = request.state.line
    return line.is_closing()


def _reset(request: Request) -> Response:
    """RST instead of an answer: what lies unread at either end is thrown away."""
    line: asyncio.Transport = request.state.line
    if not line.is_closing():
        line.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        line.abort()
    return Response()


def _refusal(fault: Fault) -> Response:
    status = fault.status or 200
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
    if status >= SERVER_ERROR:
        return Response("", status_code=status, headers=headers)
    error = fault.error or ("ratelimited" if status == THROTTLED else "internal_error")
    return JSONResponse({"ok": False, "error": error}, status_code=status, headers=headers)
