"""Near once and over once for each meeting, whatever clocks, replicas and people do."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Meeting
from bot.one_on_ones.talks.model import talk_id
from bot.one_on_ones.talks.store import talks
from bot.storage.database import Transaction
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.pairs.scenes import MONDAYS, met, pair_of
from tests.people.test_managers_at_once import at_once

Heard = list[tuple[str, str]]


@pytest.fixture
def heard(adas: Bench) -> Heard:
    """What the bot noticed, as (what, slot)."""
    return listening(adas, [])


def listening(bench: Bench, heard: Heard) -> Heard:
    def hook(what: str) -> object:
        def hear(_tx: Transaction, _pair: Pair, meeting: Meeting, _now: datetime) -> None:
            heard.append((what, meeting.slot))

        return hear

    bench.bot.pairs.when_near(hook("near"))  # type: ignore[arg-type]
    bench.bot.pairs.when_over(hook("over"))  # type: ignore[arg-type]
    return heard


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def plan(bench: Bench, *moments: str) -> None:
    """A heartbeat at each of these moments of December 2026, in Berlin."""
    for moment in moments:
        bench.bot.pairs.plan_due(bench.set_clock(f"2026-{moment}:00+01:00"))


def test_each_meeting_comes_near_and_is_over_once(adas: Bench, heard: Heard) -> None:
    met(adas)
    plan(adas, "12-04T09:59", "12-04T10:00", "12-04T10:01", "12-07T14:59", "12-07T15:00")
    plan(adas, "12-07T15:01", "12-11T10:00", "12-14T15:00", "12-14T15:00")
    assert heard == [
        ("near", "2026-12-07"),
        ("over", "2026-12-07"),
        ("near", "2026-12-14"),
        ("over", "2026-12-14"),
    ]
    assert pair_of(adas)["slot"] == "2026-12-21"


def test_two_replicas_notice_it_once(adas: Bench, replica: Bench, heard: Heard) -> None:
    met(adas)
    listening(replica, heard)
    for moment in ("2026-12-04T10:00:00+01:00", "2026-12-07T15:00:00+01:00"):
        now = adas.set_clock(moment)
        assert at_once(
            lambda: adas.bot.pairs.plan_due(now),  # noqa: B023
            lambda: replica.bot.pairs.plan_due(now),  # noqa: B023
        ) == ["", ""]
    assert heard == [("near", "2026-12-07"), ("over", "2026-12-07")]


@on_sqlite
def test_after_weeks_without_a_bot_what_is_gone_is_passed_over(adas: Bench, heard: Heard) -> None:
    met(adas)
    plan(adas, "12-28T12:00", "12-28T12:00", "12-28T12:01")
    assert ("near", "2026-12-07") not in heard and ("over", "2026-12-07") not in heard
    assert pair_of(adas)["slot"] == "2026-12-28"
    plan(adas, "12-28T15:00")
    assert ("over", "2026-12-28") in heard


@on_sqlite
def test_after_months_it_goes_on_with_the_next(adas: Bench, heard: Heard) -> None:
    met(adas)
    now = adas.set_clock("2027-03-03T12:00:00+01:00")
    for _ in range(3):
        adas.bot.pairs.plan_due(now)
    assert heard == []
    assert (pair_of(adas)["slot"], pair_of(adas)["met_at"]) == ("2027-03-08", None)


@on_sqlite
def test_what_a_partner_proposes_is_no_meeting_until_it_is_answered(
    adas: Bench, heard: Heard
) -> None:
    ada, mia = adas.member("UADA"), adas.member("UMIA")
    pair = adas.bot.pairs.propose(mia, ada, mia, MONDAYS, adas.bot.now())
    plan(adas, "12-07T15:01")
    assert (pair_of(adas)["slot"], pair_of(adas)["met_at"], heard) == ("2026-12-14", None, [])
    adas.bot.pairs.answer(ada, pair.id, yes=True, now=adas.bot.now())
    assert pair_of(adas)["met_at"] is None
    plan(adas, "12-14T15:01")
    assert heard == [("over", "2026-12-14")]
    assert str(pair_of(adas)["met_at"]).startswith("2026-12-14 13:00")


@on_sqlite
def test_a_move_before_the_pre_read_takes_it_along(adas: Bench, heard: Heard) -> None:
    pair, mia = met(adas), adas.member("UMIA")
    to = at("2026-12-09T11:00:00+01:00")
    adas.bot.pairs.move(mia, pair.id, "2026-12-07", to, adas.bot.now())
    plan(adas, "12-04T10:05", "12-08T09:00")
    assert heard == []
    plan(adas, "12-08T10:00", "12-09T12:00")
    assert heard == [("near", "2026-12-07"), ("over", "2026-12-07")]
    assert pair_of(adas)["slot"] == "2026-12-14"


@on_sqlite
def test_a_move_after_the_pre_read_brings_no_second_one(adas: Bench, heard: Heard) -> None:
    pair, mia = met(adas), adas.member("UMIA")
    plan(adas, "12-04T10:00")
    to = at("2026-12-10T11:00:00+01:00")
    adas.bot.pairs.move(mia, pair.id, "2026-12-07", to, adas.bot.now())
    plan(adas, "12-07T15:00", "12-09T10:05", "12-10T12:00")
    assert heard == [("near", "2026-12-07"), ("over", "2026-12-07")]


@on_sqlite
def test_a_move_to_so_soon_brings_the_pre_read_at_once(adas: Bench, heard: Heard) -> None:
    pair, mia = met(adas), adas.member("UMIA")
    to = at("2026-12-01T16:00:00+01:00")
    adas.bot.pairs.move(mia, pair.id, "2026-12-07", to, adas.bot.now())
    plan(adas, "12-01T10:05", "12-01T10:06")
    assert heard == [("near", "2026-12-07")]


@on_sqlite
def test_what_is_skipped_or_in_a_pause_never_comes(adas: Bench, heard: Heard) -> None:
    pair, ada, pairs = met(adas), adas.member("UADA"), adas.bot.pairs
    pairs.move(ada, pair.id, "2026-12-07", None, adas.bot.now())
    plan(adas, "12-04T10:05", "12-07T15:00")
    assert heard == []
    after = pairs.pause(ada, pair.id, date(2027, 3, 31), adas.bot.now())
    assert after.meeting and after.meeting.slot == "2027-04-05"
    plan(adas, "12-11T10:05", "12-14T15:00", "12-28T15:00")
    assert heard == []


@on_sqlite
def test_an_engineer_in_another_zone_reads_in_their_own_morning(adas: Bench, heard: Heard) -> None:
    met(adas)
    adas.place("UADA", zone="Asia/Tokyo")
    plan(adas, "12-04T01:59")
    assert heard == []
    plan(adas, "12-04T02:00")
    assert heard == [("near", "2026-12-07")]
    assert pair_of(adas)["zone"] == "Europe/Berlin"


def test_a_pair_whose_words_do_not_open_holds_up_nobody_else(adas: Bench) -> None:
    """One row that was changed outside of the bot, and the heartbeat sent nothing at all."""
    adas.place("UBEN")
    broken, other, me = met(adas), met(adas, "UBEN"), adas.member("UADA")
    now = adas.set_clock("2026-12-07T14:10:00+01:00")
    adas.bot.pages.agree(me, talk_id(broken.id, "2026-12-07"), "We agreed.", "", now)
    with adas.bot.database.write() as tx:
        tx.execute(talks.update().values(agreed=b"?"))
    adas.tick("2026-12-07T15:05:00+01:00")
    assert adas.bot.pages.history(adas.member("UBEN"), other.id, 0, adas.bot.now())[1] == 1
    with adas.bot.database.write() as tx:
        tx.execute(talks.update().values(agreed=None))
    adas.tick("2026-12-07T16:06:00+01:00")
    found = adas.bot.pairs.find(broken.id)
    assert found and found.met_at and found.meeting and found.meeting.slot == "2026-12-14"
