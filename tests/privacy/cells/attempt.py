"""One try at a time: what was seen and what changed, and then all is as it was before."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.home.publishing import Publisher
from bot.home.watching import Watchers
from bot.slack.member import Member
from playground.local_slack import LocalSlack
from playground.local_slack.model import BOT_USER_ID, Answer
from tests.bench import LADDER, Bench
from tests.journal.reacting import reacting_manifest
from tests.one_on_ones.calendars.server import gives, served
from tests.privacy.cells.people import Actor
from tests.privacy.cells.world import (
    WEEKLY_FROM_DECEMBER,
    Ids,
    add_people,
    bench_in,
    furnish,
)
from tests.slack.conftest import Register

Row = tuple[Any, ...]
Tables = dict[str, frozenset[Row]]

SLACKS_OWN = (
    (re.compile(r"\bV\d{4,}[0-9A-F]{6}\b"), "VIEW"),
    (re.compile(r"\b\d{1,4}\.\d+\.[0-9a-f]{32}\b"), "TRIGGER"),
    (re.compile(r"\b\d{10}\.[0-9a-f]{8}\b"), "HASH"),
    (re.compile(r"\b\d{10}\.\d{6}\b"), "TS"),
    (re.compile(r"\b\d{4}-\d\d-\d\dT[\d:.]+\+00:00"), "INSTANT"),
    (re.compile(r"<!date\^[^>]*>"), "DATE"),
    (re.compile(r'"block_id": "[\w-]{6}"'), "BLOCK"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "MADE OF THE ID"),
)


class Watched(ThreadPoolExecutor):
    """The threads in which the bot goes on after Slack has its answer."""

    begun: list[Future[Any]]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        future = super().submit(fn, *args, **more)
        self.begun.append(future)
        return future


class Unhurried(Publisher):
    """Shows an open Home anew within the deed, so that it is among what the try has shown."""

    made: list[Unhurried]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.made.append(self)

    def soon(self, member: Member) -> None:
        self._refresh(member)

    def forget(self) -> None:
        """Nobody has their Home open any more, as when the bot has just begun."""
        self._watchers = Watchers()


@dataclass
class Outcome:
    """What one try came to: all that the one who tried can see, and the rows that differ.

    `answer` is everything that left the bot, without Slack's own ids and times;
    `published` is whether the ladder's files are others now.
    """

    seen: str
    gone: Tables
    new: Tables
    answer: str
    published: bool

    def apart_from_seals(self) -> Outcome:
        """The same without rows in which nothing but the cipher of a text is another."""
        gone = {table: frozenset(map(_unsealed, rows)) for table, rows in self.gone.items()}
        new = {table: frozenset(map(_unsealed, rows)) for table, rows in self.new.items()}
        lost = {table: rows - new[table] for table, rows in gone.items()}
        won = {table: rows - gone[table] for table, rows in new.items()}
        return replace(self, gone=lost, new=won)


def _unsealed(row: Row) -> Row:
    return tuple(None if isinstance(value, bytes) else value for value in row)


class World:
    """The bot, its database and Slack; `attempt` leaves them as they were.

    `calendar` is an address that anybody may give.
    """

    calendar = ""

    def __init__(self, bench: Bench, ids: dict[str, Ids], begun: list[Future[Any]]) -> None:
        """`begun` is what the bot has begun to do in its threads."""
        self.bench = bench
        self.slack = bench.slack
        self.ids = ids
        self._begun = begun
        self.settle()
        self._look = sqlite3.connect(str(bench.bot.database.file), isolation_level=None)
        found = self._look.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self.columns = {name: self._columns(name) for (name,) in found.fetchall()}
        self._at_rest = self._now = self._read()
        self._version = self._data_version()

        folder = bench.settings.ladder_dir
        self._ladder = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        self._ladder_stamps = self._stamps()

    @property
    def folder(self) -> Path:
        """Where the database and the ladder are."""
        return self.bench.settings.ladder_dir.parent

    def attempt(self, actor: Actor, act: Callable[[], Answer | None]) -> Outcome:
        """Lets somebody try something on an empty screen, and tidies up."""
        self._clear()
        calls = len(self.slack.calls)
        answer = act()
        self.settle()
        outcome = self._outcome(actor, answer, calls)
        self.restore()
        return outcome

    def restore(self) -> None:
        """Puts every row back, empties every screen, and closes every Home."""
        self._clear()
        for publisher in Unhurried.made:
            publisher.forget()
        self._put_ladder_back()
        now = self._rows()
        if now == self._at_rest:
            return
        self._look.execute("BEGIN IMMEDIATE")
        for table, rows in self._at_rest.items():
            if now[table] != rows:
                self._look.execute(f"DELETE FROM {table}")
                marks = ", ".join("?" * len(self.columns[table]))
                self._look.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        self._look.execute("COMMIT")
        self._now = self._at_rest
        self.bench.bot.standings.load()

    @contextmanager
    def furnished(self, change: Callable[[World], None] | None) -> Iterator[None]:
        """With something else at rest for a while."""
        before = self._at_rest
        if change:
            change(self)
            self._at_rest = self._rows()
        try:
            yield
        finally:
            self._at_rest = before
            self.restore()

    def _stamps(self) -> dict[Path, tuple[int, int]]:
        files = [each for each in self.bench.settings.ladder_dir.rglob("*") if each.is_file()]
        return {each: (each.stat().st_mtime_ns, each.stat().st_size) for each in files}

    def _put_ladder_back(self) -> None:
        if self._stamps() != self._ladder_stamps:
            for file in self._stamps():
                file.unlink()
            for file, content in self._ladder.items():
                file.write_bytes(content)
            self._ladder_stamps = self._stamps()

    def settle(self) -> None:
        """Waits until the bot has nothing to do any more."""
        while self._begun:
            wait([self._begun.pop()], timeout=30)

    def _clear(self) -> None:
        space = self.slack.workspace
        with space.lock:
            space.messages.clear()
            space.modals.clear()
            space.homes.clear()
            space.refusals.clear()

    def _outcome(self, actor: Actor, answer: Answer | None, calls: int) -> Outcome:
        now = self._rows()
        gone = {table: rows - now[table] for table, rows in self._at_rest.items()}
        new = {table: now[table] - rows for table, rows in self._at_rest.items()}
        shown, files = self._shown(actor.user), self._files(actor.user)
        body = answer.body if answer else ""
        asked = [
            [call.method, call.args]
            for call in self.slack.calls[calls:]
            if call.method not in ("users.info", "users.list")
        ]
        whole = "\n".join([body, *shown, json.dumps(asked, sort_keys=True, default=str)])
        seen = "\n".join([body, *shown, files])
        published = self._stamps() != self._ladder_stamps
        return Outcome(seen, gone, new, self.plain(whole), published)

    def plain(self, text: str) -> str:
        """Without what differs from one payload to the next, and without the ids asked about."""
        for ids in self.ids.values():
            for number, each in enumerate(ids.all):
                text = text.replace(each, f"ID{number}")
        for pattern, word in SLACKS_OWN:
            text = pattern.sub(word, text)
        return text

    def _shown(self, user: str) -> list[str]:
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
            views = [view.body for view in space.modals.get(user, [])]
            home = space.homes.get(user)
        return [json.dumps(each) for each in (*said, *views, *([home.body] if home else []))]

    def _files(self, user: str) -> str:
        files = self.slack.files(user) if user in self.slack.workspace.people else []
        return "\n".join(
            f"{name}\n{content.decode('utf-8', 'replace')}" for name, _, content in files
        )

    def _rows(self) -> Tables:
        """Every row there is; read again only when somebody else has written."""
        version = self._data_version()
        if version != self._version:
            self._now, self._version = self._read(), version
        return self._now

    def _read(self) -> Tables:
        return {
            table: frozenset(self._look.execute(f"SELECT * FROM {table}").fetchall())
            for table in self.columns
        }

    def _data_version(self) -> int:
        found: int = self._look.execute("PRAGMA data_version").fetchone()[0]
        return found

    def _columns(self, table: str) -> list[str]:
        return [row[1] for row in self._look.execute(f"PRAGMA table_info({table})")]


@contextmanager
def a_world(folder: Path, **more: object) -> Iterator[World]:
    """A bot behind its door, Ada's things in its database, and everybody in Slack."""
    Register.kept, Watched.begun, Unhurried.made = [], [], []
    with pytest.MonkeyPatch.context() as patch, LocalSlack(manifest=reacting_manifest()) as slack:
        patch.setattr("bot.parts.Front", Register)
        patch.setattr("bot.slack.front.ThreadPoolExecutor", Watched)
        patch.setattr("bot.home.listeners.Publisher", Unhurried)
        add_people(slack)
        shutil.copytree(LADDER, folder / "ladder")
        more |= {"ladder_dir": folder / "ladder"}
        with bench_in(folder, slack, **more) as bench, served(folder) as calendars:
            calendars.answers[calendars.path] = gives(WEEKLY_FROM_DECEMBER)
            bench.bot.calendars.fetching = calendars.fetching()
            world = World(bench, furnish(bench), Watched.begun)
            world.calendar = calendars.address
            yield world
