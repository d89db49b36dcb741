"""The bot on a bench: assembled for real, served over HTTP, its clock in the test's hand."""

from __future__ import annotations

import threading
from concurrent.futures import Future, wait
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from socketserver import ThreadingMixIn
from types import TracebackType
from typing import Any, Self
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from bot.delivery.model import Patience
from bot.ladder.files.loading import read
from bot.people.roster import Placement
from bot.settings import Settings
from bot.slack.member import Member
from bot.storage.crypto import new_key
from bot.wiring import Rung, assemble
from playground.local_slack import LocalSlack, text_of
from playground.local_slack.model import Answer, Message, View
from tests.migrated import lay_out

ROOT = Path(__file__).resolve().parents[1]
LADDER = ROOT / "ladder_data"
TRACK = "security-operations"
PATIENCE_SECONDS = 60
"""Spent only where a test fails, or where the machine stands still; nothing waits so long."""
CONSEQUENCES_SECONDS = 5

read_once = cache(read)
"""Our own ladder does not change while tests run, and reading it takes half of an assembly."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class Bench:
    """`bot` is the assembled Rung; the other methods are what a test wants to say in one line."""

    def __init__(self, slack: LocalSlack, database_url: str, folder: Path, **more: object) -> None:
        """`more` are further settings, by their names in the bot."""
        self.slack = slack
        self.clock_file = folder / "clock"
        given = {
            "bot_token": slack.tokens.bot,
            "signing_secret": slack.signing_secret,
            "api_url": slack.api_url,
            "database_url": database_url,
            "ladder_dir": LADDER,
            "keys": () if database_url.startswith("sqlite") else (new_key(),),
            "clock_file": self.clock_file,
            "spread_seconds": 0,
        }
        self.settings = Settings(_env_file=None, **given | more)  # type: ignore[arg-type]
        if not self.settings.keys:
            lay_out(database_url)
        ours = self.settings.ladder_dir == LADDER
        self.bot: Rung = assemble(self.settings, read_once if ours else read)
        self._begun: list[Future[Any]] = []
        self._note_what_is_begun()

    def __enter__(self) -> Self:
        self.bot.standings.load()
        self._server = make_server(
            "127.0.0.1", 0, self.bot.entrance(), server_class=_Server, handler_class=_Quiet
        )
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.http = self.slack.connect_http(f"{self.url}/slack/events")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self.bot.front.app.listener_runner.listener_executor.shutdown()  # once all is done
        self.bot.database.close()

    def member(self, user: str) -> Member:
        """The person as the bot knows them."""
        return Member(self.bot.identity.team_id, user)

    def set_clock(self, instant: str) -> datetime:
        """Moves the bot's clock to an ISO instant with a zone, and Slack's along with it."""
        moment = datetime.fromisoformat(instant).astimezone(UTC)
        offset = (moment - datetime.now(UTC)).total_seconds()
        self.clock_file.write_text(str(offset), encoding="ascii")
        return moment

    def tick(self, instant: str) -> int:
        """One heartbeat at that instant; returns how many messages were sent.

        What was pressed before has its consequences first, or it may send the heartbeat's messages.
        """
        wait(self._begun, CONSEQUENCES_SECONDS)
        return self.bot.tick(self.set_clock(instant))

    def _note_what_is_begun(self) -> None:
        executor = self.bot.front.app.listener_runner.listener_executor
        submit = executor.submit

        def noted(*given: Any, **named: Any) -> Future[Any]:
            begun = submit(*given, **named)
            self._begun.append(begun)
            return begun

        executor.submit = noted  # type: ignore[method-assign]

    def settle_at_once(self) -> None:
        """Believes Slack's history without waiting: the next ticks settle what is in doubt."""
        self.bot.desk.patience = Patience(settle=0, recheck=0)

    def end_pause(self) -> None:
        """Lets a pause that Slack asked for be over, without waiting for real time."""
        self.bot.desk.cut_off_until = 0
        with self.bot.database.write() as tx:
            tx.exec_driver_sql("UPDATE delivery_offices SET paused_until = NULL")

    def place(
        self, user: str, level: str = "L3", manager: str = "", zone: str = "Europe/Berlin"
    ) -> None:
        """Places somebody as an import does."""
        rows = [Placement(user, TRACK, level, manager, zone)]
        self.bot.people.place_many(self.bot.identity.team_id, rows, self.bot.now())

    def say(self, user: str, typed: str) -> str:
        """Types a command and gives back the text of the answer."""
        answer = self.slack.command(user, typed)
        assert answer.ok, answer
        return text_of(answer.message) if answer.message else ""

    def modal(self, user: str, title: str = "") -> View:
        """The modal on top, once it is there (and, if given, has the title)."""

        def there() -> bool:
            view = self.slack.modal(user)
            return view is not None and title in ("", view.title)

        assert self.slack.wait_for(there, PATIENCE_SECONDS), f"no modal {title} for {user}"
        view = self.slack.modal(user)
        assert view is not None
        return view

    def log(
        self, user: str, text: str, competency: str = "🌱 Teaching and Mentoring", **more: str
    ) -> Answer:
        """Logs an example as a person would, and closes the confirmation."""
        self.slack.command(user, "/ladder log")
        self.modal(user, "Log an example")
        fields = {"Competency": competency, "What happened": text} | more
        answer = self.slack.submit(user, fields)
        assert not answer.errors, answer.errors
        self.slack.close_modal(user)
        return answer

    def forge(self, user: str, where: Message | View, action_id: str, value: str = "") -> Answer:
        """Presses a button that the bot never drew, as only a tampered client could."""
        element = {"type": "button", "action_id": action_id, "value": value, "text": {}}
        block = {"type": "actions", "block_id": "forged", "elements": [element]}
        if isinstance(where, View):
            return self.slack.people.act_on_view(user, where, block, element, None)
        return self.slack.people.act_on_message(user, where, block, element, None)

    def sees(self, user: str) -> str:
        """All that stands on somebody's screen: the messages with the bot, and the open modal."""
        modal = self.slack.modal(user)
        texts = [text_of(message) for message in self.slack.dm(user)]
        return "\n".join([*texts, text_of(modal) if modal else ""])

    def hears(self, user: str, words: str) -> str:
        """Waits until the words are on somebody's screen, and gives back all that is there."""
        there = self.slack.wait_for(lambda: words in self.sees(user), PATIENCE_SECONDS)
        assert there, f"{words!r} is not in: {self.sees(user)}"
        return self.sees(user)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """What a table holds, as the database gives it, sealed text sealed."""
        with self.bot.database.read() as tx:
            found = tx.exec_driver_sql(f"SELECT * FROM {table}").mappings()
            return [dict(row) for row in found]

    def dm(self, user: str, number: int) -> str:
        """The text of the last of `number` direct messages, once they are there."""
        there = self.slack.wait_for(lambda: len(self.slack.dm(user)) >= number, PATIENCE_SECONDS)
        assert there, f"{len(self.slack.dm(user))} messages for {user} instead of {number}"
        return text_of(self.slack.dm(user)[-1])
