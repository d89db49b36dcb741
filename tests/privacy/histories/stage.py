"""The real bot and a local Slack, which every history finds empty."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.slack.front import Front
from bot.storage.schema import metadata
from playground.local_slack import LocalSlack, read_manifest
from playground.local_slack.model import BOT_USER_ID, Answer, Message, View
from tests.bench import ROOT, Bench
from tests.privacy.histories.canaries import Canaries
from tests.privacy.histories.cast import ADMIN, EVERYBODY, KINDS

START = datetime.fromisoformat("2026-12-01T10:00:00+01:00")
WHOLE_SETTLED_S = 30
PASSING = frozenset({"deeds", "readings", "accounts", "revisions", "coverage_pictures"})
"""What looking alone may write: what was done once, who read what, that a picture was sent."""


class Watched(ThreadPoolExecutor):
    """The threads in which the bot goes on after Slack has its answer."""

    begun: list[Future[Any]]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        future = super().submit(fn, *args, **more)
        self.begun.append(future)
        return future


class Desk(Front):
    """The front desk, knowing one word of each few that mean the same."""

    chosen: list[str]

    def words(self, words: Iterable[str], **halves: Any) -> None:
        same = sorted(words)
        self.chosen.append(same[0])
        super().words(same, **halves)


class Stage:
    """What people do here is over when the call is: nothing goes on in a thread."""

    def __init__(self, bench: Bench, begun: list[Future[Any]], words: list[str]) -> None:
        """`begun` is what the bot has begun to do in its threads; `words` are those of /ladder."""
        self.bench = bench
        self.slack = bench.slack
        self.canaries = Canaries()
        self.words = words
        self.now = START
        self._begun = begun
        self._at_rest = {name for name in metadata.tables if bench.rows(name)}

    # acting

    def settle(self) -> None:
        """Waits until the bot has nothing to do any more."""
        while self._begun:
            wait([self._begun.pop()], timeout=WHOLE_SETTLED_S)

    def done(self, answer: Answer) -> Answer:
        """The answer, once all that follows from it has happened."""
        self.settle()
        return answer

    def command(self, user: str, typed: str) -> Answer:
        """Types a command on an empty screen."""
        self.clear_screen(user)
        return self.done(self.slack.command(user, typed))

    def submit(self, user: str, fields: dict[str, Any] | None = None) -> Answer:
        """Submits the modal on top."""
        answer = self.done(self.slack.submit(user, fields))
        assert not answer.errors, answer.errors
        return answer

    def press(self, user: str, where: Message | View, button: str, index: int = 0) -> Answer:
        """Presses a button by its label, action id or value."""
        return self.done(self.slack.press(user, where, button, index))

    def modal(self, user: str) -> View:
        """The modal on top."""
        view = self.slack.modal(user)
        assert view is not None, f"{user} has no modal"
        return view

    def clear_screen(self, user: str) -> None:
        """Closes whatever is open, as somebody does who has done enough."""
        self.slack.workspace.modals.pop(user, None)

    def passes(self, **span: float) -> None:
        """Time goes by, and then the heart beats until nothing is left to send."""
        self.now += timedelta(**span)
        self.bench.tick(self.now.isoformat())
        self.settle()

    # looking

    def shown(self, user: str) -> str:
        """All that Slack holds for that person now, as it came from the bot."""
        space = self.slack.workspace
        with space.lock:
            rooms = {each.id for each in space.channels.values() if user in each.members}
            said = [
                message.payload()
                for message in space.messages
                if message.channel in rooms
                and message.only_for in (None, user)
                and message.author == BOT_USER_ID
            ]
            views = [view.payload() for view in space.modals.get(user, [])]
            home = space.homes.get(user)
        whole = [*said, *views, *([home.payload()] if home else [])]
        return "\n".join(json.dumps(each, default=str) for each in whole)

    def messages(self, user: str) -> list[Message]:
        """What stands in their conversation with the bot, from the bot."""
        return [each for each in self.slack.dm(user) if each.author == BOT_USER_ID]

    def take_away(self, messages: Iterable[Message]) -> None:
        """They were looked at, and would only be looked at again and again."""
        with self.slack.workspace.lock:
            for message in messages:
                self.slack.workspace.messages.remove(message)

    def put_back(self, message: Message) -> None:
        """It stands there again, if it was taken away."""
        space = self.slack.workspace
        with space.lock:
            if space.messages.find(message.channel, message.ts) is None:
                space.messages.add(message)

    def rows(self) -> dict[str, list[str]]:
        """What is kept, apart from what looking alone may write."""
        names = sorted(metadata.tables.keys() - PASSING)
        return {name: sorted(map(str, self.bench.rows(name))) for name in names}

    # between histories

    def empty(self) -> None:
        """Nobody has done anything yet."""
        self.settle()
        with self.bench.bot.database.write() as tx:
            for table in reversed(metadata.sorted_tables):
                if table.name not in self._at_rest:
                    tx.execute(table.delete())
        space = self.slack.workspace
        with space.lock:
            space.messages.clear()
            space.modals.clear()
            space.homes.clear()
            space.refusals.clear()
            space.calls.clear()
        self.now = START
        self.bench.set_clock(START.isoformat())
        self.bench.bot.standings.load()


@contextmanager
def a_stage(folder: Path, database_url: str) -> Iterator[Stage]:
    """The bot behind its door, and everybody in Slack."""
    Watched.begun, Desk.chosen = [], []
    with (
        pytest.MonkeyPatch.context() as patch,
        LocalSlack(manifest=read_manifest(ROOT / "app.yaml")) as slack,
    ):
        patch.setattr("bot.slack.front.ThreadPoolExecutor", Watched)
        patch.setattr("bot.parts.Front", Desk)
        for user in EVERYBODY:
            email = f"{user}@example.com".casefold()
            slack.add_user(user, user.casefold(), user.title(), email, **KINDS.get(user, {}))
        slack.add_channel("sec-ops", [*EVERYBODY, BOT_USER_ID])
        more = {"admins": frozenset({ADMIN}), "sends_per_minute": 100_000.0}
        with Bench(slack, database_url, folder, **more) as bench:
            bench.settle_at_once()
            bench.bot.advice.prepare()
            yield Stage(bench, Watched.begun, Desk.chosen)
