"""The one place where parts are chosen and joined."""

from __future__ import annotations

import gc
import logging
import zoneinfo
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from slack_sdk import WebClient

from bot.clock import wall
from bot.delivery.model import State
from bot.hearing import join_listeners
from bot.heartbeat import Beat, start_heartbeat
from bot.ladder.files.loading import Reading, read
from bot.ladder.living import LOOK_SECONDS, LivingLadder
from bot.ladder.model import Problem
from bot.logs import happened, set_up_logging
from bot.parts import Parts
from bot.people.standings import CATCH_UP_SECONDS
from bot.settings import JSON_LINES, Refusal, Settings, load_settings
from bot.slack.client import standing_refusal, web_client, who_are_we
from bot.slack.server import Entrance, end_when_told, end_with_parent
from bot.slack.socket_mode import SocketMode, check_app_token, connect
from bot.storage.canary import prove_keys
from bot.storage.database import Database, DatabaseError
from bot.storage.keys import load_key_ring
from bot.storage.lock import HeartbeatLock
from bot.storage.migrate import migrate
from bot.storage.once import forget_before

log = logging.getLogger(__name__)

TIDY_SECONDS = 3600
CALENDARS_SECONDS = 60
DEEDS_KEPT = timedelta(days=30)

Reader = Callable[[Path], Reading]


class LadderBroken(Refusal):
    """The ladder directory cannot be used; `problems` name file, line and remedy."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Rung(Parts):
    """The bot, joined up: its parts, its listeners, and what a heartbeat does."""

    _socket: SocketMode | None = None

    def tidy(self, now: datetime) -> None:
        """Drops what has served: drafts and calendars that nobody decided about, and old deeds."""
        self.drafts.forget_old(now)
        self.calendars.forget_offers(now)
        with self.database.write() as tx:
            forget_before(tx, now - DEEDS_KEPT)

    def tick(self, now: datetime) -> int:
        """Plans and sends what is due at `now`; returns how many messages were sent."""
        self.reminders.plan_due(now)  # before the nudges, with which they share a slot
        self.nudges.plan_due(now)
        self.pairs.plan_due(now)
        self.alarm.ring(now)
        return self.post_office.send_due(now)[State.SENT]

    def problems(self) -> Mapping[str, str]:
        """What is not ready, by part; empty while all is well."""
        problems = dict(super().problems())
        if self._socket and not self._socket.client.is_connected():
            problems["slack"] = "The connection to Slack is down; it is being opened again."
        return problems

    def notes(self) -> Mapping[str, str]:
        """What the operator should know although the bot serves, by part."""
        told = {"ladder": self.living.note()}
        with suppress(DatabaseError):  # a problem, and told as one
            queue = self.post_office.queue(self.now())
            told["sending"] = standing_refusal(queue.pause_reason) if queue.paused_until else ""
        return {part: note for part, note in told.items() if note}

    def preflight(self) -> None:
        """Asks whether Slack and the database would let us run, and lets go of both again.

        Raises SlackStartError or DatabaseError.
        """
        if self.settings.socket_mode:
            check_app_token(self._app_client())
        HeartbeatLock(self.database).release()
        self.database.close()

    def open(self) -> Entrance:
        """Starts the heartbeat, joins Slack, and gives the application that `PORT` serves."""
        self._lock = HeartbeatLock(self.database)
        self.standings.load()
        self.advice.prepare()
        start_heartbeat(
            Beat("tick", lambda: self.tick(self.now()), self.settings.heartbeat_seconds),
            Beat("ladder", self.living.look, LOOK_SECONDS),
            Beat("advice", self.advice.prepare, LOOK_SECONDS),
            Beat("standings", self.standings.catch_up, CATCH_UP_SECONDS),
            Beat("calendars", lambda: self.calendars.read_due(self.now()), CALENDARS_SECONDS),
            Beat("tidy", lambda: self.tidy(self.now()), TIDY_SECONDS),
            watch=self.metrics.beat,
        )
        if self.settings.socket_mode:
            self._socket = connect(self.front.app, self._app_client())
        return self.entrance()

    def entrance(self) -> Entrance:
        """What `PORT` serves: Slack's requests only where they come by HTTP."""
        app = None if self.settings.socket_mode else self.front.app
        return Entrance(app, self.problems, self.notes, self.metrics.application)

    def _app_client(self) -> WebClient:
        settings = self.settings
        return web_client(settings.app_token, settings.api_url, settings.http_timeout_seconds)


def assemble(settings: Settings, reader: Reader = read) -> Rung:
    """Opens the database, reads the ladder, asks Slack who we are, and joins the bot.

    Raises DatabaseError, LadderBroken or SlackStartError, each with a sentence to print.
    """
    zoneinfo.reset_tzpath(())  # the tzdata package, not whatever the system has
    living = open_ladder(settings, reader)
    database = Database(settings.database_url)
    fresh = migrate(database)
    keys = load_key_ring(database, settings.keys, fresh=fresh)
    client = web_client(settings.bot_token, settings.api_url, settings.http_timeout_seconds)
    identity = who_are_we(client)
    prove_keys(database, keys, identity.team_id)
    rung = Rung(settings, database, keys, living, client, identity)
    join_listeners(rung)
    return rung


def open_ladder(settings: Settings, reader: Reader = read) -> LivingLadder:
    """The ladder to serve, which then follows its files; raises LadderBroken."""
    reading = reader(settings.ladder_dir)
    if reading.ladder is None or not reading.ladder.tracks:
        raise LadderBroken(reading.problems)
    for problem in reading.problems:
        log.warning(happened("ladder_problem", text=str(problem)))
    return LivingLadder(settings.ladder_dir, reading, wall)


def http_entrance() -> Entrance:
    """What the server's worker runs: the bot from the environment, with its heartbeat."""
    end_when_told()
    settings = load_settings()
    set_up_logging(as_json=settings.log == JSON_LINES)
    end_with_parent()
    entrance = assemble(settings).open()
    gc.collect()
    gc.freeze()  # or each full collection looks through all that was imported, some 50 ms
    return entrance
