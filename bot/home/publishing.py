"""Puts a Home tab before its person: at once for who opens it, soon for who has it open."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from queue import SimpleQueue
from typing import Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.home.watching import Budget, Watcher, Watchers
from bot.logs import happened, raised
from bot.slack.answers import error_code, refuses_picture
from bot.slack.blocks import View
from bot.slack.member import Member

log = logging.getLogger(__name__)

PAUSE_SECONDS = 30.0


class Draw(Protocol):
    """Draws the Home of a member as it stands now."""

    def __call__(self, member: Member, page: int, *, with_picture: bool) -> View:
        """`page` is that of the people whom they meet."""


class Publisher:
    """Shows nobody a Home whom the door would refuse, and nobody the same Home twice by itself.

    What follows from somebody's deeds, or reaches them, is shown by one thread, one after another:
    no acknowledgement and no delivery waits for it, and ten deeds in a row are shown once or twice.
    Each process knows only of those who opened their Home with it.
    """

    def __init__(
        self,
        client: WebClient,
        draw: Draw,
        picture_refused: Callable[[Member], None],
        lets_in: Callable[[Member], bool],
        quietly: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """`client` must not retry by itself; `lets_in` tells who may use Rung.

        What is looked up `quietly` leaves no trace, as of somebody who has just been erased.
        """
        self._quietly = quietly
        self._client = client
        self._draw = draw
        self._picture_refused = picture_refused
        self._lets_in = lets_in
        self._watchers = Watchers()
        self._budget = Budget()
        self._waiting: set[Member] = set()
        self._queue: SimpleQueue[Member] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def open(self, member: Member, page: int = 0) -> None:
        """Shows it now, to whom the door has let in; raises what Slack answers."""
        watcher = self._watchers.join(member)
        with watcher.lock:
            watcher.page, watcher.seen = page, ""
            self._show(member, watcher)

    def remember(self, member: Member, page: int) -> None:
        """Somebody has their Home open on that page, maybe since before this process started."""
        if self._watchers.find(member) is None:
            self._watchers.join(member).page = page

    def soon(self, member: Member) -> None:
        """Something changed for somebody; whoever has their Home open sees it in a moment."""
        if self._watchers.find(member) is None:
            return
        with self._lock:
            if member in self._waiting:
                return
            self._waiting.add(member)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="home", daemon=True)
                self._thread.start()
        self._queue.put(member)

    def _work(self) -> None:
        while True:
            member = self._queue.get()
            time.sleep(self._budget.wait(time.monotonic()))
            with self._lock:
                self._waiting.discard(member)
            self._refresh(member)

    def _refresh(self, member: Member) -> None:
        """Whatever goes wrong, the next deed brings the next try."""
        try:
            watcher = self._watchers.find(member)
            if watcher is None:
                return
            with self._quietly():
                self._refresh_for(member, watcher)
        except SlackApiError as error:
            self._not_shown(member, error)
        except Exception as error:
            log.warning(happened("home_not_shown", **raised(error)))

    def _refresh_for(self, member: Member, watcher: Watcher) -> None:
        if not self._lets_in(member):
            self._watchers.leave(member)
            return
        with watcher.lock:
            self._show(member, watcher)

    def _not_shown(self, member: Member, error: SlackApiError) -> None:
        code = error_code(error)
        log.warning(happened("home_not_shown", code=code or "unreadable"))
        if code == "ratelimited":
            self._budget.pause(time.monotonic(), _retry_after(error))
            self.soon(member)

    def _show(self, member: Member, watcher: Watcher) -> None:
        """With the watcher's lock held, so that what was drawn first is shown first."""
        view = self._draw(member, watcher.page, with_picture=True)
        digest = hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()
        if digest == watcher.seen:
            return
        watcher.seen = ""
        try:
            self._client.views_publish(user_id=member.user_id, view=view)
            watcher.seen = digest
        except SlackApiError as error:
            if not refuses_picture(error):
                raise
            log.warning(happened("picture_refused", code=error_code(error)))
            self._show_without_picture(member, watcher.page)

    def _show_without_picture(self, member: Member, page: int) -> None:
        self._picture_refused(member)
        plain = self._draw(member, page, with_picture=False)
        self._client.views_publish(user_id=member.user_id, view=plain)


def _retry_after(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", None) or {}
    said = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    return float(said) if said.isdigit() else PAUSE_SECONDS
