"""Wrap-up: one message to each side after a talk, only where something is open."""

from __future__ import annotations

from datetime import date

import pytest

from bot.one_on_ones.page.model import State
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.reminding.model import WRAP_UP
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.page.scenes import add, pages, past, promise, promised, see, with_pair
from tests.one_on_ones.reminding.scenes import (
    OVER,
    about,
    becomes,
    choose,
    ends,
    erased,
    latest,
    left,
    press,
)

AFTER = "*After your one-on-one with"
LATER = "2026-12-01T16:00:00+01:00"


@pytest.fixture
def pair(bench: Bench) -> Pair:
    return with_pair(bench)


@on_sqlite
def test_with_nothing_open_nothing_is_said_and_nobody_hears_of_it(bench: Bench, pair: Pair) -> None:
    bench.tick(OVER)
    assert about(bench, AFTER) == about(bench, AFTER, "UADA") == []
    assert ends(bench, WRAP_UP) == {"suppressed": 2}
    promise(bench, pair, "made in the talk", owner="UMIA")
    bench.tick(LATER)
    assert about(bench, AFTER) == []


@on_sqlite
def test_each_side_gets_one_with_what_is_open(bench: Bench, pair: Pair) -> None:
    promise(bench, pair, "ask for the budget", owner="UMIA")
    promise(bench, pair, "write the runbook", owner="UADA")
    add(bench, pair, "the on-call rota")
    bench.tick(OVER)
    bench.tick(LATER)
    (mia,), (ada,) = about(bench, AFTER), about(bench, AFTER, "UADA")
    assert "You promised: ask for the budget" in mia
    assert "@UADA promised: write the runbook" in mia
    assert "@UMIA promised: ask for the budget" in ada
    assert "You promised: write the runbook" in ada
    assert "On the agenda: the on-call rota" in mia


@on_sqlite
def test_how_old_a_promise_is_goes_by_the_calendar_of_who_reads_it(bench: Bench) -> None:
    pair = with_pair(bench)
    bench.slack.change_user("UMIA", tz="America/Los_Angeles")
    bench.set_clock("2026-12-01T00:30:00+01:00")
    promise(bench, pair, "ask for the budget", owner="UMIA")
    bench.tick(OVER)
    (mia,), (ada,) = about(bench, AFTER), about(bench, AFTER, "UADA")
    assert "ask for the budget\n_yesterday_" in mia, "at half past three in the afternoon there"
    assert "ask for the budget\n_today_" in ada, "at half past midnight in Berlin"


@on_sqlite
def test_what_is_added_in_the_talk_or_later_is_for_the_next_one(bench: Bench, pair: Pair) -> None:
    promise(bench, pair, "old", owner="UMIA")
    bench.set_clock("2026-12-01T14:30:00+01:00")
    promise(bench, pair, "made in the talk", owner="UMIA")
    bench.bot.pairs.plan_due(bench.set_clock(OVER))
    add(bench, pair, "for the next one")
    bench.tick(OVER)
    (text,) = about(bench, AFTER)
    assert "made in the talk" not in text
    assert "for the next one" not in text


@on_sqlite
def test_an_agenda_that_was_gone_through_still_asks_what_was_agreed(
    bench: Bench, pair: Pair
) -> None:
    item = add(bench, pair, "the on-call rota")
    bench.set_clock("2026-12-01T14:30:00+01:00")
    pages(bench).discussed(bench.member("UADA"), item, bench.bot.now())
    bench.tick(OVER)
    (text,) = about(bench, AFTER)
    assert "[What we agreed]" in text
    bench.slack.press("UMIA", latest(bench, words=AFTER), "What we agreed")
    assert bench.modal("UMIA")


def test_closing_each_line_leaves_what_is_still_open(bench: Bench, pair: Pair) -> None:
    promise(bench, pair, "ask for the budget", owner="UMIA")
    promise(bench, pair, "write the runbook", owner="UADA")
    add(bench, pair, "the on-call rota")
    bench.tick(OVER)
    choose(bench, "budget", "Done", where=AFTER)
    text = becomes(bench, "✅ Done: “ask for the budget”.")
    assert "You promised" not in text
    choose(bench, "runbook", "Drop it, with a reason", where=AFTER)
    bench.modal("UMIA", "Drop a promise")
    assert bench.slack.submit("UMIA", {"Why is it dropped?": "there is one"}).ok
    text = becomes(bench, "✅ Dropped: “write the runbook”.")
    assert "promised:" not in text
    choose(bench, "rota", "We talked about it", where=AFTER)
    assert bench.slack.wait_for(lambda: see(bench, pair).agenda == ())
    assert promised(bench, pair) == []


