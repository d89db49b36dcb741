"""The routes of the browser page, on the same port as the local Slack."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ..clock import Clock
from ..local_slack import LocalSlack
from ..local_slack.model import Refused
from .acts import ACTS, BadRequest
from .snapshot import snapshot

STATIC = Path(__file__).parent / "static"
LOOK_EVERY_S = 0.08
HEARTBEAT_S = 15.0
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Page:
    """`clock` is set once the bot's clock file has a place; `status` is "" when all is ready."""

    def __init__(self) -> None:
        self.clock: Clock | None = None
        self.status = "Setting up …"
        self._slack: LocalSlack | None = None

    def say(self, status: str) -> None:
        """Tell the terminal and the page what is going on."""
        print(status, flush=True)
        self._set(status)

    def ready(self) -> None:
        self._set("")

    def routes(self, slack: LocalSlack) -> Sequence[BaseRoute]:
        self._slack = slack
        return [
            Route("/", self._index),
            Route("/state", self._state),
            Route("/changes", self._changes),
            Route("/act/{name}", self._act, methods=["POST"]),
            Mount("/static", _Static(directory=STATIC)),
        ]

    def _set(self, status: str) -> None:
        self.status = status
        if self._slack:
            self._slack.workspace.touch()

    async def _index(self, _request: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers=HEADERS)

    async def _state(self, request: Request) -> Response:
        me = request.query_params.get("me", "")
        shown = await run_in_threadpool(snapshot, self._open_slack(), me, self.status)
        return JSONResponse(shown, headers=HEADERS)

    async def _changes(self, request: Request) -> Response:
        """Server-sent events: the workspace's version, each time it is another."""
        stream = self._versions(request)
        return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)

    async def _versions(self, request: Request) -> AsyncIterator[str]:
        workspace = self._open_slack().workspace
        told, quiet_s = -1, 0.0
        while not await request.is_disconnected():
            if workspace.version != told:
                told, quiet_s = workspace.version, 0.0
                yield f"data: {told}\n\n"
            elif quiet_s > HEARTBEAT_S:
                quiet_s = 0.0
                yield ": still here\n\n"
            await asyncio.sleep(LOOK_EVERY_S)
            quiet_s += LOOK_EVERY_S

    async def _act(self, request: Request) -> Response:
        if request.headers.get("origin") != f"http://{request.headers.get('host')}":
            return _no(403, "This can only be done from the playground's own page.")
        act = ACTS.get(request.path_params["name"])
        if act is None:
            return _no(404, "The playground knows no such act.")
        try:
            wanted: Any = json.loads(await request.body())
            done = await run_in_threadpool(act, self._open_slack(), self.clock, wanted)
        except Refused as refused:
            return _no(400, f"That did not work: {refused.error.replace('_', ' ')}.")
        except (BadRequest, LookupError, ValueError, TypeError) as problem:
            return _no(400, str(problem))
        return JSONResponse(done, headers=HEADERS)

    def _open_slack(self) -> LocalSlack:
        if self._slack is None:
            raise RuntimeError("The page was served before the workspace was open.")
        return self._slack


class _Static(StaticFiles):
    async def get_response(self, path: str, scope: Any) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(HEADERS)
        return response


def _no(status: int, sentence: str) -> Response:
    return JSONResponse({"trouble": sentence}, status_code=status, headers=HEADERS)
