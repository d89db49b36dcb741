"""Many people at once: each by themselves, spread over some minutes, however many bots plan."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text

from bot.nudges.when.manners import Manners, Rhythm
from bot.people.roster import Placement
from playground.local_slack import LocalSlack
from tests.bench import TRACK, Bench
from tests.nudges.lived import press

MONDAY = "2026-11-30T09:00:00+01:00"
SLOT = "2026-12-03T11:40:00+01:00"
SPREAD = 600


def place_many(bench: Bench, number: int) -> None:
    rows = [Placement(f"U{n:04}", TRACK, "L3", "", "Europe/Berlin") for n in range(number)]
    bench.set_clock(MONDAY)
    bench.bot.people.place_many(bench.bot.identity.team_id, rows, bench.bot.now())


def plan(bench: Bench, moment: str) -> int:
    return bench.bot.nudges.plan_due(bench.set_clock(moment))


@pytest.fixture
def spread(slack: LocalSlack, tmp_path: Path) -> Iterator[Bench]:
    """A bot that spreads people over the ten minutes after their slot, as it comes."""
    url = f"sqlite:///{tmp_path}/rung.db"
    with Bench(slack, url, tmp_path, spread_seconds=SPREAD) as bench:
        yield bench


def test_people_are_spread_over_ten_minutes_and_each_is_always_as_late(spread: Bench) -> None:
    place_many(spread, 300)
    assert plan(spread, "2026-12-03T11:30:00+01:00") == 300
    assert plan(spread, "2026-12-10T11:30:00+01:00") == 300
    delays: dict[str, set[timedelta]] = {}
    for row in spread.rows("parcels"):
        moment = datetime.fromisoformat(str(row["not_before"])).replace(tzinfo=UTC)
        slot = moment.replace(hour=10, minute=30, second=0)
        delays.setdefault(row["recipient_id"], set()).add(moment - slot)
    assert {len(each) for each in delays.values()} == {1}
    seconds = [each.pop().total_seconds() for each in delays.values()]
    assert all(0 <= each < SPREAD for each in seconds)
    assert len(set(seconds)) > 150
    assert spread.slack.dm("UADA") == []


def test_ten_minutes_after_their_slot_everybody_has_been_asked(spread: Bench) -> None:
    spread.set_clock(MONDAY)
    spread.place("UADA")
    spread.place("UMIA")
    assert spread.tick(SLOT) == 2


def test_a_short_window_is_never_left(spread: Bench) -> None:
    spread.set_clock(MONDAY)
    for user in ("UADA", "UMIA", "UBEN"):
        spread.place(user)
        late = Manners(Rhythm(at=time(17, 25)))
        spread.bot.nudges.change(spread.member(user), late, spread.bot.now())
    plan(spread, "2026-12-03T17:25:00+01:00")
    assert len(spread.rows("parcels")) == 3
    assert all(row["not_before"] < row["expires_at"] for row in spread.rows("parcels"))


def test_one_whose_row_cannot_be_read_holds_up_nobody(bench: Bench) -> None:
    place_many(bench, 3)
    with bench.bot.database.write() as tx:
        tx.execute(text("UPDATE nudge_schedules SET cadence = 'hourly' WHERE user_id = 'U0001'"))
    assert plan(bench, SLOT) == 2
    assert {row["recipient_id"] for row in bench.rows("parcels")} == {"U0000", "U0002"}
    assert plan(bench, SLOT) == 0
    with bench.bot.database.write() as tx:
        tx.execute(text("UPDATE nudge_schedules SET cadence = 'weekly' WHERE user_id = 'U0001'"))
    assert plan(bench, "2026-12-10T11:40:00+01:00") == 3


def test_two_bots_that_plan_at_once_plan_each_question_once(bench: Bench, replica: Bench) -> None:
    place_many(bench, 40)
    moment = bench.set_clock(SLOT)
    found: list[int] = []
    bots = [bench.bot, replica.bot] * 3
    at_once = [
        threading.Thread(target=lambda b=bot: found.append(b.nudges.plan_due(moment)))
        for bot in bots
    ]
    for each in at_once:
        each.start()
    for each in at_once:
        each.join(30)
    assert sum(found) == 40
    assert len(bench.rows("nudges")) == len(bench.rows("parcels")) == 40


def test_a_tick_with_nothing_due_is_one_question_to_the_database(bench: Bench) -> None:
    place_many(bench, 5)
    asked: list[str] = []
    moment = bench.set_clock("2026-12-03T11:29:00+01:00")
    engine = bench.bot.database.engine

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    bench.bot.nudges.plan_due(moment)
    event.remove(engine, "before_cursor_execute", hear)
    assert len([each for each in asked if each.startswith("SELECT")]) == 1


def test_guests_the_deactivated_and_the_unplaced_get_nothing(bench: Bench) -> None:
    bench.set_clock(MONDAY)
    for user in ("UADA", "UMIA", "UBEN"):
        bench.place(user)
    bench.slack.change_user("UADA", is_restricted=True)
    bench.slack.change_user("UMIA", deleted=True)
    bench.slack.wait_for(lambda: not bench.bot.people.get(bench.member("UMIA")).active)
    bench.slack.wait_for(lambda: not bench.bot.people.get(bench.member("UADA")).active)
    bench.bot.people.forget(bench.member("UBEN"))
    assert bench.tick(SLOT) == 0
    assert bench.rows("parcels") == []


def test_nobody_is_asked_whose_level_is_set_aside_as_a_whole(bench: Bench) -> None:
    bench.set_clock(MONDAY)
    bench.place("UADA")
    bench.tick(SLOT)
    for week in range(4):
        press(bench, "Not relevant to my role")
        day = 10 + 7 * week
        sent = bench.tick(f"2026-12-{day:02}T12:00:00+01:00")
        assert sent == (0 if week == 3 else 1)
    assert len(bench.rows("nudge_wishes")) == 4
