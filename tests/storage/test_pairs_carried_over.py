"""One-on-ones of the version before pairs: kept, planned anew, and no pre-read comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage import migrate as migrating
from bot.storage.crypto import new_key
from bot.storage.database import Database
from bot.storage.migrate import migrate
from playground.local_slack import LocalSlack
from playground.local_slack.model import TEAM_ID
from tests.bench import TRACK, Bench


@pytest.fixture
def upgraded(
    slack: LocalSlack, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """A bot that finds a database of 0011: Ada meets Mia on Mondays, Ben prepares alone."""
    database = Database(database_url)
    with monkeypatch.context() as before:
        before.setattr(migrating, "HEAD", "0011")
        migrate(database)
    with database.write() as tx:
        for user in ("UADA", "UBEN"):
            tx.execute(text(PERSON), {"team": TEAM_ID, "user": user})
        tx.execute(text(MANAGER), {"team": TEAM_ID})
        for user, weeks, due in (
            ("UADA", 1, "2026-12-11 09:00:00"),  # that of the 7th has come
            ("UBEN", 2, "2026-12-04 09:00:00"),
        ):
            values = {"team": TEAM_ID, "user": user, "weeks": weeks, "due": due}
            tx.execute(text(ONE), values)
    database.close()
    with Bench(slack, database_url, tmp_path, keys=(new_key(),)) as bench:
        yield bench


PERSON = (
    "INSERT INTO people (team_id, user_id, track_id, level_id, zone, placed_by, placed_at, active)"
    f" VALUES (:team, :user, '{TRACK}', 'L3', 'Europe/Berlin', 'import', '2026-11-01 10:00:00',"
    " true)"
)
MANAGER = (
    "INSERT INTO managers (team_id, user_id, manager_id, proposed_by, changed_at)"
    " VALUES (:team, 'UADA', 'UMIA', 'UADA', '2026-11-01 10:00:00')"
)
ONE = (
    "INSERT INTO one_on_ones (team_id, engineer_id, first_on, at, weeks, pre_read_due_at)"
    " VALUES (:team, :user, '2026-12-07', '14:00', :weeks, :due)"
)


def test_what_was_set_up_goes_on_and_no_pre_read_comes_twice(upgraded: Bench) -> None:
    upgraded.tick("2026-12-04T10:05:00+01:00")
    rows = {row["engineer_id"]: row for row in upgraded.rows("pairs")}
    ada, ben = rows["UADA"], rows["UBEN"]
    assert (ada["partner_id"], ada["state"], ada["slot"]) == ("UMIA", "proposed", "2026-12-07")
    assert (ben["partner_id"], ben["state"], ben["slot"]) == (None, "confirmed", "2026-12-07")
    assert given_pre_reads(upgraded) == ["UBEN"]
    assert upgraded.slack.dm("UMIA") == [], "nobody was asked behind Ada's back"
    upgraded.tick("2026-12-07T15:05:00+01:00")
    upgraded.tick("2026-12-11T10:05:00+01:00")
    assert given_pre_reads(upgraded) == ["UADA", "UBEN"]


def given_pre_reads(bench: Bench) -> list[str]:
    found = [row for row in bench.rows("parcels") if row["kind"] == "pre-read"]
    return sorted(row["recipient_id"] for row in found)


def test_who_was_moved_to_another_zone_before_the_first_heartbeat_is_planned_too(
    upgraded: Bench,
) -> None:
    upgraded.set_clock("2026-12-04T10:00:00+01:00")
    upgraded.place("UADA", zone="Asia/Tokyo")
    upgraded.tick("2026-12-04T10:05:00+01:00")
    slots = {row["engineer_id"]: row["slot"] for row in upgraded.rows("pairs")}
    assert slots == {"UADA": "2026-12-07", "UBEN": "2026-12-07"}
