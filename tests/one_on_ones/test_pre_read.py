"""When a pre-read comes: set up, sent on the working day before, and not to somebody who left."""

from __future__ import annotations

import pytest

from playground.local_slack import text_of
from tests.bench import Bench

TUESDAY = "2026-12-01T10:00:00+01:00"


@pytest.fixture
def bench(sqlite_bench: Bench) -> Bench:
    sqlite_bench.set_clock(TUESDAY)
    sqlite_bench.place("UADA", manager="UMIA")
    return sqlite_bench


def set_up(bench: Bench, **fields: str) -> str:
    """Sets up a one-on-one on Monday the 7th at 14:00, every week unless told otherwise."""
    bench.slack.press("UADA", bench.slack.command("UADA", "/ladder 1on1"), "Set up my one-on-one")
    bench.modal("UADA", "My one-on-one")
    given = {"Next one-on-one": "2026-12-07", "Time": "14:00"} | fields
    answer = bench.slack.submit("UADA", given)
    assert answer.ok, answer.errors
    said = text_of(bench.modal("UADA", "Saved"))
    bench.slack.close_modal("UADA")
    return said


def came(bench: Bench) -> int:
    """How many pre-reads reached Ada, once none of them is on its way."""

    def found() -> list[str]:
        return [row["message_ts"] for row in bench.rows("parcels") if row["kind"] == "pre-read"]

    assert bench.slack.wait_for(lambda: all(found()))
    assert {*found()} <= {message.ts for message in bench.slack.dm("UADA")}
    return len(found())


def test_setting_up_says_when_the_pre_read_comes(bench: Bench) -> None:
    said = set_up(bench)
    assert "every week on Monday at 14:00" in said
    assert "Your pre-read comes 2026-12-04 09:00 UTC" in said


def test_the_pre_read_comes_once_before_each_meeting(bench: Bench) -> None:
    set_up(bench)
    numbers = []
    for moment in ("04T09:59", "04T10:00", "04T10:01", "11T10:05"):
        bench.tick(f"2026-12-{moment}:00+01:00")
        numbers.append(came(bench))
    assert numbers == [0, 1, 1, 2]
    assert "Your one-on-one with" in text_of(bench.slack.dm("UADA")[-1])
    assert "Only you see this" not in bench.sees("UMIA")


def test_every_second_week_is_every_second_week(bench: Bench) -> None:
    set_up(bench, **{"How often": "Every second week"})
    kinds = []
    for day in ("04", "11", "18"):
        bench.tick(f"2026-12-{day}T10:05:00+01:00")
        kinds.append([row["kind"] for row in bench.rows("parcels")].count("pre-read"))
    assert kinds == [1, 1, 2]


def test_a_pre_read_that_comes_too_late_is_not_sent(bench: Bench) -> None:
    set_up(bench)
    bench.tick("2026-12-07T14:00:00+01:00")
    assert came(bench) == 0
    bench.tick("2026-12-11T10:05:00+01:00")
    assert came(bench) == 1


@pytest.mark.parametrize(
    ("day", "sentence"), [("2026-11-30", "That day is over"), ("2028-01-01", "more than a year")]
)
def test_a_day_that_cannot_be_is_refused(bench: Bench, day: str, sentence: str) -> None:
    bench.slack.press("UADA", bench.slack.command("UADA", "/ladder 1on1"), "Set up my one-on-one")
    bench.modal("UADA", "My one-on-one")
    answer = bench.slack.submit("UADA", {"Next one-on-one": day})
    assert sentence in answer.errors["Next one-on-one"]
    assert bench.rows("pairs") == []


def test_none_comes_after_it_was_ended(bench: Bench) -> None:
    set_up(bench)
    (pair,) = bench.bot.pairs.of(bench.member("UADA"))
    bench.bot.pairs.end(bench.member("UADA"), pair.id, bench.bot.now())
    bench.tick("2026-12-04T10:00:00+01:00")
    assert came(bench) == 0


def test_changing_the_time_moves_the_pre_read(bench: Bench) -> None:
    set_up(bench)
    bench.slack.press("UADA", bench.slack.command("UADA", "/ladder 1on1"), "Change the time")
    form = bench.modal("UADA", "My one-on-one")
    assert form.state["first"]["pick"]["selected_date"] == "2026-12-07"
    bench.slack.submit("UADA", {"Next one-on-one": "2026-12-09"})
    bench.tick("2026-12-04T10:30:00+01:00")
    assert "pre-read" not in str(bench.rows("parcels"))
    assert came(bench) == 0
    bench.tick("2026-12-08T10:00:00+01:00")  # or what the form still had to do sends it
    assert came(bench) == 1


def test_somebody_who_left_gets_no_pre_read(bench: Bench) -> None:
    set_up(bench)
    bench.slack.change_user("UADA", deleted=True)
    bench.slack.wait_for(lambda: not bench.bot.people.get(bench.member("UADA")).active)
    bench.tick("2026-12-04T10:00:00+01:00")
    assert came(bench) == 0


def test_somebody_not_placed_is_asked_where_they_stand_first(bench: Bench) -> None:
    assert "Tell me where you stand" in bench.say("UBEN", "/ladder 1on1")