@on_sqlite
def test_without_a_reason_nothing_is_dropped(bench: Bench, pair: Pair) -> None:
    promise(bench, pair, "ask for the budget", owner="UMIA")
    bench.tick(OVER)
    choose(bench, "budget", "Drop it, with a reason", where=AFTER)
    bench.modal("UMIA", "Drop a promise")
    assert bench.slack.submit("UMIA", {"Why is it dropped?": " "}).errors
    assert promised(bench, pair) == ["ask for the budget"]


@on_sqlite
def test_what_the_other_side_closed_meanwhile_is_said(bench: Bench, pair: Pair) -> None:
    item = promise(bench, pair, "ask for the budget", owner="UMIA")
    bench.tick(OVER)
    pages(bench).drop(bench.member("UADA"), item, "not needed", bench.bot.now())
    choose(bench, "budget", "Done", where=AFTER)
    assert "Nothing is open any more." in becomes(
        bench, "✅ Dropped already by @UADA: “ask for the budget”."
    )
    _, kept = pages(bench).action_item(bench.member("UADA"), item, bench.bot.now())
    assert (kept.state, kept.reason) == (State.DROPPED, "not needed")


def test_they_did_not_meet_after_all(bench: Bench, pair: Pair) -> None:
    promise(bench, pair, "ask for the budget", owner="UMIA")
    item = add(bench, pair, "the on-call rota")
    bench.set_clock("2026-12-01T14:30:00+01:00")
    pages(bench).discussed(bench.member("UADA"), item, bench.bot.now())
    bench.tick(OVER)
    assert left(bench).met_at
    press(bench, "We did not meet", "What was open waits for the next one-on-one.")
    assert left(bench).met_at is None
    assert [each.text for each in see(bench, pair).agenda] == ["the on-call rota"]
    press(bench, "We did not meet", "What was open waits for the next one-on-one.", "UADA")


@on_sqlite
def test_what_they_agreed_says_that_they_met(bench: Bench, pair: Pair) -> None:
    promise(bench, pair, "ask for the budget", owner="UMIA")
    bench.tick(OVER)
    mia, talk = bench.member("UMIA"), see(bench, pair).last
    assert talk
    pages(bench).agree(mia, talk.id, "Ada takes the rota", "note", bench.bot.now())
    bench.slack.press("UADA", latest(bench, "UADA", AFTER), "We did not meet")
    bench.hears("UADA", "What you agreed in that one-on-one is written down, so nothing changed.")
    assert [each.talk.agreed for each in past(bench, pair)] == ["Ada takes the rota"]
    pages(bench).agree(mia, talk.id, "", "emptied", bench.bot.now())
    press(bench, "We did not meet", "What was open waits for the next one-on-one.", "UADA")
    assert past(bench, pair) == []


@on_sqlite
def test_it_comes_up_to_three_working_days_late_and_then_not_at_all(bench: Bench) -> None:
    pair = with_pair(bench)
    promise(bench, pair, "ask for the budget", owner="UMIA")
    bench.tick("2026-12-04T14:59:00+01:00")
    assert len(about(bench, AFTER)) == 1
    bench.tick("2026-12-14T15:01:00+01:00")
    assert len(about(bench, AFTER)) == 1, "that meeting is six days ago"


@on_sqlite
def test_an_ended_pair_is_asked_nothing(bench: Bench, pair: Pair) -> None:
    promise(bench, pair, "ask for the budget", owner="UMIA")
    bench.bot.pairs.plan_due(bench.set_clock(OVER))
    bench.bot.pairs.end(bench.member("UMIA"), pair.id, bench.bot.now())
    bench.tick(OVER)
    assert about(bench, AFTER) == about(bench, AFTER, "UADA") == []


def test_whoever_is_erased_is_asked_nothing_and_nobody_about_them(bench: Bench, pair: Pair) -> None:
    promise(bench, pair, "ask for the budget", owner="UMIA")
    bench.bot.pairs.plan_due(bench.set_clock(OVER))
    erased(bench, "UADA")
    bench.tick(OVER)
    assert about(bench, AFTER) == []
    assert ends(bench, WRAP_UP) == {}


@on_sqlite
def test_a_button_in_the_hands_of_somebody_else_does_nothing(bench: Bench, pair: Pair) -> None:
    item = promise(bench, pair, "ask for the budget", owner="UMIA", due=date(2026, 12, 1))
    bench.tick(OVER)
    value = f'{{"v":1,"talk":"x","item":"{item}"}}'
    message = bench.slack.command("UBEN", "/ladder help").message
    assert message
    for act in ("reminding.done", "reminding.drop", "reminding.item"):
        bench.forge("UBEN", message, act, value)
    bench.hears("UBEN", "not")
    assert promised(bench, pair) == ["ask for the budget"]


def test_two_bots_send_one_to_each(bench: Bench, replica: Bench) -> None:
    pair = with_pair(bench)
    promise(bench, pair, "ask for the budget", owner="UMIA")
    bench.tick(OVER)
    replica.tick(OVER)
    assert len(about(bench, AFTER)) == len(about(bench, AFTER, "UADA")) == 1
