"""The one port: Web API, response URLs, Socket Mode, and whatever pages are served beside them."""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
import threading
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, quote

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from .faults import Fault, Faults
from .files import Shelf
from .model import APP_ID, Refused
from .replies import note_refusal, use_response_url
from .spoiling import CuttableProtocol, is_unread, spoilt
from .transports import SocketTransport
from .triggers import ReplyAddresses
from .web_api.arguments import Arguments
from .web_api.desk import Desk, refusal_body

LOOPBACK = ["127.0.0.1", "localhost"]
UNREAD = "unread"
NO_FAULT = Fault()


class SlackEndpoints:
    def __init__(
        self,
        desk: Desk,
        faults: Faults,
        replies: ReplyAddresses,
        shelf: Shelf,
        sockets: SocketTransport,
    ) -> None:
        self._desk = desk
        self._faults = faults
        self._replies = replies
        self._shelf = shelf
        self._sockets = sockets
        self._lines: list[WebSocket] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self.tickets: set[str] = set()

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/api/{method}", self.web_api, methods=["GET", "POST"]),
            Route("/actions/{key}", self.response_url, methods=["POST"]),
            Route("/upload/v1/{ticket}", self.upload, methods=["POST"]),
            Route("/files/{file_id}", self.download),
            WebSocketRoute("/link/", self.socket),
        ]

    async def web_api(self, request: Request) -> Response:
        method = request.path_params["method"]
        args = await _arguments(request)
        token = _token(request, args)
        fault = self._faults.take(method) or NO_FAULT
        await asyncio.sleep(fault.delay_s)
        if fault.kind and not fault.after:
            return spoilt(request, fault)
        answer = await run_in_threadpool(self._desk.answer, method, token, args)
        await asyncio.sleep(fault.answer_delay_s)
        lost = UNREAD if is_unread(request) else fault.kind
        if lost and answer["ok"] and method == "chat.postMessage":
            self._desk.workspace.answer_lost(answer["channel"], answer["ts"], lost)
        whole = JSONResponse(answer, headers=self._desk.headers(token))
        return spoilt(request, fault, whole) if fault.kind else whole

    async def upload(self, request: Request) -> Response:
        """The bytes of one file, as they are (Slack would take a form, too)."""
        content = await request.body()
        fault = self._faults.take("upload")
        if fault:
            return spoilt(request, fault)
        try:
            self._shelf.take(request.path_params["ticket"], content)
        except Refused as refused:
            return Response(refused.error, status_code=400, media_type="text/plain")
        return Response(f"OK - {len(content)}", media_type="text/plain")

    async def download(self, request: Request) -> Response:
        """A file for whoever knows its address; it is saved, never shown as a page."""
        try:
            file = self._shelf.whole(request.path_params["file_id"])
        except Refused:
            return Response("There is no such file.", status_code=404, media_type="text/plain")
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(file.content, media_type=file.mimetype, headers=headers)

    async def response_url(self, request: Request) -> Response:
        body = await request.body()
        return await run_in_threadpool(self._reply, request.path_params["key"], body)

    def _reply(self, key: str, body: bytes) -> Response:
        workspace = self._desk.workspace
        try:
            use_response_url(workspace, self._replies.use(key), body)
        except Refused as refused:
            note_refusal(workspace, "response_url", refused)
            gone = refused.error in ("used_url", "expired_url", "invalid_url")
            return JSONResponse(refusal_body(refused), status_code=404 if gone else 400)
        return Response("ok", media_type="text/plain")

    # Socket Mode

    async def socket(self, line: WebSocket) -> None:
        ticket = line.query_params.get("ticket", "")
        if ticket not in self.tickets:
            await line.close(4403)
            return
        self.tickets.discard(ticket)
        await line.accept()
        await line.send_text(_hello(len(self._lines) + 1))
        loop = self._loop = asyncio.get_running_loop()

        def send(text: str) -> None:
            asyncio.run_coroutine_threadsafe(line.send_text(text), loop).result(5)

        self._lines.append(line)
        self._sockets.sockets.append(send)
        self._desk.workspace.touch()
        try:
            while True:
                self._sockets.received(await line.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._lines.remove(line)
            if send in self._sockets.sockets:
                self._sockets.sockets.remove(send)

    def disconnect(self, reason: str) -> None:
        """Tell every socket to go, as Slack does every few hours, and use none of them again."""
        said = json.dumps({"type": "disconnect", "reason": reason, "debug_info": {}})
        self._sockets.sockets.clear()
        for line in list(self._lines):
            if self._loop:
                asyncio.run_coroutine_threadsafe(_send_away(line, said), self._loop).result(5)

    def new_ticket(self) -> str:
        ticket = secrets.token_urlsafe(16)
        self.tickets.add(ticket)
        return ticket


class Server:
    """uvicorn in a thread of its own; raises OSError when the port is taken."""

    def __init__(self, port: int) -> None:
        self._listening = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listening.getsockname()[1]
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self, routes: Sequence[BaseRoute]) -> None:
        trusted = Middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK, www_redirect=False)
        app = Starlette(
            routes=list(routes),
            middleware=[trusted],
            exception_handlers={ClientDisconnect: _gone},
        )
        config = uvicorn.Config(
            app,
            http=CuttableProtocol,
            ws="websockets-sansio",
            lifespan="off",
            log_level="error",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._listening],), name="local-slack", daemon=True
        )
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def stop(self, *, wait: bool = True) -> None:
        """Without `wait`, the thread closes the port by itself, a fraction of a second later."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._server.force_exit = True
            if not wait:
                return
            self._thread.join(5)
        self._listening.close()


async def _send_away(line: WebSocket, said: str) -> None:
    await line.send_text(said)
    await line.close()


async def _gone(_request: Request, _error: Exception) -> Response:
    """Nothing is done for a caller who was cut off in the middle of what they asked."""
    return Response()


async def _arguments(request: Request) -> Arguments:
    args = Arguments(request.query_params)
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        args.update(_object(body))
    else:
        args.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return args


def _object(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _token(request: Request, args: Arguments) -> str:
    header = request.headers.get("authorization", "")
    return header.removeprefix("Bearer ") if header.startswith("Bearer ") else args.get("token", "")


def _hello(connections: int) -> str:
    return json.dumps(
        {
            "type": "hello",
            "num_connections": connections,
            "debug_info": {"host": "playground", "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }
    )
