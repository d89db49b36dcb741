"""What the post office of the version before left in its table goes on under this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.delivery.model import Parcel
from bot.delivery.wire import post
from bot.slack.blocks import message
from bot.slack.client import web_client
from bot.slack.member import Member
from bot.storage import migrate as migrating
from bot.storage.database import Database
from bot.storage.migrate import migrate
from playground.local_slack import TEAM_ID, LocalSlack
from tests.delivery.conftest import KIND, NOON, Depot

INSERT = text(
    "INSERT INTO parcels (team_id, id, key, recipient_id, kind, subject, state, reason, attempts,"
    " not_before, expires_at, claimed_at, channel_id, message_ts) VALUES (:team, :id, :key, 'UADA',"
    " :kind, :subject, :state, '', 1, '2026-12-03 12:00:00', '2026-12-03 18:00:00',"
    " '2026-12-03 12:00:01', :channel, :ts)"
)
ROWS = {
    "waits": ("ready", False),
    "lost with its process": ("sending", False),
    "posted, not noted": ("sending", True),
    "was sent": ("sent", True),
    "taken back, not posted": ("recalled", False),
    "taken back, posted": ("recalled", True),
    "taken back before": ("suppressed", False),
}
"""By subject: the state it was left in, and whether Slack had posted it."""


@dataclass
class Older:
    """A database as the version before left it; what it had posted stands in Slack."""

    slack: LocalSlack
    database: Database

    def leave(self, subject: str, state: str, posted: bool) -> None:
        """One row."""
        times = (NOON, NOON + timedelta(hours=6))
        parcel = Parcel(Member(TEAM_ID, "UADA"), KIND, f"UADA|{subject}", subject, *times)
        channel = self.slack.workspace.dm_of("UADA").id
        if posted:
            client = web_client(self.slack.tokens.bot, self.slack.api_url, 2)
            outcome = post(client, channel, parcel, message(subject))
        known = state == "sent"
        values = {
            "team": TEAM_ID, "id": parcel.id, "key": parcel.key, "kind": KIND, "subject": subject,
            "state": state, "channel": channel if known else None,
            "ts": outcome.columns["message_ts"] if known else None,
        }  # fmt: skip
        with self.database.write() as tx:
            tx.execute(INSERT, values)


@pytest.fixture
def older(slack: LocalSlack, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Older]:
    database = Database(database_url)
    with monkeypatch.context() as before:
        before.setattr(migrating, "HEAD", "0009")
        migrate(database)
    left = Older(slack, database)
    for subject, (state, posted) in ROWS.items():
        left.leave(subject, state, posted)
    yield left
    database.close()


def test_nothing_that_was_left_is_lost_or_sent_twice(older: Older, database_url: str) -> None:
    depot = Depot(older.slack, database_url)
    render = depot.desk.kinds[KIND].render
    depot.office.learn(KIND, render, instead=lambda _: message("no longer here"))
    depot.later(seconds=2)
    for _ in range(4):
        depot.send()
        depot.later(minutes=2)
    assert depot.states() == {
        "waits": "sent",
        "lost with its process": "sent",
        "posted, not noted": "sent",
        "was sent": "sent",
        "taken back, not posted": "suppressed",
        "taken back, posted": "closed",
        "taken back before": "suppressed",
    }
    arrived = ["lost with its process", "no longer here", "posted, not noted", "waits", "was sent"]
    assert sorted(depot.got()) == arrived
    depot.database.close()
