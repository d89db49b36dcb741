"""A post office of its own on a local Slack, with both clocks in the test's hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import store
from bot.delivery.desk import Desk
from bot.delivery.model import Parcel, State
from bot.delivery.post_office import PostOffice
from bot.slack.blocks import Message, message
from bot.slack.client import web_client
from bot.slack.member import Member
from bot.storage.database import Database
from bot.storage.migrate import migrate
from playground.local_slack import TEAM_ID, LocalSlack, text_of

NOON = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
KIND = "hello"


class Depot:
    """`now` is the bot's clock, `wall` real time; a parcel's subject is what its message says."""

    def __init__(self, slack: LocalSlack, url: str, api_url: str = "") -> None:
        self.slack = slack
        self.now = NOON
        self.wall = NOON
        self.database = Database(url)
        migrate(self.database)
        self.client = web_client(slack.tokens.bot, api_url or slack.api_url, 2)
        self.desk = Desk(
            self.database,
            self.client,
            TEAM_ID,
            real_time=lambda _tx: self.wall,
            elapsed=lambda: self.wall.timestamp(),
        )
        self.office = PostOffice(self.desk)
        self.office.learn(KIND, self._render)
        self.office.send_due(NOON - timedelta(seconds=1))  # it has been running for a while

    def hand_in(self, subject: str, user: str = "UADA", **times: datetime) -> Parcel:
        """Plans one parcel for now, open for an hour unless `times` say otherwise."""
        window = {"not_before": self.now, "expires_at": self.now + timedelta(hours=1)} | times
        parcel = Parcel(Member(TEAM_ID, user), KIND, f"{user}|{subject}", subject, **window)
        with self.database.write() as tx:
            self.office.accept(tx, parcel)
        return parcel

    def send(self) -> Counter[State]:
        """One round of the post office, at the bot's clock."""
        return self.office.send_due(self.now)

    def later(self, **amount: float) -> None:
        """Lets time pass on both clocks."""
        self.now += timedelta(**amount)
        self.wall += timedelta(**amount)

    def claim(self, parcel: Parcel) -> bool:
        """What a process does right before it touches the wire, or is killed."""
        with self.database.write() as tx:
            lease = self.desk.lease(self.wall)
            held = store.claim_one(tx, parcel, lease)
            return bool(
                held
                and store.keep_channel(
                    tx, held, self.slack.workspace.dm_of(parcel.recipient.user_id).id
                )
                and store.begin(tx, held, self.wall, lease)
            )

    def states(self) -> dict[str, str]:
        """The state of every parcel by its subject, from the table itself."""
        return {row["subject"]: row["state"] for row in self.rows()}

    def rows(self) -> list[dict[str, Any]]:
        """The table, as it is."""
        with self.database.read() as tx:
            return [dict(row) for row in tx.exec_driver_sql("SELECT * FROM parcels").mappings()]

    def got(self, user: str = "UADA") -> list[str]:
        """Ground truth: what really arrived."""
        return [text_of(message) for message in self.slack.dm(user)]

    def _render(self, parcel: Parcel, _now: datetime) -> Message | None:
        if parcel.subject == "poison":
            raise RuntimeError("the words of a private example")
        return None if parcel.subject == "nothing" else message(parcel.subject)


@pytest.fixture
def sqlite_depot(slack: LocalSlack, tmp_path: Path) -> Iterator[Depot]:
    """On SQLite alone, for what no engine can change."""
    running = Depot(slack, f"sqlite:///{tmp_path}/rung.db")
    yield running
    running.database.close()


@pytest.fixture
def depot(slack: LocalSlack, database_url: str) -> Iterator[Depot]:
    """On either engine."""
    running = Depot(slack, database_url)
    yield running
    running.database.close()
