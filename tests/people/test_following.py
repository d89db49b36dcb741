"""What Slack tells of a person: a zone that moved, an account that was closed or opened again."""

from __future__ import annotations

import pytest

from bot.people.model import Person, zone_or_utc
from bot.slack.profiles import read_profile
from tests.bench import Bench


def person(bench: Bench, user: str = "UADA") -> Person:
    return bench.bot.people.get(bench.member(user))


def due(bench: Bench) -> str:
    moment = bench.bot.nudges.schedule(bench.member("UADA")).due_at
    return f"{moment:%a %H:%M}" if moment else "never"


@pytest.fixture
def bench(sqlite_bench: Bench) -> Bench:
    sqlite_bench.set_clock("2026-12-01T10:00:00+01:00")
    sqlite_bench.place("UADA")
    return sqlite_bench


def test_a_zone_that_moved_moves_the_nudge_with_it(bench: Bench) -> None:
    assert due(bench) == "Thu 10:30"
    bench.slack.change_user("UADA", tz="Asia/Tokyo")
    assert bench.slack.wait_for(lambda: person(bench).zone == "Asia/Tokyo")
    assert due(bench) == "Thu 02:30"
    bench.slack.change_user("UADA", tz="America/New_York")
    assert bench.slack.wait_for(lambda: due(bench) == "Thu 16:30")


def test_an_account_that_was_closed_gets_no_nudge_and_one_that_came_back_does(
    bench: Bench,
) -> None:
    bench.slack.change_user("UADA", deleted=True)
    assert bench.slack.wait_for(lambda: not person(bench).active)
    assert bench.tick("2026-12-03T11:40:00+01:00") == 0
    bench.slack.change_user("UADA", deleted=False)
    assert bench.slack.wait_for(lambda: person(bench).active)
    assert bench.tick("2026-12-10T11:40:00+01:00") == 1


def test_strangers_are_not_remembered(bench: Bench) -> None:
    bench.slack.change_user("UBEN", tz="Asia/Tokyo")
    bench.slack.change_user("UADA", tz="Asia/Tokyo")
    assert bench.slack.wait_for(lambda: person(bench).zone == "Asia/Tokyo")
    assert [row["user_id"] for row in bench.rows("people")] == ["UADA"]


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../etc/passwd", "Europe/", "\x00", "x" * 500]
)
def test_a_zone_that_nobody_knows_counts_as_utc(name: str) -> None:
    assert zone_or_utc(name).key == "UTC"


@pytest.mark.parametrize(
    ("user", "zone", "deactivated", "is_bot"),
    [
        ({"id": "U1", "tz": "Asia/Tokyo"}, "Asia/Tokyo", False, False),
        ({"id": "U1"}, "UTC", False, False),
        ({"id": "U1", "tz": None, "deleted": True}, "UTC", True, False),
        ({"id": "U1", "is_bot": True}, "UTC", False, True),
        ({"id": "USLACKBOT"}, "UTC", False, True),
    ],
)
def test_a_profile_is_read_from_slacks_user_object(
    user: dict[str, object], zone: str, deactivated: bool, is_bot: bool
) -> None:
    profile = read_profile(user | {"team_id": "T1"}, "T1")
    assert (profile.zone, profile.deactivated, profile.is_bot) == (zone, deactivated, is_bot)
